package dev.flowguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.testing.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cluster of the repairs, in which the portal calls orders on port 8080; every folder is given in the order that would break that. */
@DisplayName("A plan orders policies of every kind")
class PlanOfOtherKindsTest {
    private static final String SELECTS_ORDERS =
            "subject: {pods: {namespaceSelector: {matchLabels: {team: shop}}, podSelector: {matchLabels: {app: orders}}}}";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private String cluster = "";

    @BeforeEach
    void readCluster() throws IOException {
        String text = Files.readString(Path.of("src/test/resources/repairs/admin-no-room.yaml"));
        cluster = text.substring(0, text.indexOf("apiVersion: policy.networking.k8s.io"));
    }

    @Test
    @DisplayName("ClusterNetworkPolicy: what accepts comes before what denies, and goes after it")
    void administrators() throws IOException {
        String deny = admin("deny", 20, "{name: nobody, action: Deny, from: [{namespaces: {}}]}");
        String accept =
                admin("portal", 10, "{name: portal, action: Accept, from: [{namespaces: {matchLabels: {team: web}}}]}");
        String other = admin("zz-other", 900, "{name: none, action: Pass, from: [{namespaces: {}}]}");

        assertThat(order("generic", List.of(), List.of(deny, accept)))
                .containsExactly("create ClusterNetworkPolicy portal", "create ClusterNetworkPolicy deny");
        assertThat(order("generic", List.of(accept, deny, other), List.of(other)))
                .containsExactly("delete ClusterNetworkPolicy deny", "delete ClusterNetworkPolicy portal");
    }

    @Test
    @DisplayName("ClusterNetworkPolicy and NetworkPolicy: a rule moves from one to the other without a gap")
    void acrossKinds() throws IOException {
        String closed =
                "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: orders, namespace: shop}\n"
                        + "spec: {podSelector: {matchLabels: {app: orders}}, policyTypes: [Ingress]}\n";
        String accept =
                admin("portal", 10, "{name: portal, action: Accept, from: [{namespaces: {matchLabels: {team: web}}}]}");

        assertThat(order("generic", List.of(), List.of(closed, accept)))
                .containsExactly("create ClusterNetworkPolicy portal", "create NetworkPolicy shop/orders");
    }

    @Test
    @DisplayName("CiliumNetworkPolicy: what allows comes before what isolates")
    void cilium() throws IOException {
        String isolates = cilium("closed", "{}", "[{}]");
        String allows = cilium(
                "orders",
                "{matchLabels: {app: orders}}",
                "[{fromEndpoints: [{matchLabels: {\"k8s:io.kubernetes.pod.namespace\": web}}]}]");

        assertThat(order("cilium", List.of(), List.of(isolates, allows)))
                .containsExactly("create CiliumNetworkPolicy shop/orders", "create CiliumNetworkPolicy shop/closed");
    }

    @Test
    @DisplayName("Calico: the tier before its policies, what allows before what denies")
    void calico() throws IOException {
        String deny = calico("security.zz", 20, "{action: Deny}");
        String allow = calico("security.portal", 10, "{action: Allow, source: {namespaceSelector: team == 'web'}}");
        String tier = "apiVersion: projectcalico.org/v3\nkind: Tier\nmetadata: {name: security}\nspec: {order: 100}\n";

        assertThat(order("calico", List.of(), List.of(deny, allow, tier)))
                .containsExactly(
                        "create Tier security",
                        "create GlobalNetworkPolicy security.portal",
                        "create GlobalNetworkPolicy security.zz");
    }

    @Test
    @DisplayName(
            "where no order is safe the change that breaks is named with its kind, and sync waves name the API of each")
    void toldByKind() throws IOException {
        String deny = admin("deny", 20, "{name: nobody, action: Deny, from: [{namespaces: {}}]}");
        String harmless =
                admin("later", 30, "{name: later, action: Deny, from: [{namespaces: {matchLabels: {team: none}}}]}");

        CommandRun unsafe = plan("generic", List.of(), List.of(deny), "text");
        assertThat(unsafe.exitCode()).isEqualTo(1);
        assertThat(unsafe.out())
                .contains("create ClusterNetworkPolicy deny")
                .contains("web/portal-1 -> shop/orders-1:8080/TCP");
        assertThat(plan("generic", List.of(), List.of(harmless), "argocd").out())
                .contains(
                        "apiVersion: policy.networking.k8s.io/v1alpha2\nkind: ClusterNetworkPolicy\nmetadata:\n  name: later\n  annotations:");
    }

    private static String admin(String name, int priority, String rule) {
        return "apiVersion: policy.networking.k8s.io/v1alpha2\nkind: ClusterNetworkPolicy\nmetadata: {name: " + name
                + "}\nspec:\n  tier: Admin\n  priority: " + priority + "\n  " + SELECTS_ORDERS + "\n  ingress:\n  - "
                + rule
                + "\n";
    }

    private static String cilium(String name, String selector, String ingress) {
        return "apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: " + name
                + ", namespace: shop}\nspec:\n  endpointSelector: " + selector + "\n  ingress: " + ingress + "\n";
    }

    private static String calico(String name, int order, String rule) {
        return "apiVersion: projectcalico.org/v3\nkind: GlobalNetworkPolicy\nmetadata: {name: " + name
                + "}\nspec:\n  tier: security\n  order: " + order
                + "\n  selector: app == 'orders'\n  types: [Ingress]\n"
                + "  ingress:\n  - " + rule + "\n";
    }

    /** The steps of a safe plan, without the place that they are read from. */
    private List<String> order(String plugin, List<String> base, List<String> wanted) throws IOException {
        CommandRun plan = plan(plugin, base, wanted, "text");
        assertThat(plan.exitCode()).as(plan.out() + plan.err()).isZero();
        return plan.out()
                .lines()
                .filter(line -> line.matches(" +[0-9]+\\. .*"))
                .map(line -> line.replaceAll("^ +[0-9]+\\. ", "").replaceAll(" +\\(.*", ""))
                .toList();
    }

    private CommandRun plan(String plugin, List<String> base, List<String> wanted, String format) throws IOException {
        return CommandRun.of(
                "plan",
                "--cni",
                plugin,
                "-o",
                format,
                "--base",
                write("base", base),
                "--manifests",
                write("wanted", wanted));
    }

    private String write(String name, List<String> policies) throws IOException {
        Path file = folder.resolve(name + ".yaml");
        Files.writeString(
                file, Stream.concat(Stream.of(cluster), policies.stream()).collect(Collectors.joining("\n---\n")));
        return file.toString();
    }
}
