package dev.flowguard.apiserver;

import static dev.flowguard.apiserver.InstalledFlowguard.awaitServed;
import static dev.flowguard.apiserver.InstalledFlowguard.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.apiserver.ApiClient.Answer;
import dev.flowguard.deploy.Yaml;
import dev.flowguard.kubernetes.BadInputRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Policies of other kinds, as the API server takes them that has the definitions of their projects. These are not part of this
 * repository: {@code FLOWGUARD_TEST_CRDS} names a folder with them, and kinds that it does not have are left out.
 */
@Tag("apiserver")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Policies of other kinds behind a real API server")
class OtherPoliciesIT {
    private static final String HOW_TO_GET_THEM =
            "no definitions of other kinds of policies: set FLOWGUARD_TEST_CRDS to a"
                    + " folder with the CustomResourceDefinitions of network-policy-api, Cilium or Calico";

    /** A policy that closes orders, and one that opens a door to it. */
    enum Kind {
        CLUSTER_NETWORK_POLICY("generic", true, """
                apiVersion: policy.networking.k8s.io/v1alpha2
                kind: ClusterNetworkPolicy
                metadata: {name: orders}
                spec:
                  tier: Admin
                  priority: 5
                  subject:
                    pods: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}, podSelector: {matchLabels: {app: orders}}}
                  ingress: [{name: all, action: %s, from: [{namespaces: {}}]}]
                """, "Deny", "Accept"),
        ADMIN_NETWORK_POLICY("generic", true, """
                apiVersion: policy.networking.k8s.io/v1alpha1
                kind: AdminNetworkPolicy
                metadata: {name: orders}
                spec:
                  priority: 5
                  subject:
                    pods: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}, podSelector: {matchLabels: {app: orders}}}
                  ingress: [{name: all, action: %s, from: [{namespaces: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: Exists}]}}]}]
                """, "Deny", "Allow"),
        BASELINE_ADMIN_NETWORK_POLICY("generic", true, """
                apiVersion: policy.networking.k8s.io/v1alpha1
                kind: BaselineAdminNetworkPolicy
                metadata: {name: default}
                spec:
                  subject:
                    pods: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}, podSelector: {matchLabels: {app: orders}}}
                  ingress: [{name: all, action: %s, from: [{namespaces: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: Exists}]}}]}]
                """, "Deny", "Allow"),
        CILIUM_NETWORK_POLICY("cilium", false, """
                apiVersion: cilium.io/v2
                kind: CiliumNetworkPolicy
                metadata: {name: orders, namespace: shop}
                spec:
                  endpointSelector: {matchLabels: {app: orders}}
                  ingress: [{fromEndpoints: [{matchLabels: {app: %s}}]}]
                """, "nobody", "checkout"),
        CILIUM_CLUSTERWIDE_NETWORK_POLICY("cilium", true, """
                apiVersion: cilium.io/v2
                kind: CiliumClusterwideNetworkPolicy
                metadata: {name: orders}
                spec:
                  endpointSelector: {matchLabels: {app: orders, io.kubernetes.pod.namespace: shop}}
                  ingress: [{fromEndpoints: [{matchLabels: {app: %s, io.kubernetes.pod.namespace: shop}}]}]
                """, "nobody", "checkout"),
        CALICO_NETWORK_POLICY("calico", false, """
                apiVersion: crd.projectcalico.org/v1
                kind: NetworkPolicy
                metadata: {name: default.orders, namespace: shop}
                spec: {order: 10, selector: app == 'orders', types: [Ingress], ingress: [{action: %s}]}
                """, "Deny", "Allow"),
        CALICO_GLOBAL_NETWORK_POLICY("calico", true, """
                apiVersion: crd.projectcalico.org/v1
                kind: GlobalNetworkPolicy
                metadata: {name: default.orders}
                spec:
                  order: 10
                  namespaceSelector: kubernetes.io/metadata.name == 'shop'
                  selector: app == 'orders'
                  types: [Ingress]
                  ingress: [{action: %s}]
                """, "Deny", "Allow");

        private final String plugin;
        private final boolean isClusterWide;
        private final String policy;
        private final String closing;
        private final String opening;

        Kind(String plugin, boolean isClusterWide, String policy, String closing, String opening) {
            this.plugin = plugin;
            this.isClusterWide = isClusterWide;
            this.policy = policy;
            this.closing = closing;
            this.opening = opening;
        }

        ObjectNode closing() {
            return Yaml.document(policy.formatted(closing));
        }

        ObjectNode opening() {
            return Yaml.document(policy.formatted(opening));
        }
    }

    private final Set<String> served = new HashSet<>();
    private final Map<String, Replica> replicas = new HashMap<>();
    private InstalledFlowguard flowguard;

    @BeforeAll
    void install(@TempDir Path temporary) throws Exception {
        Optional<Path> definitions = Optional.ofNullable(System.getenv("FLOWGUARD_TEST_CRDS"))
                .map(Path::of)
                .filter(Files::isDirectory);
        if (definitions.isEmpty()) {
            System.out.println("Skipped: " + HOW_TO_GET_THEM);
        }
        assumeTrue(definitions.isPresent(), HOW_TO_GET_THEM);
        flowguard = InstalledFlowguard.in(temporary, overlay(temporary), 1, 0);
        define(definitions.orElseThrow());
        for (String plugin : List.of("generic", "cilium", "calico")) {
            replicas.put(plugin, flowguard.start("-Dflowguard.cni=" + plugin).awaitReady());
        }
        flowguard.plane().lead(List.copyOf(replicas.values()));
        flowguard.shop("shop");
    }

    /** The default overlay with the components for other kinds. */
    private static Path overlay(Path folder) throws IOException {
        Path overlay = Files.createDirectory(folder.resolve("overlay"));
        Path deploy = Path.of("deploy").toAbsolutePath();
        Files.writeString(overlay.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                resources: [%1$s/overlays/default]
                components:
                - %1$s/components/cluster-network-policies
                - %1$s/components/cilium-policies
                - %1$s/components/calico-policies
                """.formatted(deploy));
        return overlay;
    }

    private void define(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                for (ObjectNode definition : Yaml.documents(file)) {
                    flowguard.apply(definition.toString());
                    String group = definition.at("/spec/group").asText();
                    String version = definition.at("/spec/versions/0/name").asText();
                    awaitServed(
                            flowguard.admin(),
                            "/apis/" + group + "/" + version + "/"
                                    + definition.at("/spec/names/plural").asText());
                    served.add(group + " " + definition.at("/spec/names/kind").asText());
                }
            }
        }
    }

    @AfterAll
    void stop() throws Exception {
        for (Replica replica : replicas.values()) {
            replica.close();
        }
        if (flowguard != null) {
            flowguard.close();
        }
    }

    @DisplayName(
            "what cuts a declared flow is refused or, where the contract does not bind it, warned of; what does not is taken")
    @ParameterizedTest(name = "{0}")
    @EnumSource(Kind.class)
    void judged(Kind kind) throws Exception {
        ObjectNode closing = kind.closing();
        String group = closing.get("apiVersion").asText().replaceFirst("/.*", "");
        assumeTrue(served.contains(group + " " + closing.get("kind").asText()), "its definition is not there");
        flowguard.plane().leadAll(List.of(replicas.get(kind.plugin)));
        ApiClient admin = flowguard.admin();

        soon(() -> {
            Answer cut = admin.apply(closing, "dryRun=All");
            if (kind.isClusterWide) {
                assertThat(cut.code()).as(cut.message()).isEqualTo(201);
                assertThat(cut.warnings())
                        .anyMatch(warning -> warning.startsWith("breaks shop/checkout -> shop/orders:8080/TCP"));
            } else {
                assertThat(cut.code()).as(cut.message() + cut.warnings()).isEqualTo(403);
                assertThat(cut.message()).contains("checkout -> orders:8080/TCP");
            }
        });
        Answer open = admin.apply(kind.opening(), "dryRun=All");
        assertThat(open.code()).as(open.message()).isEqualTo(201);
        assertThat(open.warnings()).noneMatch(warning -> warning.startsWith("breaks"));
        if (kind.isClusterWide) {
            boundByClusterContract(admin, closing);
        }
    }

    private void boundByClusterContract(ApiClient admin, ObjectNode closing) throws Exception {
        flowguard.apply("""
                apiVersion: flowguard.dev/v1alpha1
                kind: ClusterFlowContract
                metadata: {name: platform}
                spec:
                  flows:
                  - name: orders-are-called
                    from: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}, podSelector: {matchLabels: {app: checkout}}}
                    to: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}, podSelector: {matchLabels: {app: orders}}}
                    ports: [{port: 8080}]
                """);
        try {
            soon(() -> {
                Answer refused = admin.apply(closing, "dryRun=All");
                assertThat(refused.code())
                        .as(refused.message() + refused.warnings())
                        .isEqualTo(403);
                assertThat(refused.message()).contains("shop/orders:8080/TCP");
            });
        } finally {
            admin.delete("/apis/flowguard.dev/v1alpha1/clusterflowcontracts/platform");
        }
    }

    @DisplayName("what the definition does not allow, the API server refuses by itself")
    @ParameterizedTest(name = "{0}")
    @EnumSource(Kind.class)
    void invalid(Kind kind) throws Exception {
        ObjectNode closing = kind.closing();
        String group = closing.get("apiVersion").asText().replaceFirst("/.*", "");
        assumeTrue(served.contains(group + " " + closing.get("kind").asText()), "its definition is not there");
        ObjectNode spec = (ObjectNode) closing.get("spec");
        spec.put("ingress", "everybody");

        Answer answer = flowguard.admin().apply(closing, "dryRun=All");

        assertThat(answer.isSuccess()).isFalse();
        assertThat(answer.message()).contains("ingress");
    }

    static Stream<BadInputRow> badInput() {
        return BadInputRow.all().filter(row -> row.bySchema() || !row.isRefused());
    }

    @DisplayName("the definitions refuse just what Flowguard calls bad input:")
    @ParameterizedTest(name = "{0}")
    @MethodSource("badInput")
    void badInput(BadInputRow row) throws Exception {
        ObjectNode object = Yaml.document(row.yaml());
        if (served.contains("crd.projectcalico.org " + row.kindName())
                && row.apiVersion().startsWith("projectcalico")) {
            object.put("apiVersion", "crd.projectcalico.org/v1");
        }
        String group = object.get("apiVersion").asText().replaceFirst("/.*", "");
        assumeTrue(served.contains(group + " " + row.kindName()), "its definition is not there");
        if (row.isNamespaced()) {
            ((ObjectNode) object.get("metadata")).put("namespace", "shop");
        }

        Answer answer = flowguard.admin().apply(object, "dryRun=All");

        assertThat(answer.isSuccess()).as(answer.message()).isEqualTo(!row.isRefused());
    }
}
