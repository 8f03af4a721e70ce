package dev.flowguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.testing.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The cluster of the repairs: the portal of namespace web calls orders of namespace shop on port 8080, in which nothing allows it. */
@DisplayName("What was perhaps meant in a policy of another kind")
class NearMissesOfOtherKindsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    static Stream<Arguments> nearMisses() {
        return Stream.of(
                Arguments.of(
                        "L6 a label of a CiliumNetworkPolicy's peer",
                        "cilium",
                        cilium(
                                "orders",
                                "{matchLabels: {\"k8s:io.kubernetes.pod.namespace\": web, app: portl}}",
                                "8080",
                                "TCP"),
                        "almost: ingress[0] of CiliumNetworkPolicy shop/orders is one label off: it asks for app=portl, and"
                                + " the pods have app=portal"),
                Arguments.of(
                        "L6 a peer of a CiliumNetworkPolicy without the namespace, which is then its own",
                        "cilium",
                        cilium("orders", "{matchLabels: {app: portal}}", "8080", "TCP"),
                        "almost: ingress[0] of CiliumNetworkPolicy shop/orders has the right labels in the wrong namespace:"
                                + " it looks in namespace shop, and these pods are in namespace web"),
                Arguments.of(
                        "L16 the protocol of a CiliumNetworkPolicy's port",
                        "cilium",
                        cilium(
                                "orders",
                                "{matchLabels: {\"k8s:io.kubernetes.pod.namespace\": web, app: portal}}",
                                "8080",
                                "UDP"),
                        "almost: ingress[0] of CiliumNetworkPolicy shop/orders opens the right port for the wrong protocol:"
                                + " 8080/UDP, and this is 8080/TCP"),
                Arguments.of(
                        "L5 the pods that a CiliumNetworkPolicy selects",
                        "cilium",
                        cilium("closed", "{matchLabels: {app: nobody}}", "1", "TCP")
                                + "---\n"
                                + cilium(
                                                "order",
                                                "{matchLabels: {\"k8s:io.kubernetes.pod.namespace\": web, app: portal}}",
                                                "8080",
                                                "TCP")
                                        .replace("{app: orders}", "{app: order}"),
                        "almost: ingress[0] of CiliumNetworkPolicy shop/order would open it, but the policy does not select"
                                + " these pods: its selector asks for app=order, and they have app=orders"),
                Arguments.of(
                        "K28 a label in a selector of Calico",
                        "calico",
                        calico("app == 'portl'", "team == 'web'"),
                        "almost: ingress[0] of NetworkPolicy.projectcalico.org shop/orders is one label off: it asks for"
                                + " app=portl, and the pods have app=portal"),
                Arguments.of(
                        "K14 a label of a namespace in a selector of Calico",
                        "calico",
                        calico("app == 'portal'", "team == 'wed'"),
                        "almost: ingress[0] of NetworkPolicy.projectcalico.org shop/orders is one label off: it asks for"
                                + " namespaces with team=wed, and this one has team=web"),
                Arguments.of(
                        "C10 a label of a ClusterNetworkPolicy's peer",
                        "generic",
                        admin("{matchLabels: {team: web}}", "{matchLabels: {app: portl}}"),
                        "almost: ingress[0] \"portal\" of ClusterNetworkPolicy guard is one label off: it asks for app=portl,"
                                + " and the pods have app=portal"),
                Arguments.of(
                        "C10 a label of a ClusterNetworkPolicy's namespaces",
                        "generic",
                        admin("{matchLabels: {team: wed}}", "{matchLabels: {app: portal}}"),
                        "almost: ingress[0] \"portal\" of ClusterNetworkPolicy guard is one label off: it asks for namespaces"
                                + " with team=wed, and this one has team=web"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nearMisses")
    void told(String name, String plugin, String policies, String almost) throws IOException {
        CommandRun run = CommandRun.of(
                "explain",
                "--cni",
                plugin,
                "--manifests",
                cluster(policies),
                "--from",
                "web/portal-1",
                "--to",
                "shop/orders-1",
                "--port",
                "8080");

        assertThat(run.out()).contains(almost);
    }

    @Test
    @DisplayName("a rejection tells it too")
    void inRejections() throws IOException {
        String cluster = cluster(calico("app == 'portal'", "team == 'web'"));
        Path change = folder.resolve("change.yaml");
        Files.writeString(change, calico("app == 'portl'", "team == 'web'"));

        CommandRun run =
                CommandRun.of("check", "--cni", "calico", "--manifests", cluster, "--change", change.toString());

        assertThat(run.out())
                .contains("REJECTED")
                .contains("almost: ingress[0] of NetworkPolicy.projectcalico.org shop/orders is one label off");
    }

    @Test
    @DisplayName("nothing where two things are wrong, and nothing of a rule that denies")
    void silent() throws IOException {
        String both = cluster(calico("app == 'crawler'", "team == 'shop'"));
        String denying = cluster(calico("app == 'portl'", "team == 'web'").replace("Allow", "Deny"));

        for (String cluster : new String[] {both, denying}) {
            assertThat(CommandRun.of(
                                    "explain",
                                    "--cni",
                                    "calico",
                                    "--manifests",
                                    cluster,
                                    "--from",
                                    "web/portal-1",
                                    "--to",
                                    "shop/orders-1",
                                    "--port",
                                    "8080")
                            .out())
                    .contains("BLOCKED")
                    .doesNotContain("almost");
        }
    }

    private String cluster(String policies) throws IOException {
        String text = Files.readString(Path.of("src/test/resources/repairs/admin-no-room.yaml"));
        Path file = folder.resolve("cluster.yaml");
        Files.writeString(file, text.substring(0, text.indexOf("apiVersion: policy.networking.k8s.io")) + policies);
        return file.toString();
    }

    private static String cilium(String name, String peer, String port, String protocol) {
        return "apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: " + name + ", namespace: shop}\n"
                + "spec:\n  endpointSelector: {matchLabels: {app: orders}}\n  ingress:\n  - fromEndpoints: [" + peer
                + "]\n"
                + "    toPorts: [{ports: [{port: \"" + port + "\", protocol: " + protocol + "}]}]\n";
    }

    private static String calico(String selector, String namespaces) {
        return "apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata: {name: orders, namespace: shop}\nspec:\n"
                + "  selector: app == 'orders'\n  types: [Ingress]\n  ingress:\n  - action: Allow\n    protocol: TCP\n"
                + "    source: {selector: \"" + selector + "\", namespaceSelector: \"" + namespaces + "\"}\n"
                + "    destination: {ports: [8080]}\n";
    }

    private static String admin(String namespaces, String pods) {
        return "apiVersion: policy.networking.k8s.io/v1alpha2\nkind: ClusterNetworkPolicy\nmetadata: {name: guard}\nspec:\n"
                + "  tier: Admin\n  priority: 20\n  subject: {namespaces: {matchLabels: {team: shop}}}\n  ingress:\n"
                + "  - {name: portal, action: Accept, from: [{pods: {namespaceSelector: " + namespaces
                + ", podSelector: "
                + pods + "}}]}\n  - {name: nobody, action: Deny, from: [{namespaces: {}}]}\n";
    }
}
