package dev.flowguard.verdict;

import static dev.flowguard.testing.FlowguardAssertions.assertThat;
import static dev.flowguard.testing.Given.block;
import static dev.flowguard.testing.Given.every;
import static dev.flowguard.testing.Given.from;
import static dev.flowguard.testing.Given.name;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.port;
import static dev.flowguard.testing.Given.service;
import static dev.flowguard.testing.Given.tcp;
import static dev.flowguard.testing.Given.to;
import static dev.flowguard.testing.Given.udp;

import dev.flowguard.cluster.object.NamedPort.Container;
import dev.flowguard.cluster.object.ServiceEntry.Exposure;
import dev.flowguard.net.Protocol;
import dev.flowguard.testing.PolicyPart;
import dev.flowguard.testing.PolicyPart.Term;
import dev.flowguard.testing.TestCluster;
import dev.flowguard.verdict.match.PeerOutcome;
import dev.flowguard.verdict.match.PortOutcome;
import dev.flowguard.verdict.trace.Doubt;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** SEMANTICS, "Ports". */
class PortsTest {
    private static final String CLIENT = "shop/client";
    private static final String SERVER = "shop/server";
    private static final List<String> TRAFFIC = List.of(
            "53/TCP", "53/UDP", "80/TCP", "80/UDP", "80/SCTP", "85/TCP", "90/TCP", "91/TCP", "8080/TCP", "9090/TCP");

    private final TestCluster cluster = TestCluster.with(
            pods("shop", "app=client"),
            pods("shop", "app=server")
                    .port("http", 8080)
                    .port("dns", 53, Protocol.UDP)
                    .port("sidecar", 9090, Protocol.TCP, Container.SIDECAR)
                    .port("init", 91, Protocol.TCP, Container.INIT));

    static Stream<Arguments> ports() {
        return Stream.of(
                row("Q1: no ports: every port of every protocol", List.of(), TRAFFIC.toArray(String[]::new)),
                row(
                        "Q2: an empty entry: every TCP port",
                        List.of(every(Protocol.TCP)),
                        "53/TCP",
                        "80/TCP",
                        "85/TCP",
                        "90/TCP",
                        "91/TCP",
                        "8080/TCP",
                        "9090/TCP"),
                row("Q3: a protocol alone: all its ports", List.of(every(Protocol.UDP)), "53/UDP", "80/UDP"),
                row("Q4, Q16: a number, which no container needs to declare", List.of(tcp(80)), "80/TCP"),
                row("Q6: endPort: both ends included", List.of(tcp(80, 90)), "80/TCP", "85/TCP", "90/TCP"),
                row("Q6: endPort equal to port", List.of(tcp(85, 85)), "85/TCP"),
                row("Q9: a name is resolved on the destination pod", List.of(tcp("http")), "8080/TCP"),
                row("Q10: a name of another protocol: no match", List.of(tcp("dns"))),
                row("Q10: the name with its protocol", List.of(port(name(Protocol.UDP, "dns"))), "53/UDP"),
                row("Q11: a name that the pod does not declare: no match", List.of(tcp("https"))),
                row("Q14: a sidecar's port counts", List.of(tcp("sidecar")), "9090/TCP"),
                row("Q14: a plain init container's port does not", List.of(tcp("init"))),
                row("Q17: SCTP is not TCP", List.of(every(Protocol.SCTP)), "80/SCTP"),
                row("two entries: one of them must match", List.of(tcp(80), udp(53)), "80/TCP", "53/UDP"));
    }

    private static Arguments row(String rule, List<Term> ports, String... matching) {
        return Arguments.of(rule, ports, List.of(matching));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ports")
    void onIngress(String rule, List<Term> ports, List<String> matching) {
        check(policy("shop/p").selects("app=server").ingress(ports.toArray(Term[]::new)), matching);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ports")
    void onEgress(String rule, List<Term> ports, List<String> matching) {
        check(policy("shop/p").selects("app=client").egress(ports.toArray(Term[]::new)), matching);
    }

    private void check(PolicyPart policy, List<String> matching) {
        for (String traffic : TRAFFIC) {
            if (matching.contains(traffic)) {
                assertThat(cluster.and(policy)).allows(CLIENT, SERVER, traffic);
            } else {
                assertThat(cluster.and(policy)).blocks(CLIENT, SERVER, traffic).by("shop/p");
            }
        }
    }

    @Test
    @DisplayName("Q8: a plugin without endPort opens only the first port")
    void withoutEndPort() {
        TestCluster ranged = cluster.and(policy("shop/p").selects("app=server").ingress(tcp(80, 90)));
        assertThat(ranged.on("azure-npm"))
                .allows(CLIENT, SERVER, "80")
                .blocks(CLIENT, SERVER, "81", "90")
                .onIngress()
                .by("shop/p");
        assertThat(ranged.on("generic")).allows(CLIENT, SERVER, "80", "81", "90");
    }

    @Test
    @DisplayName("Q9: in an egress rule too the name is the destination's, not the sender's")
    void egressName() {
        TestCluster both = TestCluster.with(
                pods("shop", "app=client").port("http", 1),
                pods("shop", "app=server").port("http", 8080),
                policy("shop/p").selects("app=client").egress(to("app=server"), tcp("http")));
        assertThat(both)
                .allows(CLIENT, SERVER, "8080")
                .blocks(CLIENT, SERVER, "1")
                .onEgress()
                .by("shop/p");
    }

    @Test
    @DisplayName("Q12: one name, another number on each pod")
    void numberOfEachPod() {
        TestCluster two = TestCluster.with(
                pods("shop", "app=client"),
                pods("shop", "app=old").port("http", 80),
                pods("shop", "app=new").port("http", 8080),
                policy("shop/p").ingress(tcp("http")));
        assertThat(two)
                .allows(CLIENT, "shop/old", "80")
                .allows(CLIENT, "shop/new", "8080")
                .blocks(CLIENT, "shop/old", "8080")
                .by("shop/p")
                .blocks(CLIENT, "shop/new", "80")
                .by("shop/p");
    }

    @Test
    @DisplayName("Q13: a name twice in one pod, with one protocol: which is meant is not known")
    void ambiguousName() {
        TestCluster twice = TestCluster.with(
                pods("shop", "app=client"),
                pods("shop", "app=server").port("http", 80).port("http", 8080),
                policy("shop/p").selects("app=server").ingress(tcp("http")));
        assertThat(twice)
                .leavesOpen(CLIENT, SERVER, "80", "8080")
                .because(PortOutcome.NAME_IS_AMBIGUOUS)
                .blocks(CLIENT, SERVER, "81")
                .by("shop/p");
        TestCluster same = TestCluster.with(
                pods("shop", "app=client"),
                pods("shop", "app=server").port("http", 80).port("http", 80),
                policy("shop/p").selects("app=server").ingress(tcp("http")));
        assertThat(same).allows(CLIENT, SERVER, "80");
    }

    @Test
    @DisplayName("Q13: a name twice in one pod, with two protocols: each is known by name and protocol")
    void nameOfTwoProtocols() {
        TestCluster dns = TestCluster.with(
                pods("shop", "app=client"),
                pods("shop", "app=server").port("dns", 53, Protocol.UDP).port("dns", 5353),
                policy("shop/p").selects("app=server").ingress(tcp("dns")));
        assertThat(dns)
                .allows(CLIENT, SERVER, "5353/TCP")
                .blocks(CLIENT, SERVER, "53/UDP", "53/TCP")
                .by("shop/p");
    }

    @Test
    @DisplayName("Q15: a name never matches an address, which has no pod to resolve it on")
    void nameOfAddress() {
        TestCluster named = cluster.and(
                policy("shop/out").selects("app=client").egress(block("203.0.113.0/24"), tcp("http")),
                policy("shop/any").selects("app=client").egress(tcp("http")));
        assertThat(named).blocks(CLIENT, "203.0.113.9", "8080", "80").onEgress().by("shop/out", "shop/any");
        assertThat(cluster.and(policy("shop/in").selects("app=server").ingress(block("203.0.113.0/24"), tcp("http"))))
                .allows("203.0.113.9", SERVER, "8080");
    }

    @Test
    @DisplayName(
            "Q15: in an egress rule a name beside an ipBlock that covers the pod: plugins differ, so it is not known")
    void nameBesideBlock() {
        TestCluster addressed = TestCluster.with(
                        pods("shop", "app=client").ip("10.0.0.1"),
                        pods("shop", "app=server").ip("10.0.0.2").port("http", 8080))
                .on("calico");
        PolicyPart byBlock = policy("shop/p").selects("app=client").egress(block("10.0.0.0/24"), tcp("http"));
        assertThat(addressed.and(byBlock))
                .leavesOpen(CLIENT, SERVER, "8080")
                .because(PortOutcome.NAME_BESIDE_BLOCK)
                .blocks(CLIENT, SERVER, "80");
        assertThat(addressed.and(policy("shop/p")
                        .selects("app=client")
                        .egress(block("10.0.0.0/24"), to("app=server"), tcp("http"))))
                .allows(CLIENT, SERVER, "8080");
        assertThat(addressed.and(
                        policy("shop/p").selects("app=client").egress(block("10.0.0.0/24"), tcp("http"), tcp(8080))))
                .allows(CLIENT, SERVER, "8080");
        assertThat(addressed.and(policy("shop/p").selects("app=server").ingress(block("10.0.0.0/24"), tcp("http"))))
                .allows(CLIENT, SERVER, "8080");
    }

    @Test
    @DisplayName("Q18: a protocol that policies cannot name is undetermined wherever they isolate")
    void otherProtocols() {
        assertThat(cluster).allows(CLIENT, SERVER, "ICMP");
        assertThat(cluster.and(policy("shop/p").selects("app=server").ingress()))
                .leavesOpen(CLIENT, SERVER, "ICMP")
                .because(PortOutcome.PROTOCOL_NOT_IN_API);
        assertThat(cluster.and(policy("shop/p").selects("app=server").ingress(from("app=nobody"))))
                .leavesOpen(CLIENT, SERVER, "ICMP")
                .because(Doubt.LeftOpen.Question.PROTOCOL_NOT_IN_API);
        assertThat(cluster.and(policy("shop/p").selects("app=server").isolatesIngress()))
                .leavesOpen(CLIENT, SERVER, "ICMP")
                .because(Doubt.LeftOpen.Question.PROTOCOL_NOT_IN_API);
    }

    @Test
    @DisplayName("Q20: from outside through a Service a node's address may stand in place of the sender's")
    void rewrittenSource() {
        TestCluster exposed = cluster.and(
                service("shop/server").selects("app=server").port(443, 8080).exposed(Exposure.SOURCE_REWRITTEN),
                service("shop/local").selects("app=server").port(443, 8080).exposed(Exposure.SOURCE_KEPT),
                policy("shop/p").selects("app=server").ingress(block("203.0.113.0/24"), tcp(8080)));
        assertThat(exposed)
                .through("shop/server", 443)
                .leavesOpen("203.0.113.9", SERVER, "8080")
                .because(PeerOutcome.SOURCE_MAY_BE_REWRITTEN);
        assertThat(exposed).through("shop/local", 443).allows("203.0.113.9", SERVER, "8080");
        assertThat(exposed)
                .through("shop/server", 443)
                .leavesOpen("198.51.100.1", SERVER, "8080")
                .because(Doubt.LeftOpen.Question.SOURCE_MAY_BE_NODE);
        assertThat(exposed.and(policy("shop/open").selects("app=server").ingress(tcp(8080))))
                .through("shop/server", 443)
                .allows("198.51.100.1", SERVER, "8080");
    }

    @Test
    @DisplayName("Q20: a block for every address holds the sender's and the node's, where the plugin matches nodes")
    void rewrittenSourceInBlockForEverybody() {
        TestCluster exposed = cluster.and(
                service("shop/server").selects("app=server").port(443, 8080).exposed(Exposure.SOURCE_REWRITTEN),
                policy("shop/p").selects("app=server").ingress(block("0.0.0.0/0")));
        assertThat(exposed.on("calico")).through("shop/server", 443).allows("203.0.113.9", SERVER, "8080");
        assertThat(exposed.on("generic")).through("shop/server", 443).leavesOpen("203.0.113.9", SERVER, "8080");
        assertThat(exposed.on("calico"))
                .through("shop/server", 443)
                .leavesOpen("2001:db8::1", SERVER, "8080")
                .because(Doubt.LeftOpen.Question.SOURCE_MAY_BE_NODE);
    }
}
