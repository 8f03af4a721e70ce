package dev.flowguard.feed.live;

import static dev.flowguard.feed.live.ClusterYaml.namespace;
import static dev.flowguard.feed.live.ClusterYaml.pod;
import static dev.flowguard.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.admission.decision.ChangeSet;
import dev.flowguard.admission.decision.Decision;
import dev.flowguard.admission.decision.DecisionProcess;
import dev.flowguard.admission.decision.DecisionSettings;
import dev.flowguard.admission.decision.PolicyReview;
import dev.flowguard.admission.decision.Requester;
import dev.flowguard.admission.decision.StatedOverride;
import dev.flowguard.admission.decision.Wording;
import dev.flowguard.assess.Change;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.kubernetes.policy.PolicyReader;
import dev.flowguard.policy.Policy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName(
        "A change set: policies with flowguard.dev/change-set: <id>/<count>, by somebody with the permission stage")
class StagedChangeSetTest {
    private static final Requester HELM = new Requester("helm", List.of("system:authenticated"));
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private static final String DENY = "podSelector: {}, policyTypes: [Ingress]";
    private static final String ALLOW = "podSelector: {matchLabels: {app: orders}}, policyTypes: [Ingress],"
            + " ingress: [{from: [{podSelector: {matchLabels: {app: web}}}]}]";
    private static final String OTHER = "podSelector: {matchLabels: {app: other}}, policyTypes: [Ingress]";

    private final FakeApiServer api = new FakeApiServer();
    private final KubernetesClient client = api.client();
    private final LiveCluster cluster =
            LiveCluster.follow(client, ClusterSettings.DEFAULT, Duration.ofSeconds(60), Duration.ofSeconds(5));

    @BeforeEach
    void aRunningNamespace() {
        api.apply(namespace("shop"));
        api.apply(pod("web-1", "web", "10.0.0.1"));
        api.apply(pod("orders-1", "orders", "10.0.0.2"));
        api.apply("""
                {apiVersion: flowguard.dev/v1alpha1, kind: FlowContract, metadata: {namespace: shop, name: web},
                 spec: {flows: [{name: web, from: {podSelector: {matchLabels: {app: web}}},
                                 to: {podSelector: {matchLabels: {app: orders}}}, ports: [{port: 8080}]}]}}
                """);
        permit("stage");
        await().untilAsserted(() -> assertThat(cluster.known()).isPresent());
    }

    @AfterEach
    void stop() {
        cluster.close();
        client.close();
        api.close();
    }

    @Test
    @DisplayName("brings a deny that sorts first and its allows into a running namespace, with a warning on the way")
    void denyFirst() {
        Decision deny = create("a-deny", DENY, "web-7/3", NOW);
        assertThat(deny.isRejection()).isFalse();
        assertThat(deny.reason()).isEqualTo("staged");
        assertThat(Wording.of(deny).warnings().get(0))
                .isEqualTo("apply the other 2 of change set web-7 by " + NOW.plusSeconds(60)
                        + ": until then this breaks flows");
        assertThat(create("b-allow", ALLOW, "web-7/3", NOW).isRejection()).isFalse();

        assertThat(create("c-other", OTHER, "web-7/3", NOW).reason()).isEqualTo("breaks-nothing");
        assertThat(ChangeSet.broken(cluster.known().orElseThrow().snapshot(), NOW.plusSeconds(3600)))
                .isEmpty();
    }

    @Test
    @DisplayName("that breaks flows as a whole is refused with the member that completes it")
    void brokenAsAWhole() {
        assertThat(create("a-deny", DENY, "web-7/2", NOW).isRejection()).isFalse();

        Decision last = create("b-other", OTHER, "web-7/2", NOW);

        assertThat(last.isRejection()).isTrue();
        assertThat(Wording.of(last).message()).contains("completes change set web-7 (2 of 2)");
    }

    @Test
    @DisplayName("is worth nothing without the permission")
    void withoutPermission() {
        permit("nothing");

        Decision deny = create("a-deny", DENY, "web-7/3", NOW);

        assertThat(deny.isRejection()).isTrue();
        assertThat(Wording.of(deny).message()).contains("needs permission \"stage\" on flowcontracts");
    }

    @Test
    @DisplayName("may be incomplete for a minute; then it is refused more, and shows as broken")
    void over() {
        assertThat(create("a-deny", OTHER, "web-7/3", NOW.minusSeconds(90)).isRejection())
                .isFalse();

        Decision late = create("b-deny", DENY, "web-7/3", NOW);

        assertThat(late.isRejection()).isTrue();
        assertThat(Wording.of(late).message()).contains("change set web-7 (2 of 3) has been incomplete since");
        assertThat(ChangeSet.broken(cluster.known().orElseThrow().snapshot(), NOW.plusSeconds(1))
                        .values())
                .extracting(ChangeSet::id)
                .containsExactly("web-7");
    }

    @Test
    @DisplayName("lets nothing come first that takes something away from pods that were isolated before")
    void cutsMore() {
        create("old", ALLOW, "", NOW.minusSeconds(3600));

        Decision change = decide(
                new Change.Update(read("old", ALLOW, "", NOW), read("old", DENY, "web-7/2", NOW)),
                object("old", DENY, "web-7/2", NOW));

        assertThat(change.isRejection()).isTrue();
        assertThat(Wording.of(change).message()).contains("apply the other members first");
    }

    /** Judges it, and where it is admitted puts it into the cluster. */
    private Decision create(String name, String spec, String mark, Instant created) {
        NetworkPolicy object = object(name, spec, mark, created);
        Decision decision = decide(new Change.Create(read(name, spec, mark, created)), object);
        if (!decision.isRejection()) {
            api.apply(Serialization.asYaml(object));
            await().untilAsserted(() -> assertThat(
                            cluster.known().orElseThrow().snapshot().policiesIn("shop"))
                    .anyMatch(policy -> policy.policy().ref().name().equals(name)));
        }
        return decision;
    }

    private Decision decide(Change change, NetworkPolicy object) {
        return new DecisionProcess(cluster, DecisionSettings.DEFAULT)
                .decide(new PolicyReview(
                        "uid",
                        HELM,
                        false,
                        new PolicyReview.Changed(
                                change,
                                false,
                                false,
                                StatedOverride.of(""),
                                PolicyReader.staged(object, change.policy()))));
    }

    private static Policy read(String name, String spec, String mark, Instant created) {
        return PolicyReader.read(object(name, spec, mark, created)).match(valid -> valid.policy(), invalid -> {
            throw new IllegalArgumentException(invalid.toString());
        });
    }

    private static NetworkPolicy object(String name, String spec, String mark, Instant created) {
        String annotations = mark.isEmpty() ? "{}" : "{flowguard.dev/change-set: " + mark + "}";
        return Serialization.unmarshal("""
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {namespace: shop, name: %s, creationTimestamp: "%s", annotations: %s}
                spec: {%s}
                """.formatted(name, created, annotations, spec), NetworkPolicy.class);
    }

    private void permit(String verb) {
        api.onPost("apis/authorization.k8s.io/v1/subjectaccessreviews", question -> answer(question, verb));
    }

    private static ObjectNode answer(JsonNode question, String verb) {
        ObjectNode answer = question.deepCopy();
        answer.putObject("status")
                .put(
                        "allowed",
                        question.at("/spec/resourceAttributes/verb").asText().equals(verb));
        return answer;
    }
}
