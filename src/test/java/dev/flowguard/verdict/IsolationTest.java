package dev.flowguard.verdict;

import static dev.flowguard.testing.FlowguardAssertions.assertThat;
import static dev.flowguard.testing.Given.create;
import static dev.flowguard.testing.Given.delete;
import static dev.flowguard.testing.Given.flow;
import static dev.flowguard.testing.Given.from;
import static dev.flowguard.testing.Given.namespace;
import static dev.flowguard.testing.Given.namespaces;
import static dev.flowguard.testing.Given.number;
import static dev.flowguard.testing.Given.pod;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.tcp;
import static dev.flowguard.testing.Given.to;
import static dev.flowguard.testing.Given.update;

import dev.flowguard.assess.Assessment;
import dev.flowguard.assess.Finding;
import dev.flowguard.net.Protocol;
import dev.flowguard.testing.Given;
import dev.flowguard.testing.PolicyPart;
import dev.flowguard.testing.TestCluster;
import dev.flowguard.verdict.trace.Doubt;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** SEMANTICS, "Isolation, defaults, union". */
class IsolationTest {
    private static final String OUTSIDE = "203.0.113.9";

    private final TestCluster shop = TestCluster.with(
            namespace("shop", "team=shop"),
            namespace("other", "team=other"),
            pods("shop", "app=checkout").ip("10.0.0.1"),
            pods("shop", "app=orders").ip("10.0.0.2"),
            pods("other", "app=orders").ip("10.0.1.2"));

    @Test
    @DisplayName("I1: no policy selects the pods: all is allowed, in both directions and with the outside")
    void notIsolated() {
        assertThat(shop.and(policy("shop/elsewhere")
                        .selects("app=db")
                        .isolatesIngress()
                        .isolatesEgress()))
                .allows("shop/checkout", "shop/orders", "80/TCP", "53/UDP", "9/SCTP", "ICMP", "1-65535/TCP")
                .allows("shop/checkout", OUTSIDE, "443/TCP")
                .allows(OUTSIDE, "shop/orders", "443/TCP");
    }

    @Test
    @DisplayName("I2, I3: a policy of type Ingress leaves egress open")
    void ingressOnly() {
        assertThat(shop.and(policy("shop/p").selects("app=orders").isolatesIngress()))
                .allows("shop/orders", "shop/checkout", "80")
                .blocks("shop/checkout", "shop/orders", "80")
                .onIngress()
                .by("shop/p");
    }

    @Test
    @DisplayName("I4: types Ingress and Egress, no ingress rule, egress [{}]: ingress is denied, egress open")
    void openEgress() {
        assertThat(shop.and(
                        policy("shop/p").selects("app=orders").isolatesIngress().egress()))
                .allows("shop/orders", "shop/checkout", "80", "53/UDP")
                .allows("shop/orders", OUTSIDE, "80")
                .blocks("shop/checkout", "shop/orders", "80")
                .onIngress()
                .by("shop/p");
    }

    @Test
    @DisplayName("I5: type Egress alone: an ingress section has no effect and does not isolate")
    void idleSection() {
        assertThat(shop.and(policy("shop/p")
                        .selects("app=orders")
                        .isolatesEgress()
                        .idleIngress(from("app=nobody"), tcp(1))))
                .allows("shop/checkout", "shop/orders", "80")
                .blocks("shop/orders", "shop/checkout", "80")
                .onEgress()
                .by("shop/p");
    }

    @Test
    @DisplayName("I7: isolated and no rule: nobody gets in, from inside or outside")
    void denyAll() {
        assertThat(shop.and(policy("shop/deny").isolatesIngress()))
                .blocks("shop/checkout", "shop/orders", "80", "53/UDP", "9/SCTP")
                .onIngress()
                .by("shop/deny")
                .blocks("other/orders", "shop/orders", "80")
                .onIngress()
                .by("shop/deny")
                .blocks(OUTSIDE, "shop/orders", "80")
                .onIngress()
                .by("shop/deny");
    }

    @Test
    @DisplayName("I8, I9: a rule without peers is for anybody, inside or outside the cluster")
    void anybody() {
        assertThat(shop.and(policy("shop/in").ingress(), policy("shop/out").egress(tcp(443))))
                .allows("other/orders", "shop/orders", "80/TCP", "53/UDP")
                .allows(OUTSIDE, "shop/orders", "80")
                .allows("shop/orders", OUTSIDE, "443")
                .allows("shop/orders", "other/orders", "443")
                .blocks("shop/orders", OUTSIDE, "80")
                .onEgress()
                .by("shop/out");
    }

    @Test
    @DisplayName("I11: two policies that select a pod are a union of what they allow")
    void union() {
        assertThat(shop.and(
                        policy("shop/a").selects("app=orders").ingress(from("app=checkout"), tcp(80)),
                        policy("shop/b").selects("app=orders").ingress(namespaces("team=other"), tcp(90))))
                .allows("shop/checkout", "shop/orders", "80")
                .allows("other/orders", "shop/orders", "90")
                .blocks("shop/checkout", "shop/orders", "90")
                .onIngress()
                .by("shop/a", "shop/b");
    }

    @Test
    @DisplayName("I12: deny-all and allow-X: X is allowed")
    void denyAllAllowOne() {
        assertThat(shop.and(
                        policy("shop/deny").isolatesIngress().isolatesEgress(),
                        policy("shop/allow").selects("app=orders").ingress(from("app=checkout")),
                        policy("shop/out").selects("app=checkout").egress(to("app=orders"))))
                .allows("shop/checkout", "shop/orders", "80");
    }

    @Test
    @DisplayName(
            "I13: egress isolates the client, ingress the server; both must allow, and each side that blocks is named")
    void bothSides() {
        PolicyPart client = policy("shop/client").selects("app=checkout").isolatesEgress();
        PolicyPart server = policy("shop/server").selects("app=orders").isolatesIngress();
        assertThat(shop.and(client, server))
                .blocks("shop/checkout", "shop/orders", "80")
                .onBothSides()
                .by("shop/client", "shop/server");
        assertThat(shop.and(client, policy("shop/server").selects("app=orders").ingress(from("app=checkout"))))
                .blocks("shop/checkout", "shop/orders", "80")
                .onEgress()
                .by("shop/client");
        assertThat(shop.and(policy("shop/client").selects("app=checkout").egress(to("app=orders")), server))
                .blocks("shop/checkout", "shop/orders", "80")
                .onIngress()
                .by("shop/server");
    }

    @Test
    @DisplayName("I14: replies need no rule")
    void replies() {
        assertThat(shop.and(
                        policy("shop/server").selects("app=orders").isolatesEgress(),
                        policy("shop/client").selects("app=checkout").isolatesIngress()))
                .allows("shop/checkout", "shop/orders", "80")
                .blocks("shop/orders", "shop/checkout", "80")
                .onBothSides()
                .by("shop/client", "shop/server");
    }

    @Test
    @DisplayName("I15: a pod cannot be cut off from itself; two pods of one workload can")
    void itself() {
        TestCluster closed = shop.and(
                pod("shop/lone", "app=lone").ip("10.0.0.9"),
                policy("shop/deny").isolatesIngress().isolatesEgress());
        assertThat(closed)
                .allows("shop/lone", "shop/lone", "80", "53/UDP", "ICMP")
                .blocks("shop/orders", "shop/orders", "80")
                .onBothSides()
                .by("shop/deny", "shop/deny");
    }

    @Test
    @DisplayName("I16: a node may be the pod's own, which is never kept out")
    void ownNode() {
        TestCluster closed = shop.and(
                Given.node("worker", "192.168.0.1"),
                policy("shop/deny").isolatesIngress().ingress(from("app=checkout")));
        assertThat(closed)
                .leavesOpen("192.168.0.1", "shop/orders", "80")
                .because(Doubt.LeftOpen.Question.NODE_TRAFFIC)
                .blocks(OUTSIDE, "shop/orders", "80")
                .onIngress()
                .by("shop/deny");
        assertThat(closed.and(policy("shop/probes").ingress(tcp(80)))).allows("192.168.0.1", "shop/orders", "80");
    }

    @Test
    @DisplayName("I16: where there is one node, every pod reaches its address; where there are more, most pods are on"
            + " another")
    void ownNodeAsDestination() {
        TestCluster single = shop.and(
                Given.node("worker", "192.168.0.1"), policy("shop/deny").isolatesEgress());
        assertThat(single)
                .leavesOpen("shop/orders", "192.168.0.1", "6443")
                .because(Doubt.LeftOpen.Question.NODE_TRAFFIC);
        assertThat(single.and(Given.node("other", "192.168.0.2")))
                .blocks("shop/orders", "192.168.0.1", "6443")
                .onEgress()
                .by("shop/deny");
    }

    @Test
    @DisplayName("I17, I18, I19: an empty pod selector selects every pod of the namespace")
    void everyPod() {
        assertThat(shop.and(policy("shop/deny").selects("").isolatesIngress()))
                .blocks("shop/checkout", "shop/orders", "80")
                .onIngress()
                .by("shop/deny")
                .blocks("shop/orders", "shop/checkout", "80")
                .onIngress()
                .by("shop/deny");
    }

    @Test
    @DisplayName("I20: a policy never selects pods of another namespace")
    void ownNamespaceOnly() {
        assertThat(shop.and(policy("shop/deny").selects("app=orders").isolatesIngress()))
                .allows("shop/checkout", "other/orders", "80")
                .blocks("shop/checkout", "shop/orders", "80")
                .onIngress()
                .by("shop/deny");
    }

    @Test
    @DisplayName("I21: a policy for pods that do not exist changes nothing, and a finding says so")
    void danglingPolicy() {
        TestCluster declared = shop.and(contract());
        Assessment assessment =
                declared.assess(create(policy("shop/typo").selects("app=order").isolatesIngress()));
        assertThat(assessment).changesNothing();
        Assertions.assertThat(assessment.findings()).extracting(Finding::id).containsExactly("selects-nothing");
    }

    @Test
    @DisplayName("I22: a change of the policy, of the namespace's labels or of the pod's labels changes the verdict")
    void recalculated() {
        PolicyPart wide = policy("shop/p").selects("app=orders").ingress(namespaces("team=other"));
        PolicyPart narrow = policy("shop/p").selects("app=orders").ingress(namespaces("team=third"));
        TestCluster cluster = shop.and(wide);
        assertThat(cluster).allows("other/orders", "shop/orders", "80");
        assertThat(cluster.and(narrow)).blocks("other/orders", "shop/orders", "80");
        assertThat(cluster.and(namespace("other", "team=third")))
                .blocks("other/orders", "shop/orders", "80")
                .onIngress()
                .by("shop/p");
        assertThat(cluster.and(
                        pods("shop", "app=archive").of("Deployment", "orders").ip("10.0.0.2")))
                .allows("shop/checkout", "shop/orders", "80");
    }

    @Test
    @DisplayName("I22: creating, changing and deleting a policy is judged by what it does to declared flows")
    void changes() {
        TestCluster declared = shop.and(contract());
        PolicyPart deny = policy("shop/p").selects("app=orders").isolatesIngress();
        PolicyPart allow = policy("shop/p").selects("app=orders").ingress(from("app=checkout"), tcp(80));
        assertThat(declared.assess(create(deny))).breaks("checkout-calls-orders");
        assertThat(declared.assess(create(allow))).changesNothing();
        assertThat(declared.and(allow).assess(update(allow, deny))).breaks("checkout-calls-orders");
        assertThat(declared.and(deny).assess(update(deny, allow))).repairs("checkout-calls-orders");
        assertThat(declared.and(deny).assess(delete(deny))).repairs("checkout-calls-orders");
        assertThat(declared.and(allow).assess(delete(allow))).changesNothing();
        assertThat(declared.and(policy("shop/deny").isolatesIngress(), allow).assess(delete(allow)))
                .breaks("checkout-calls-orders");
        assertThat(declared.and(policy("shop/deny").isolatesIngress()).assess(create(deny)))
                .leavesBroken("checkout-calls-orders");
    }

    private static dev.flowguard.testing.Part contract() {
        return Given.contract(
                "shop/orders",
                flow("checkout-calls-orders")
                        .from("shop", "app=checkout")
                        .to("shop", "app=orders")
                        .on(number(Protocol.TCP, 80)));
    }
}
