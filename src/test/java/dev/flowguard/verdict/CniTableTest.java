package dev.flowguard.verdict;

import static dev.flowguard.testing.Given.block;
import static dev.flowguard.testing.Given.name;
import static dev.flowguard.testing.Given.node;
import static dev.flowguard.testing.Given.pod;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.port;
import static dev.flowguard.testing.Given.service;
import static dev.flowguard.testing.Given.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.cluster.CniProfile;
import dev.flowguard.cluster.object.NamedPort.Container;
import dev.flowguard.net.Protocol;
import dev.flowguard.testing.FlowguardAssertions;
import dev.flowguard.testing.TestCluster;
import dev.flowguard.verdict.match.PortOutcome;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SEMANTICS, "CNI": each cell of the table by a verdict that depends on it. */
class CniTableTest {
    /** {@code yes}: the traffic gets through; {@code no}: it does not; {@code open}: it is not known. */
    @DisplayName("the plugins' table")
    @ParameterizedTest(
            name = "{0}: pods in a block {1}, nodes {2}, ClusterIPs {3}, hairpin {4}, named ports {5}, sidecars {6},"
                    + " init {7}, endPort {8}")
    @CsvSource({
        // plugin,         pods, nodes, clusterIp, hairpin, named, sidecar, init, endPort
        "generic,          open, open,  open,      open,    yes,   yes,     no,   yes",
        "calico,           yes,  yes,   no,        open,    yes,   yes,     yes,  yes",
        "cilium,           no,   no,    no,        yes,     yes,   no,      no,   yes",
        "gke-dataplane-v2, no,   no,    no,        open,    yes,   yes,     no,   yes",
        "antrea,           yes,  open,  no,        open,    yes,   yes,     no,   yes",
        "ovn-kubernetes,   yes,  open,  no,        open,    yes,   yes,     no,   yes",
        "kube-router,      yes,  yes,   open,      open,    yes,   yes,     no,   yes",
        "kindnet,          yes,  yes,   no,        yes,     yes,   no,      no,   yes",
        "aws-vpc-cni,      yes,  yes,   open,      open,    yes,   yes,     no,   yes",
        "azure-npm,        yes,  yes,   no,        open,    yes,   yes,     no,   no",
        "weave,            yes,  open,  open,      open,    open,  open,    open, yes",
    })
    void cells(
            String cni,
            String pods,
            String nodes,
            String clusterIp,
            String hairpin,
            String named,
            String sidecar,
            String init,
            String endPort) {
        TestCluster cluster = TestCluster.with(
                        node("worker", "192.168.0.1"),
                        node("other", "192.168.0.2"),
                        pod("shop/lone", "app=lone").ip("10.0.0.1"),
                        pods("shop", "app=server")
                                .ip("10.0.0.2")
                                .port("http", 8080)
                                .port("proxy", 9090, Protocol.TCP, Container.SIDECAR)
                                .port("setup", 7070, Protocol.TCP, Container.INIT),
                        service("shop/lone").selects("app=lone").port(80, 80).clusterIp("10.96.0.1"),
                        service("shop/server")
                                .selects("app=server")
                                .port(80, 80)
                                .clusterIp("10.96.0.2"),
                        policy("shop/p").selects("app=lone").isolatesIngress().egress(block("10.0.0.0/24"), tcp(1)))
                .on(cni);
        check(cluster, pods, "shop/lone", "shop/server", "1");
        check(
                cluster.and(policy("shop/q").selects("app=lone").egress(block("192.168.0.0/24"))),
                nodes,
                "shop/lone",
                "192.168.0.1",
                "80");
        TestCluster byClusterIp =
                cluster.and(policy("shop/q").selects("app=lone").egress(block("10.96.0.0/16")));
        check(FlowguardAssertions.assertThat(byClusterIp).through("shop/server", 80), clusterIp, "shop/server", "80");
        check(FlowguardAssertions.assertThat(cluster).through("shop/lone", 80), hairpin, "shop/lone", "80");
        checkName(cluster, "http", named, "8080");
        checkName(cluster, "proxy", sidecar, "9090");
        checkName(cluster, "setup", init, "7070");
        check(
                cluster.and(policy("shop/r").selects("app=server").ingress(tcp(80, 90)), open()),
                endPort,
                "shop/lone",
                "shop/server",
                "85");
    }

    private static dev.flowguard.testing.PolicyPart open() {
        return policy("shop/p").selects("app=lone").isolatesIngress();
    }

    private static void checkName(TestCluster cluster, String portName, String expected, String number) {
        check(
                cluster.and(open(), policy("shop/r").selects("app=server").ingress(port(name(Protocol.TCP, portName)))),
                expected,
                "shop/lone",
                "shop/server",
                number);
    }

    private static void check(TestCluster cluster, String expected, String from, String to, String port) {
        switch (expected) {
            case "yes" -> FlowguardAssertions.assertThat(cluster).allows(from, to, port);
            case "no" -> FlowguardAssertions.assertThat(cluster).blocks(from, to, port);
            default -> FlowguardAssertions.assertThat(cluster).leavesOpen(from, to, port);
        }
    }

    private static void check(dev.flowguard.testing.ClusterAssert cluster, String expected, String to, String port) {
        switch (expected) {
            case "yes" -> cluster.allows("shop/lone", to, port);
            case "no" -> cluster.blocks("shop/lone", to, port);
            default -> cluster.leavesOpen("shop/lone", to, port);
        }
    }

    @Test
    @DisplayName("only flannel alone and no plugin at all do not enforce policies")
    void enforcement() {
        assertThat(Arrays.stream(CniProfile.values()).filter(profile -> !profile.enforcesPolicies()))
                .containsExactlyInAnyOrder(CniProfile.FLANNEL, CniProfile.NONE);
    }

    @Test
    @DisplayName(
            "AWS VPC CNI: an egress rule works through a ClusterIP only where the Service's port is the container's")
    void servicePorts() {
        TestCluster cluster = TestCluster.with(
                        pods("shop", "app=client"),
                        pods("shop", "app=server"),
                        service("shop/moved")
                                .selects("app=server")
                                .port(80, 8080)
                                .clusterIp("10.96.0.1"),
                        service("shop/same")
                                .selects("app=server")
                                .port(8080, 8080)
                                .clusterIp("10.96.0.2"),
                        service("shop/headless").selects("app=server").port(80, 8080),
                        policy("shop/p").selects("app=client").egress(tcp(8080)))
                .on("aws-vpc-cni");
        FlowguardAssertions.assertThat(cluster)
                .through("shop/moved", 80)
                .leavesOpen("shop/client", "shop/server", "8080")
                .because(PortOutcome.SERVICE_PORT_DIFFERS);
        FlowguardAssertions.assertThat(cluster).through("shop/same", 8080).allows("shop/client", "shop/server", "8080");
        FlowguardAssertions.assertThat(cluster)
                .through("shop/headless", 80)
                .allows("shop/client", "shop/server", "8080");
        FlowguardAssertions.assertThat(cluster.on("calico"))
                .through("shop/moved", 80)
                .allows("shop/client", "shop/server", "8080");
    }

    @DisplayName("a plugin is recognised by its node agents")
    @ParameterizedTest(name = "{0} means {1}")
    @CsvSource({
        "'',                        generic",
        "fluentd,                   generic",
        "calico-node,               calico",
        "cilium,                    cilium",
        "anetd,                     gke-dataplane-v2",
        "antrea-agent,              antrea",
        "ovnkube-node,              ovn-kubernetes",
        "kube-router,               kube-router",
        "kindnet,                   kindnet",
        "kube-network-policies,     kindnet",
        "aws-node,                  aws-vpc-cni",
        "azure-npm,                 azure-npm",
        "weave-net,                 weave",
        "kube-flannel-ds,           flannel",
        "kube-flannel-ds calico-node, calico",
        "aws-node calico-node,      calico",
        "aws-node cilium,           cilium",
        "kube-flannel-ds kube-router, kube-router",
    })
    void detection(String daemonSets, String profile) {
        assertThat(CniProfile.detect(List.of(daemonSets.split(" "))).configuredName())
                .isEqualTo(profile);
    }
}
