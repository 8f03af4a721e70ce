package dev.flowguard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flowguard.config.FlowguardConfig;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The ValidatingWebhookConfiguration: who is asked about what, and what happens when nobody answers. */
@DisplayName("the webhook configuration")
class WebhookConfigurationTest {
    private static final String POLICIES = "networkpolicies.flowguard.dev";
    private static final String CONTRACTS = "contracts.flowguard.dev";
    private static final String CHANGES = "changes.flowguard.dev";

    @DisplayName(
            "asks briefly, in a dry run without side effects, never about Flowguard's own namespace, and carries no CA, in")
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.flowguard.deploy.Installation#all")
    void everyWebhook(Installation installation) {
        JsonNode webhooks =
                installation.get("ValidatingWebhookConfiguration", "flowguard").get("webhooks");
        assertThat(webhooks.findValuesAsText("name").stream().filter(name -> name.endsWith(".flowguard.dev")))
                .containsExactly(POLICIES, CONTRACTS, CHANGES);
        for (JsonNode webhook : webhooks) {
            assertThat(webhook.get("timeoutSeconds").asInt()).isEqualTo(3);
            assertThat(webhook.get("sideEffects").asText())
                    .as("an override becomes an Event, but not in a dry run")
                    .isEqualTo(webhook.get("name").asText().equals(POLICIES) ? "NoneOnDryRun" : "None");
            assertThat(webhook.get("matchPolicy").asText()).isEqualTo("Equivalent");
            assertThat(Yaml.texts(webhook.get("admissionReviewVersions"))).containsExactly("v1");
            assertThat(webhook.has("objectSelector"))
                    .as("a label on the object would let its owner go around the webhook")
                    .isFalse();
            JsonNode selector = webhook.at("/namespaceSelector/matchExpressions");
            assertThat(selector).hasSize(1);
            assertThat(selector.at("/0/key").asText()).isEqualTo("kubernetes.io/metadata.name");
            assertThat(selector.at("/0/operator").asText()).isEqualTo("NotIn");
            assertThat(Yaml.texts(selector.at("/0/values"))).containsExactly(Installation.NAMESPACE);
            assertThat(webhook.get("matchConditions").size()).isLessThanOrEqualTo(64);
            assertThat(webhook.get("clientConfig").has("caBundle")).isFalse();
        }
    }

    @DisplayName("calls the Service that is installed, in")
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.flowguard.deploy.Installation#all")
    void callsTheService(Installation installation) {
        for (String name : List.of(POLICIES, CONTRACTS, CHANGES)) {
            JsonNode called = installation.webhook(name).at("/clientConfig/service");
            JsonNode service = installation.get("Service", called.get("name").asText());
            assertThat(called.get("namespace")).isEqualTo(service.at("/metadata/namespace"));
            assertThat(service.at("/spec/ports").findValuesAsText("port"))
                    .contains(called.get("port").asText());
        }
        assertThat(path(installation, POLICIES)).isEqualTo("/validate");
        assertThat(path(installation, CONTRACTS)).isEqualTo("/validate-contracts");
        assertThat(path(installation, CHANGES)).isEqualTo("/validate-changes");
    }

    @DisplayName("lets changes pass while Flowguard is away; only the strict overlay refuses policies then:")
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.flowguard.deploy.Installation#all")
    void failurePolicy(Installation installation) {
        assertThat(installation.webhook(POLICIES).get("failurePolicy").asText())
                .isEqualTo(installation.overlay().equals("strict") ? "Fail" : "Ignore");
        assertThat(installation.webhook(CONTRACTS).get("failurePolicy").asText())
                .isEqualTo("Ignore");
        for (String option : List.of("FLOWGUARD_WHEN_UNJUDGED", "FLOWGUARD_WHEN_NOT_READY")) {
            assertThat(installation
                            .container()
                            .get("env")
                            .findValuesAsText("name")
                            .contains(option))
                    .as(option)
                    .isEqualTo(installation.overlay().equals("strict"));
        }
        assertThat(installation.webhook(CHANGES).get("failurePolicy").asText()).isEqualTo("Ignore");
    }

    @Test
    @DisplayName("asks about every create, update and delete of a NetworkPolicy, and of nothing else")
    void policyRules() {
        JsonNode rules = Installation.of("default").webhook(POLICIES).get("rules");
        assertThat(rules).hasSize(1);
        assertThat(Yaml.texts(rules.at("/0/apiGroups"))).containsExactly("networking.k8s.io");
        assertThat(Yaml.texts(rules.at("/0/apiVersions"))).containsExactly("v1");
        assertThat(Yaml.texts(rules.at("/0/resources"))).containsExactly("networkpolicies");
        assertThat(Yaml.texts(rules.at("/0/operations"))).containsExactly("CREATE", "UPDATE", "DELETE");
        assertThat(rules.at("/0/scope").asText()).isEqualTo("Namespaced");
    }

    @Test
    @DisplayName(
            "warns about contracts and about every kind that can carry a declaration, never on delete, never of a status")
    void contractRules() {
        Set<String> resources = new TreeSet<>();
        for (JsonNode rule : Installation.of("default").webhook(CONTRACTS).get("rules")) {
            assertThat(Yaml.texts(rule.get("operations"))).containsExactly("CREATE", "UPDATE");
            Yaml.texts(rule.get("resources"))
                    .forEach(resource -> resources.add(rule.at("/apiGroups/0").asText() + "/" + resource));
        }
        assertThat(resources)
                .containsExactlyInAnyOrder(
                        "flowguard.dev/flowcontracts",
                        "flowguard.dev/clusterflowcontracts",
                        "/namespaces",
                        "/pods",
                        "/replicationcontrollers",
                        "/services",
                        "apps/daemonsets",
                        "apps/deployments",
                        "apps/replicasets",
                        "apps/statefulsets",
                        "batch/cronjobs",
                        "batch/jobs");
    }

    @Test
    @DisplayName("waits at least twice as long as Flowguard takes before it answers in any case")
    void timeout() throws NoSuchMethodException {
        String deadline = FlowguardConfig.class
                .getMethod("deadline")
                .getAnnotation(WithDefault.class)
                .value();
        Duration ours = DurationConverter.parseDuration(deadline);
        for (String name : List.of(POLICIES, CONTRACTS, CHANGES)) {
            Duration theirs = Duration.ofSeconds(Installation.of("default")
                    .webhook(name)
                    .get("timeoutSeconds")
                    .asLong());
            assertThat(theirs).isGreaterThanOrEqualTo(ours.multipliedBy(2));
        }
    }

    private static String path(Installation installation, String webhook) {
        return installation.webhook(webhook).at("/clientConfig/service/path").asText();
    }
}
