package dev.flowguard.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.testing.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a cluster needs without anybody having said so: which policies are told to cut it, and which are not. */
@DisplayName("Of a policy on a cluster without contracts")
class NeedsTest {
    private static final Path CASES = Path.of("src/test/resources/cases/needs");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        that lets in nobody to the DNS pods      | calico | kube-system | {}                 | policyTypes: [Ingress] | dns-ingress-cut: NetworkPolicy kube-system/it: cuts off every pod from DNS over UDP and TCP
        that lets in UDP only to the DNS pods    | calico | kube-system | {k8s-app: kube-dns} | policyTypes: [Ingress], ingress: [{ports: [{protocol: UDP, port: 53}]}] | dns-ingress-cut: NetworkPolicy kube-system/it: cuts off ingress/router, monitoring/prometheus and 3 more from DNS over TCP
        that keeps an operator in                | calico | ops         | {app: operator}    | policyTypes: [Egress], egress: [{to: [{namespaceSelector: {}}]}] | kubernetes-api-cut: NetworkPolicy ops/it: cuts off operator from the Kubernetes API
        that leads to the API's ClusterIP        | calico | ops         | {app: operator}    | policyTypes: [Egress], egress: [{to: [{namespaceSelector: {}}, {ipBlock: {cidr: 10.96.0.1/32}}]}] | kubernetes-api-cut: NetworkPolicy ops/it: cuts off operator from the Kubernetes API
        that closes a webhook                    | calico,webhook | ops | {}                 | policyTypes: [Ingress] | cuts the API server from ops/operator:9443 (implied by MutatingWebhookConfiguration ops): blocked on ingress by NetworkPolicy ops/it
        that opens a webhook to pods             | calico,webhook | ops | {app: operator}    | policyTypes: [Ingress], ingress: [{from: [{namespaceSelector: {}}]}] | cuts the API server from ops/operator:9443
        that opens a webhook to agents alone     | calico,webhook,konnectivity | ops | {app: operator} | policyTypes: [Ingress], ingress: [{from: [{namespaceSelector: {}}]}] | policies treat the API server's own address and the konnectivity agents that may carry its traffic differently
        that opens a webhook to no agent         | calico,webhook,konnectivity | ops | {app: operator} | policyTypes: [Ingress], ingress: [{from: [{ipBlock: {cidr: 192.168.50.10/32}}]}] | policies treat the API server's own address and the konnectivity agents that may carry its traffic differently
        that closes a webhook to agents as well  | calico,webhook,konnectivity | ops | {app: operator} | policyTypes: [Ingress] | cuts the API server from ops/operator:9443
        that forgets the port of the mesh        | calico,ambient | shop | {tier: mysql}     | policyTypes: [Ingress], ingress: [{from: [{podSelector: {}}], ports: [{port: 3306}]}] | Istio's ambient mesh carries it on port 15008/TCP
        that leads to link-local addresses only  | calico | shop        | {}                 | policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 169.254.20.10/32}}]}] | dns-egress-cut: NetworkPolicy shop/it: cuts off mysql and web from DNS over UDP and TCP
        that leads to the DNS's ClusterIP        | calico | shop        | {}                 | policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 10.96.0.10/32}}]}] | cluster-ip-in-ip-block
        that shuts out nodes                     | calico,nodes | shop  | {app: web}         | policyTypes: [Ingress] | 192.168.50.10 and 192.168.50.21 -> shop/web:8080/TCP
        that shuts out a controller on the nodes | calico,host-ingress | shop | {app: web} | policyTypes: [Ingress], ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ingress}}}]}] | cuts ingress/ingress-nginx-controller (on the host network, 192.168.50.10 and 192.168.50.21) from shop/web:8080 (implied by Ingress shop/web): blocked on ingress by NetworkPolicy shop/it
        that lets in another node than its own   | calico,host-ingress,host-ingress-pod | shop | {app: web} | policyTypes: [Ingress], ingress: [{from: [{ipBlock: {cidr: 192.168.50.10/32}}]}] | cuts ingress/ingress-nginx-controller (on the host network, 192.168.50.21) from shop/web:8080
        that lets in no node that it asks for    | calico,host-ingress,host-ingress-selected | shop | {app: web} | policyTypes: [Ingress], ingress: [{from: [{ipBlock: {cidr: 192.168.50.10/32}}]}] | cuts ingress/ingress-nginx-controller (on the host network, 192.168.50.21) from shop/web:8080
        that shuts out routers on the nodes      | openshift | shop     | {app: web}         | policyTypes: [Ingress], ingress: [{from: [{podSelector: {}}]}] | cuts openshift-ingress/router-default (on the host network, 192.168.50.10 and 192.168.50.21) from shop/web:8080 (implied by Route shop/web)
        that shuts routers out, how to let in    | openshift | shop     | {app: web}         | policyTypes: [Ingress], ingress: [{from: [{podSelector: {}}]}] | to keep it, add to NetworkPolicy shop/it:  ingress: [{from: [{namespaceSelector: {matchLabels: {policy-group.network.openshift.io/ingress: ""}}}], ports: [{protocol: TCP, port: 8080}]}]
        that keeps pods from nodes               | calico,nodes | shop  | {app: web}         | policyTypes: [Egress] | shop/web -> 192.168.50.10:10250/TCP
        """)
    @DisplayName("it is told")
    void told(String what, String with, String namespace, String pods, String rules, String told) throws IOException {
        assertThat(check(with, namespace, pods, rules).out()).contains(told);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        that lets in everybody to the DNS pods   | calico | kube-system | {k8s-app: kube-dns} | policyTypes: [Ingress], ingress: [{from: [{namespaceSelector: {}}], ports: [{protocol: UDP, port: 53}, {port: 53}]}]
        that leads an operator to the API server | calico | ops         | {app: operator}    | policyTypes: [Egress], egress: [{to: [{namespaceSelector: {}}, {ipBlock: {cidr: 192.168.50.10/32}}]}]
        that keeps in pods without a role        | calico | shop        | {app: web}         | policyTypes: [Egress], egress: [{to: [{namespaceSelector: {}}]}]
        that opens a webhook by its named port   | calico,webhook | ops | {app: operator}    | policyTypes: [Ingress], ingress: [{ports: [{port: webhook}]}]
        that opens it to the API server's node   | calico,webhook | ops | {app: operator}    | policyTypes: [Ingress], ingress: [{from: [{ipBlock: {cidr: 192.168.50.10/32}}]}]
        that opens it to server and agents       | calico,webhook,konnectivity | ops | {app: operator} | policyTypes: [Ingress], ingress: [{from: [{ipBlock: {cidr: 192.168.50.10/32}}, {namespaceSelector: {}, podSelector: {matchLabels: {k8s-app: konnectivity-agent}}}]}]
        that opens the port of the mesh as well  | calico,ambient | shop | {tier: mysql}     | policyTypes: [Ingress], ingress: [{from: [{podSelector: {}}], ports: [{port: 3306}, {port: 15008}]}]
        that lets in nodes, and pods out to them | calico,nodes | shop  | {app: web}         | policyTypes: [Ingress, Egress], ingress: [{from: [{ipBlock: {cidr: 192.168.50.0/24}}]}], egress: [{to: [{namespaceSelector: {}}, {ipBlock: {cidr: 192.168.50.0/24}}]}]
        that lets a controller in from its node  | calico,host-ingress,host-ingress-pod | shop | {app: web} | policyTypes: [Ingress], ingress: [{from: [{ipBlock: {cidr: 192.168.50.21/32}}]}]
        that lets one in from the node it asks for | calico,host-ingress,host-ingress-selected | shop | {app: web} | policyTypes: [Ingress], ingress: [{from: [{ipBlock: {cidr: 192.168.50.21/32}}]}]
        that lets a controller in from any node  | calico,host-ingress | shop | {app: web} | policyTypes: [Ingress], ingress: [{from: [{ipBlock: {cidr: 192.168.50.0/24}}]}]
        that lets in routers by the older group  | openshift | shop     | {app: web}         | policyTypes: [Ingress], ingress: [{from: [{namespaceSelector: {matchLabels: {network.openshift.io/policy-group: ingress}}}]}]
        that lets in routers by their group      | openshift | shop     | {app: web}         | policyTypes: [Ingress], ingress: [{from: [{namespaceSelector: {matchLabels: {policy-group.network.openshift.io/ingress: ""}}}]}]
        that lets in the host network by group   | openshift,nodes | shop | {app: web}       | policyTypes: [Ingress], ingress: [{from: [{namespaceSelector: {matchLabels: {policy-group.network.openshift.io/host-network: ""}}}]}]
        """)
    @DisplayName("nothing is told")
    void silent(String what, String with, String namespace, String pods, String rules) throws IOException {
        assertThat(check(with, namespace, pods, rules).out()).startsWith("ADMITTED");
    }

    @Test
    @DisplayName("that treats NodeLocal DNSCache and the cluster's DNS differently it is told that nobody can tell, not"
            + " that it cuts")
    void nodeLocal() throws IOException {
        assertThat(check(
                                "calico,node-local-dns",
                                "shop",
                                "{}",
                                "policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 169.254.20.10/32}}]}]")
                        .out())
                .contains("policies treat the cluster's DNS and the resolver on the node differently")
                .doesNotContain("dns-egress-cut", "cuts");
    }

    @Test
    @DisplayName("--dns says where names are resolved, and is refused where that is not there")
    void dns() throws IOException {
        String rules = "policyTypes: [Egress], egress: [{to: [{namespaceSelector: {}}]}]";
        assertThat(check("calico", "shop", "{}", rules).out()).startsWith("ADMITTED");
        assertThat(check("calico", "shop", "{}", "policyTypes: [Egress]", "--dns", "kube-system/kube-dns")
                        .out())
                .contains("dns-egress-cut")
                .contains("kubernetes.io/metadata.name: kube-system");
        CommandRun missing = check("calico", "shop", "{}", rules, "--dns", "ops/names");
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.err()).contains("--dns ops/names: there is no such Service in ");
        CommandRun unreadable = check("calico", "shop", "{}", rules, "--dns", "names");
        assertThat(unreadable.exitCode()).isEqualTo(2);
        assertThat(unreadable.err()).contains("--dns names: expected NAMESPACE/SERVICE, or the address of a resolver");
    }

    @Test
    @DisplayName("the DNS Service is told to lead to no pod where it does")
    void dnsWithoutPods() throws IOException {
        Path lost = Files.writeString(folder.resolve("lost.yaml"), """
            apiVersion: v1
            kind: Service
            metadata: {name: kube-dns, namespace: kube-system}
            spec: {clusterIP: 10.96.0.10, selector: {k8s-app: gone}, ports: [{name: dns, protocol: UDP, port: 53}]}
            ---
            apiVersion: flowguard.dev/v1alpha1
            kind: FlowContract
            metadata: {name: names, namespace: shop}
            spec: {flows: [{name: names, from: {podSelector: {}}, to: {wellKnown: ClusterDNS}}]}
            """);
        CommandRun run = CommandRun.of(
                "check", "--manifests", CASES.resolve("cluster.yaml").toString(), "--manifests", lost.toString());
        assertThat(run.out()).contains("no pod stands behind Service kube-system/kube-dns");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    @DisplayName("that cuts DNS, the API server or a webhook it is told by whom, and the rule that keeps it")
    void repaired() throws IOException {
        assertThat(check("calico", "kube-system", "{}", "policyTypes: [Ingress]")
                        .out())
                .contains(
                        "to keep it, add to NetworkPolicy kube-system/it:  ingress: [{from: [{namespaceSelector: {}}],"
                                + " ports: [{protocol: UDP, port: 53}, {protocol: TCP, port: 53}]}]");
        assertThat(check("calico", "ops", "{}", "policyTypes: [Egress], egress: [{to: [{namespaceSelector: {}}]}]")
                        .out())
                .contains(
                        "to keep it, add to NetworkPolicy ops/it:  egress: [{to: [{ipBlock: {cidr: 192.168.50.10/32}}],"
                                + " ports: [{protocol: TCP, port: 6443}]}]");
        assertThat(check(
                                "calico,webhook",
                                "ops",
                                "{app: operator}",
                                "policyTypes: [Ingress], ingress: [{from: [{podSelector: {}}]}]")
                        .out())
                .contains("to keep it, add to NetworkPolicy ops/it:  ingress: [{from: [{ipBlock: {cidr:"
                        + " 192.168.50.10/32}}], ports: [{protocol: TCP, port: 9443}]}]");
    }

    @Test
    @DisplayName("explain says that traffic is needed, and what implies it")
    void explained() {
        String cluster = CASES.resolve("cluster.yaml").toString();
        assertThat(CommandRun.of(
                                "explain",
                                "-f",
                                cluster,
                                "--from",
                                "ops/operator",
                                "--to",
                                "service/default/kubernetes",
                                "-o",
                                "json")
                        .out())
                .contains("\"impliedBy\" : [ \"ClusterRoleBinding operator\" ]");
        assertThat(CommandRun.of("explain", "-f", cluster, "--from", "shop/web", "--to", "service/kube-system/kube-dns")
                        .out())
                .endsWith("needed: implied by Service kube-system/kube-dns\n");
    }

    private CommandRun check(String with, String namespace, String pods, String rules, String... options)
            throws IOException {
        Path change = Files.writeString(folder.resolve("it.yaml"), """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: it, namespace: %s}
            spec: {podSelector: {matchLabels: %s}, %s}
            """.formatted(namespace, pods, rules));
        List<String> line = new ArrayList<>(
                List.of("check", "--manifests", CASES.resolve("cluster.yaml").toString()));
        for (String part : with.split(",")) {
            line.addAll(List.of("--manifests", CASES.resolve(part + ".yaml").toString()));
        }
        line.addAll(List.of("--change", change.toString()));
        line.addAll(List.of(options));
        return CommandRun.of(line.toArray(String[]::new));
    }
}
