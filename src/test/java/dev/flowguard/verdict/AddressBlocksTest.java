package dev.flowguard.verdict;

import static dev.flowguard.testing.FlowguardAssertions.assertThat;
import static dev.flowguard.testing.Given.block;
import static dev.flowguard.testing.Given.from;
import static dev.flowguard.testing.Given.node;
import static dev.flowguard.testing.Given.nodeWithPods;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.service;
import static dev.flowguard.testing.Given.tcp;
import static dev.flowguard.testing.Given.to;

import dev.flowguard.testing.PolicyPart;
import dev.flowguard.testing.TestCluster;
import dev.flowguard.verdict.match.PeerOutcome;
import dev.flowguard.verdict.match.PortOutcome;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SEMANTICS, "Address blocks". What plugins do differently is in {@link CniTableTest}. */
class AddressBlocksTest {
    private static final String CLIENT = "shop/client";
    private static final String SERVER = "shop/server";

    private final TestCluster cluster = TestCluster.with(
            pods("shop", "app=client").ip("10.0.0.1", "fd00::1"),
            pods("shop", "app=server").ip("10.0.0.8", "fd00::8").ip("10.0.0.9", "fd00::9"));

    private static PolicyPart reaching(PolicyPart.Term... blocks) {
        return policy("shop/p").selects("app=client").egress(blocks);
    }

    @DisplayName("B1, B2, B8, B11: which outside addresses a block holds")
    @ParameterizedTest(name = "{0} except {1}: {2} is reached: {3}")
    @CsvSource({
        "203.0.113.0/24,  203.0.113.64/26,  203.0.113.1,    true",
        "203.0.113.0/24,  203.0.113.64/26,  203.0.113.63,   true",
        "203.0.113.0/24,  203.0.113.64/26,  203.0.113.64,   false",
        "203.0.113.0/24,  203.0.113.64/26,  203.0.113.127,  false",
        "203.0.113.0/24,  203.0.113.64/26,  203.0.113.128,  true",
        "203.0.113.0/24,  203.0.113.64/26,  203.0.114.0,    false",
        "8.8.8.1/24,      8.8.8.255/32,     8.8.8.0,        true",
        "8.8.8.1/24,      8.8.8.255/32,     8.8.8.255,      false",
        "169.254.0.0/16,  169.254.169.254/32, 169.254.20.10,   true",
        "169.254.0.0/16,  169.254.169.254/32, 169.254.169.254, false",
        "2001:db8::/32,   2001:db8:1::/48,  2001:db8::1,    true",
        "2001:db8::/32,   2001:db8:1::/48,  2001:db8:1::1,  false",
        "2001:db8::/32,   2001:db8:1::/48,  8.8.8.8,        false",
    })
    void outside(String cidr, String except, String address, boolean reached) {
        TestCluster isolated = cluster.and(reaching(block(cidr, except)));
        if (reached) {
            assertThat(isolated).allows(CLIENT, address, "443");
        } else {
            assertThat(isolated).blocks(CLIENT, address, "443").onEgress().by("shop/p");
        }
    }

    @Test
    @DisplayName("B2: an exception takes away from its own entry, not from another entry, rule or policy")
    void exceptionsAreLocal() {
        PolicyPart.Term carved = block("203.0.113.0/24", "203.0.113.64/26");
        assertThat(cluster.and(reaching(carved, block("203.0.113.64/32")))).allows(CLIENT, "203.0.113.64", "443");
        assertThat(cluster.and(reaching(carved).egress(block("203.0.113.64/32"))))
                .allows(CLIENT, "203.0.113.64", "443");
        assertThat(cluster.and(
                        reaching(carved), policy("shop/q").selects("app=client").egress(block("203.0.113.64/32"))))
                .allows(CLIENT, "203.0.113.64", "443");
    }

    @Test
    @DisplayName("B4: whether a block matches pods is left to the plugin")
    void blockOverPods() {
        TestCluster isolated = cluster.and(reaching(block("10.0.0.0/24")));
        assertThat(isolated.on("generic")).leavesOpen(CLIENT, SERVER, "80").because(PeerOutcome.BLOCK_COVERS_PODS);
        assertThat(isolated.on("calico")).allows(CLIENT, SERVER, "80");
        assertThat(isolated.on("cilium"))
                .blocks(CLIENT, SERVER, "80")
                .onEgress()
                .by("shop/p");
        assertThat(cluster.and(reaching(block("10.0.1.0/24"))).on("generic"))
                .blocks(CLIENT, SERVER, "80")
                .by("shop/p");
        assertThat(cluster.and(reaching(block("10.0.0.0/24", "10.0.0.8/31"))).on("calico"))
                .blocks(CLIENT, SERVER, "80")
                .by("shop/p");
    }

    @Test
    @DisplayName("B4: a block that holds some pods of a workload leaves it open, with every plugin that matches pods")
    void blockOverSomePods() {
        TestCluster isolated = cluster.and(reaching(block("10.0.0.8/32")));
        assertThat(isolated.on("calico")).leavesOpen(CLIENT, SERVER, "80").because(PeerOutcome.BLOCK_COVERS_SOME_PODS);
        assertThat(isolated.on("cilium")).blocks(CLIENT, SERVER, "80").by("shop/p");
        assertThat(cluster.and(reaching(block("10.0.0.0/24", "10.0.0.8/32"))).on("calico"))
                .leavesOpen(CLIENT, SERVER, "80")
                .because(PeerOutcome.BLOCK_COVERS_SOME_PODS);
    }

    @Test
    @DisplayName("B5: whether a block matches nodes is left to the plugin")
    void blockOverNodes() {
        TestCluster isolated = cluster.and(
                node("worker", "192.168.0.1"), node("other", "192.168.0.3"), reaching(block("192.168.0.0/24")));
        assertThat(isolated.on("generic"))
                .leavesOpen(CLIENT, "192.168.0.1", "6443")
                .because(PeerOutcome.BLOCK_COVERS_NODE);
        assertThat(isolated.on("calico")).allows(CLIENT, "192.168.0.1", "6443");
        assertThat(isolated.on("cilium"))
                .blocks(CLIENT, "192.168.0.1", "6443")
                .onEgress()
                .by("shop/p");
        assertThat(isolated.on("cilium")).allows(CLIENT, "192.168.0.2", "6443");
    }

    @Test
    @DisplayName("B6: whether a block matches a ClusterIP, before translation, is left to the plugin")
    void blockOverClusterIps() {
        TestCluster isolated = cluster.and(
                service("shop/server").selects("app=server").port(80, 8080).clusterIp("10.96.0.1"),
                reaching(block("10.96.0.0/16")));
        assertThat(isolated.on("generic"))
                .through("shop/server", 80)
                .leavesOpen(CLIENT, SERVER, "8080")
                .because(PeerOutcome.BLOCK_COVERS_CLUSTER_IP);
        assertThat(isolated.on("calico"))
                .through("shop/server", 80)
                .blocks(CLIENT, SERVER, "8080")
                .onEgress()
                .by("shop/p");
        assertThat(isolated.on("generic")).blocks(CLIENT, SERVER, "8080");
        assertThat(isolated.and(policy("shop/p").selects("app=client").egress(to("app=server")))
                        .on("generic"))
                .through("shop/server", 80)
                .allows(CLIENT, SERVER, "8080");
    }

    @Test
    @DisplayName("B6: a plugin that sees the ClusterIP sees the Service's port as well")
    void portBesideClusterIp() {
        TestCluster isolated = cluster.and(
                service("shop/server").selects("app=server").port(80, 8080).clusterIp("10.96.0.1"),
                policy("shop/p").selects("app=client").egress(block("10.96.0.1/32"), tcp(80)));
        for (String plugin : List.of("generic", "kube-router")) {
            assertThat(isolated.on(plugin))
                    .through("shop/server", 80)
                    .leavesOpen(CLIENT, SERVER, "8080")
                    .because(PortOutcome.PORT_OF_CLUSTER_IP);
        }
        assertThat(isolated.on("calico")).through("shop/server", 80).blocks(CLIENT, SERVER, "8080");
        TestCluster other = isolated.and(policy("shop/p").selects("app=client").egress(block("10.96.0.2/32"), tcp(80)));
        assertThat(other.on("generic")).through("shop/server", 80).blocks(CLIENT, SERVER, "8080");
    }

    @Test
    @DisplayName("B7: 0.0.0.0/0 is all of IPv4 and nothing of IPv6, ::/0 the reverse; pods where B4 says so")
    void wholeFamily() {
        TestCluster four = cluster.and(reaching(block("0.0.0.0/0"))).on("calico");
        assertThat(four)
                .allows(CLIENT, "8.8.8.8", "443")
                .allows(CLIENT, SERVER, "80")
                .blocks(CLIENT, "2001:db8::1", "443")
                .by("shop/p");
        assertThat(four).overIpv6().blocks(CLIENT, SERVER, "80").by("shop/p");
        TestCluster six = cluster.and(reaching(block("::/0"))).on("calico");
        assertThat(six)
                .allows(CLIENT, "2001:db8::1", "443")
                .blocks(CLIENT, "8.8.8.8", "443")
                .by("shop/p");
        assertThat(six).overIpv6().allows(CLIENT, SERVER, "80");
        assertThat(six).blocks(CLIENT, SERVER, "80").by("shop/p");
        assertThat(four.on("generic")).leavesOpen(CLIENT, SERVER, "80").because(PeerOutcome.BLOCK_COVERS_PODS);
    }

    @Test
    @DisplayName("B7: 0.0.0.0/0 also covers a pod that has no address yet")
    void wholeFamilyWithoutAddress() {
        TestCluster pending = cluster.and(pods("shop", "app=later").ip(), reaching(block("0.0.0.0/0")));
        assertThat(pending.on("calico")).allows(CLIENT, "shop/later", "80");
        assertThat(pending.and(reaching(block("0.0.0.0/0", "10.0.0.0/24"))).on("calico"))
                .leavesOpen(CLIENT, "shop/later", "80")
                .because(PeerOutcome.POD_ADDRESS_NOT_KNOWN);
    }

    @Test
    @DisplayName("B4: a block that holds the ranges of all nodes' pods covers a pod that has no address yet, as far as"
            + " blocks match pods")
    void podRanges() {
        TestCluster pending = cluster.and(
                nodeWithPods("a", "192.168.0.1", "10.244.0.0/24"),
                nodeWithPods("b", "192.168.0.2", "10.244.1.0/24"),
                pods("shop", "app=later").ip());
        assertThat(pending.and(reaching(block("10.244.0.0/16"))).on("calico")).allows(CLIENT, "shop/later", "80");
        assertThat(pending.and(reaching(block("10.244.0.0/16"))).on("cilium"))
                .blocks(CLIENT, "shop/later", "80")
                .by("shop/p");
        assertThat(pending.and(reaching(block("10.244.0.0/16"))).on("generic"))
                .leavesOpen(CLIENT, "shop/later", "80")
                .because(PeerOutcome.BLOCK_COVERS_PODS);
        for (PolicyPart some :
                List.of(reaching(block("10.244.0.0/24")), reaching(block("10.244.0.0/16", "10.244.1.128/25")))) {
            assertThat(pending.and(some).on("calico"))
                    .leavesOpen(CLIENT, "shop/later", "80")
                    .because(PeerOutcome.POD_ADDRESS_NOT_KNOWN);
        }
    }

    @Test
    @DisplayName("B9: a dual-stack flow is allowed for each family by itself")
    void eachFamily() {
        TestCluster isolated = cluster.and(
                        policy("shop/p").selects("app=server").ingress(block("10.0.0.1/32")))
                .on("calico");
        assertThat(isolated).allows(CLIENT, SERVER, "80");
        assertThat(isolated).overIpv6().blocks(CLIENT, SERVER, "80").onIngress().by("shop/p");
        assertThat(isolated.and(policy("shop/q").selects("app=server").ingress(from("app=client"))))
                .overIpv6()
                .allows(CLIENT, SERVER, "80");
    }
}
