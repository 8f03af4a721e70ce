package dev.flowguard.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.testing.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In manifests what matches nothing may be made at run time, or elsewhere; what is mistyped is mistyped all the same. */
@DisplayName("What manifests do not show")
class UnseenObjectsTest {
    private static final String STORAGE = """
            {apiVersion: v1, kind: Namespace, metadata: {name: kube-system}}
            ---
            {apiVersion: v1, kind: Namespace, metadata: {name: storage}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: manager, namespace: storage, labels: {app: manager, component: disk-manager}}}
            """;
    private static final String DEFINITION = """
            {apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: disks.storage.example.com},
             spec: {group: storage.example.com, names: {kind: Disk, plural: disks}, scope: Namespaced, versions: []}}
            """;
    private static final String RESOURCE =
            "{apiVersion: storage.example.com/v1, kind: Disk, metadata: {name: a, namespace: storage}}\n";
    private static final String WEBHOOK = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: manager, namespace: system}
            spec:
              selector: {matchLabels: {control-plane: manager}}
              template:
                metadata: {labels: {control-plane: manager}}
                spec: {containers: [{name: manager, ports: [{containerPort: 9443}]}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: hook, namespace: system}
            spec: {selector: {control-plane: manager}, ports: [{port: 443, targetPort: 9443}]}
            ---
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingWebhookConfiguration
            metadata: {name: hook}
            webhooks: [{name: hook.example.com, clientConfig: {service: {name: hook, namespace: system}}}]
            """;
    private static final Pattern FINDING = Pattern.compile("^  (?:error|warning|note) +([a-z-]+): ");
    private static final String LINE =
            "note: selectors that match nothing here are not reported: operators may make pods and namespaces for ";

    private final Path folder;

    UnseenObjectsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void storage() throws IOException {
        given("storage.yaml", STORAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {DEFINITION, RESOURCE})
    @DisplayName(
            "where an operator that is not known makes pods and namespaces, one line tells of all selectors that match nothing")
    void operator(String sign) throws IOException {
        given(
                "policies.yaml",
                policy("engines", "component: engine", "from: [{podSelector: {matchLabels: {component: replica}}}]")
                        + "---\n"
                        + policy(
                                "manager",
                                "app: manager",
                                "from: [{namespaceSelector: {matchLabels: {part-of: profiles}}}]"));
        assertThat(findings()).containsExactly("namespace-matches-nothing", "peer-matches-nothing", "selects-nothing");
        given("operator.yaml", sign);
        assertThat(findings()).isEmpty();
        assertThat(check().err())
                .contains(LINE + (sign.equals(RESOURCE) ? "Disk.storage.example.com" : "storage.example.com") + "\n")
                .containsOnlyOnce("selectors that match nothing");
    }

    @Test
    @DisplayName(
            "what is mistyped is reported beside an operator as well, and nothing is said of it where everything matches")
    void mistyped() throws IOException {
        given("operator.yaml", DEFINITION);
        given("policies.yaml", policy("manager", "app: manger", "from: [{podSelector: {}}]"));
        assertThat(findings()).containsExactly("selects-nothing");
        given("policies.yaml", policy("manager", "app: manager", "from: [{podSelector: {}}]"));
        assertThat(check().err()).doesNotContain("selectors that match nothing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{apiVersion: cert-manager.io/v1, kind: Issuer, metadata: {name: a, namespace: storage}}",
                "{apiVersion: monitoring.coreos.com/v1, kind: ServiceMonitor, metadata: {name: a, namespace: storage}}",
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: storage}}",
                "{apiVersion: snapshot.storage.k8s.io/v1, kind: VolumeSnapshot, metadata: {name: a, namespace: storage}}",
                "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: policies.kyverno.io}}"
            })
    @DisplayName("objects for which nobody makes pods excuse nothing")
    void withoutPods(String object) throws IOException {
        given("other.yaml", object);
        given("policies.yaml", policy("engines", "component: engine", "from: [{podSelector: {}}]"));
        assertThat(findings()).containsExactly("selects-nothing");
    }

    @Test
    @DisplayName("a definition excuses nothing where its resources are here and their pods are known")
    void knownOperator() throws IOException {
        given("operator.yaml", """
                {apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: kafkas.kafka.strimzi.io}}
                ---
                {apiVersion: kafka.strimzi.io/v1beta2, kind: Kafka, metadata: {name: main, namespace: storage}, spec: {kafka: {}}}
                """);
        given(
                "policies.yaml",
                policy("engines", "component: engine", "from: [{podSelector: {}}]")
                        + "---\n"
                        + policy("kafka", "strimzi.io/cluster: main", "from: [{podSelector: {}}]"));
        assertThat(findings()).containsExactly("selects-nothing");
    }

    @Test
    @DisplayName("kustomizations that give namespaces or labels excuse what the files as they stand do not match")
    void kustomized() throws IOException {
        given(
                "policies.yaml",
                "{apiVersion: v1, kind: Pod, metadata: {name: web, labels: {app: web}}}\n---\n"
                        + policy("web", "app: web", "from: [{podSelector: {}}]"));
        assertThat(findings()).containsExactly("wrong-namespace");
        given("kustomization.yaml", "{resources: [policies.yaml]}");
        assertThat(findings()).containsExactly("wrong-namespace");
        given("kustomization.yaml", "{resources: [policies.yaml], namespace: shop}");
        assertThat(findings()).isEmpty();
        assertThat(check().err())
                .contains(
                        "note: selectors that match nothing here are not reported: kustomizations give these objects other"
                                + " namespaces or labels; -k DIR reads what one of them renders to\n");
    }

    @Test
    @DisplayName("projects that write one namespace and are put into two have nothing to do with each other")
    void scattered() throws IOException {
        given("a/kustomization.yaml", "{resources: [policy], namespace: a-system}");
        given("a/policy/kustomization.yaml", "{resources: [policy.yaml]}");
        given(
                "a/policy/policy.yaml",
                policy("metrics", "control-plane: manager", "from: [{podSelector: {}}]")
                        .replace("storage", "system"));
        given("b/webhook.yaml", WEBHOOK);
        given("b/kustomization.yaml", "{resources: [webhook.yaml], namespace: a-system}");
        assertThat(findings("-R")).containsExactly("webhook-cut");

        given("b/kustomization.yaml", "{resources: [webhook.yaml], namespace: b-system}");
        assertThat(findings("-R")).isEmpty();
        assertThat(check("-R").err())
                .contains("note: what policies of namespace system do to other objects in it is not reported:"
                        + " kustomizations keep these objects apart, in a-system and b-system; -k DIR reads what one of them"
                        + " renders to\n");

        given("b/kustomization.yaml", "{resources: [webhook.yaml], namespace: a-system, namePrefix: b-}");
        assertThat(findings("-R")).isEmpty();

        given("both/kustomization.yaml", "{resources: [../a, ../b], namespace: both-system}");
        assertThat(findings("-R")).containsExactly("webhook-cut");
    }

    @Test
    @DisplayName("where no pods are read at all, that no selector matches is told once")
    void noPods() throws IOException {
        given("storage.yaml", "{apiVersion: v1, kind: Namespace, metadata: {name: storage}}");
        given(
                "policies.yaml",
                policy("engines", "component: engine", "from: [{podSelector: {matchLabels: {app: manager}}}]"));
        assertThat(findings()).isEmpty();
        assertThat(check().err()).contains("note: no workloads were read");
    }

    @Test
    @DisplayName("containers that a custom resource adds to its pods have ports as well")
    void addedContainers() throws IOException {
        given("storage.yaml", STORAGE + """
                ---
                apiVersion: monitoring.coreos.com/v1
                kind: Prometheus
                metadata: {name: main, namespace: storage}
                spec:
                  thanos: {image: thanos:1}
                  containers: [{name: proxy, ports: [{name: web, containerPort: 9091}]}]
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: main, namespace: storage}
                spec: {selector: {prometheus: main}, ports: [{name: web, port: 443, targetPort: web}]}
                """);
        given("policies.yaml", """
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: main, namespace: storage}
                spec:
                  podSelector: {matchLabels: {prometheus: main}}
                  policyTypes: [Ingress]
                  ingress:
                  - from: [{podSelector: {matchLabels: {app: manager}}}]
                    ports: [{port: 9091}, {port: 10901}]
                """);
        assertThat(findings()).isEmpty();
    }

    private static String policy(String name, String selector, String rule) {
        return """
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: %s, namespace: storage}
                spec: {podSelector: {matchLabels: {%s}}, policyTypes: [Ingress], ingress: [{%s}]}
                """.formatted(name, selector, rule);
    }

    private Stream<String> findings(String... options) {
        return check(options)
                .out()
                .lines()
                .map(FINDING::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .sorted();
    }

    private CommandRun check(String... options) {
        return CommandRun.of(Stream.concat(Stream.of("check", "--manifests", folder.toString()), Stream.of(options))
                .toArray(String[]::new));
    }

    private void given(String file, String content) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}
