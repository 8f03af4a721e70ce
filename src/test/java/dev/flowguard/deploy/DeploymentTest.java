package dev.flowguard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pods: locked down, spread, replaced without a gap, and known by the same names everywhere. */
@DisplayName("the Deployment")
class DeploymentTest {
    @DisplayName("meets the restricted Pod Security Standard, which its namespace enforces, in")
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.flowguard.deploy.Installation#all")
    void isRestricted(Installation installation) {
        JsonNode pod = installation.deployment().at("/spec/template/spec");
        JsonNode context = installation.container().get("securityContext");
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(context.get("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(Yaml.texts(context.at("/capabilities/drop"))).containsExactly("ALL");
        assertThat(context.get("capabilities").has("add")).isFalse();
        for (String field : List.of("hostNetwork", "hostPID", "hostIPC", "initContainers")) {
            assertThat(pod.has(field)).as(field).isFalse();
        }
        assertThat(Yaml.textsByKey(
                        installation.get("Namespace", Installation.NAMESPACE).at("/metadata/labels")))
                .containsEntry("pod-security.kubernetes.io/enforce", "restricted");
    }

    @DisplayName("writes nowhere but to a bounded /tmp, in")
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.flowguard.deploy.Installation#all")
    void isReadOnly(Installation installation) {
        assertThat(installation
                        .container()
                        .at("/securityContext/readOnlyRootFilesystem")
                        .asBoolean())
                .isTrue();
        JsonNode volumes = installation.deployment().at("/spec/template/spec/volumes");
        for (JsonNode mount : installation.container().get("volumeMounts")) {
            JsonNode volume = StreamSupport.stream(volumes.spliterator(), false)
                    .filter(each -> each.get("name").equals(mount.get("name")))
                    .findFirst()
                    .orElseThrow();
            if (mount.path("readOnly").asBoolean()) {
                assertThat(mount.has("subPath"))
                        .as("a subPath is never updated")
                        .isFalse();
            } else {
                assertThat(mount.get("mountPath").asText()).isEqualTo("/tmp");
                assertThat(volume.at("/emptyDir/sizeLimit").asText()).isNotEmpty();
            }
        }
    }

    @DisplayName("is replaced without a gap and drained in time, in")
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.flowguard.deploy.Installation#all")
    void rollsAndDrains(Installation installation) {
        JsonNode spec = installation.deployment().get("spec");
        assertThat(spec.get("replicas").asInt()).isEqualTo(3);
        assertThat(spec.at("/strategy/rollingUpdate/maxUnavailable").asInt(-1)).isZero();
        assertThat(spec.at("/strategy/rollingUpdate/maxSurge").asInt()).isEqualTo(1);
        int sleep =
                installation.container().at("/lifecycle/preStop/sleep/seconds").asInt();
        int delay = seconds(environment(installation).getOrDefault("QUARKUS_SHUTDOWN_DELAY", ""));
        int reviewsUnderWay = 5;
        assertThat(sleep).isPositive();
        assertThat(delay).isPositive();
        assertThat(spec.at("/template/spec/terminationGracePeriodSeconds").asInt())
                .isGreaterThan(sleep + delay + reviewsUnderWay);
        assertThat(spec.at("/template/spec/topologySpreadConstraints").findValuesAsText("topologyKey"))
                .containsExactly("kubernetes.io/hostname", "topology.kubernetes.io/zone");
    }

    @DisplayName("is probed on the management port, each for its own reason, in")
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.flowguard.deploy.Installation#all")
    void probes(Installation installation) {
        Map.of(
                        "startupProbe",
                        "/q/health/started",
                        "readinessProbe",
                        "/q/health/ready",
                        "livenessProbe",
                        "/q/health/live")
                .forEach((probe, path) -> {
                    JsonNode get = installation.container().at("/" + probe + "/httpGet");
                    assertThat(get.get("path").asText()).isEqualTo(path);
                    assertThat(get.get("port").asText()).isEqualTo("management");
                    assertThat(get.has("scheme")).isFalse();
                });
    }

    @DisplayName("is what the Service, the PodDisruptionBudget, the spread and the own NetworkPolicy select, in")
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.flowguard.deploy.Installation#all")
    void labels(Installation installation) {
        JsonNode spec = installation.deployment().get("spec");
        Map<String, String> labels = Yaml.textsByKey(spec.at("/template/metadata/labels"));
        JsonNode selector = spec.at("/selector/matchLabels");
        assertThat(labels).containsAllEntriesOf(Yaml.textsByKey(selector));
        assertThat(installation.get("Service", "flowguard").at("/spec/selector"))
                .isEqualTo(selector);
        assertThat(installation.get("PodDisruptionBudget", "flowguard").at("/spec/selector/matchLabels"))
                .isEqualTo(selector);
        assertThat(spec.at("/template/spec/topologySpreadConstraints"))
                .allSatisfy(spread ->
                        assertThat(spread.at("/labelSelector/matchLabels")).isEqualTo(selector));
        assertThat(installation.ofKind("NetworkPolicy"))
                .allSatisfy(policy ->
                        assertThat(policy.at("/spec/podSelector/matchLabels")).isEqualTo(selector));
    }

    @DisplayName("has the ports that the Service sends to and that the program listens on, in")
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.flowguard.deploy.Installation#all")
    void ports(Installation installation) throws Exception {
        JsonNode ports = installation.container().get("ports");
        assertThat(ports.findValuesAsText("name")).containsExactly("webhook", "management");
        assertThat(installation.get("Service", "flowguard").at("/spec/ports").findValuesAsText("targetPort"))
                .containsExactlyElementsOf(ports.findValuesAsText("name"));
        assertThat(Files.readString(Path.of("src/main/resources/application.properties")))
                .contains(
                        "quarkus.http.ssl-port=" + ports.at("/0/containerPort").asText() + "\n")
                .contains("quarkus.management.port="
                        + ports.at("/1/containerPort").asText() + "\n");
    }

    @DisplayName("takes no options from Service variables by accident, in")
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.flowguard.deploy.Installation#all")
    void noServiceLinks(Installation installation) {
        assertThat(installation
                        .deployment()
                        .at("/spec/template/spec/enableServiceLinks")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    @DisplayName("may be critical outside kube-system: a quota of its namespace speaks of its priority")
    void priority() {
        Installation installation = Installation.of("default");
        assertThat(Yaml.texts(installation
                        .get("ResourceQuota", "flowguard-critical-pods")
                        .at("/spec/scopeSelector/matchExpressions/0/values")))
                .containsExactly(installation
                        .deployment()
                        .at("/spec/template/spec/priorityClassName")
                        .asText());
    }

    @Test
    @DisplayName("with cert-manager, serves the certificate of the mounted Secret, read again by itself")
    void certManager() {
        Installation installation = Installation.of("cert-manager");
        JsonNode certificate =
                installation.get("Certificate", "flowguard-serving").get("spec");
        Map<String, String> environment = environment(installation);
        assertThat(installation.deployment().at("/spec/template/spec/volumes").findValuesAsText("secretName"))
                .containsExactly(certificate.get("secretName").asText());
        assertThat(environment)
                .containsEntry("QUARKUS_TLS__WEBHOOK__KEY_STORE_PEM__0__CERT", "/etc/flowguard/tls/tls.crt")
                .containsEntry("QUARKUS_TLS__WEBHOOK__KEY_STORE_PEM__0__KEY", "/etc/flowguard/tls/tls.key")
                .containsKey("QUARKUS_TLS__WEBHOOK__RELOAD_PERIOD");
        assertThat(installation.container().get("volumeMounts").findValuesAsText("mountPath"))
                .contains("/etc/flowguard/tls");
        assertThat(Yaml.texts(certificate.get("dnsNames"))).contains("flowguard." + Installation.NAMESPACE + ".svc");
        assertThat(installation
                        .get("ValidatingWebhookConfiguration", "flowguard")
                        .at("/metadata/annotations/cert-manager.io~1inject-ca-from")
                        .asText())
                .isEqualTo(Installation.NAMESPACE + "/flowguard-serving");
    }

    @DisplayName("has certificates of its own making, or those it is given, in")
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.flowguard.deploy.Installation#all")
    void certificates(Installation installation) {
        Map<String, String> environment = environment(installation);
        boolean isGiven = environment.containsKey("QUARKUS_TLS__WEBHOOK__KEY_STORE_PEM__0__CERT");

        assertThat(environment.getOrDefault("FLOWGUARD_TLS_MODE", "")).isEqualTo(isGiven ? "" : "self-managed");
    }

    private static Map<String, String> environment(Installation installation) {
        Map<String, String> environment = new TreeMap<>();
        installation
                .container()
                .get("env")
                .forEach(each -> environment.put(
                        each.get("name").asText(), each.get("value").asText()));
        return environment;
    }

    private static int seconds(String duration) {
        assertThat(duration).endsWith("s");
        return Integer.parseInt(duration.substring(0, duration.length() - 1));
    }
}
