package dev.flowguard.verdict;

import static dev.flowguard.testing.Given.from;
import static dev.flowguard.testing.Given.namespace;
import static dev.flowguard.testing.Given.namespaces;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.service;
import static dev.flowguard.testing.Given.tcp;
import static dev.flowguard.testing.Given.to;
import static dev.flowguard.testing.Given.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.assess.repair.Inquiry;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.testing.Part;
import dev.flowguard.testing.TestCluster;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.trace.NearMiss;
import dev.flowguard.verdict.trace.NearMiss.Reason;
import dev.flowguard.verdict.trace.Trace;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** shop/web wants to reach data/db on 5432/TCP, and data/db lets nobody in but by one more policy. */
class NearMissSearchTest {
    private static final TestCluster CLUSTER = TestCluster.with(
            namespace("shop", "team=shop"),
            namespace("data", "team=data"),
            pods("shop", "app=web,tier=front"),
            pods("data", "app=db"),
            service("data/db").selects("app=db").port(15432, 5432),
            policy("data/closed").isolatesIngress());

    @Test
    @DisplayName("right pod, wrong namespace: without namespaceSelector a peer is in the policy's own")
    void otherNamespace() {
        assertThat(misses(policy("data/db").ingress(from("app=web"), tcp(5432))))
                .containsExactly(miss(Reason.PEER_IN_OTHER_NAMESPACE, "data/db", "namespace data", "namespace shop"));
        assertThat(misses(policy("data/db").ingress(namespaces("team=edge", "app=web"), tcp(5432))))
                .containsExactly(
                        miss(Reason.PEER_IN_OTHER_NAMESPACE, "data/db", "namespaces with team=edge", "namespace shop"));
    }

    @Test
    @DisplayName("namespaces by a label that the namespace nearly has")
    void namespaceOneLabelOff() {
        assertThat(misses(policy("data/db").ingress(namespaces("team=shopp"), tcp(5432))))
                .containsExactly(miss(Reason.NAMESPACE_ONE_LABEL_OFF, "data/db", "team=shopp", "team=shop"));
        assertThat(misses(policy("data/db").ingress(namespaces("name=shop"), tcp(5432))))
                .containsExactly(miss(
                        Reason.NAMESPACE_ONE_LABEL_OFF, "data/db", "name=shop", "kubernetes.io/metadata.name=shop"));
    }

    @Test
    @DisplayName("selector one label off: a word nearly right, or one of several requirements")
    void oneLabelOff() {
        assertThat(misses(policy("data/db").ingress(namespaces("team=shop", "app=wep"), tcp(5432))))
                .containsExactly(miss(Reason.PEER_ONE_LABEL_OFF, "data/db", "app=wep", "app=web"));
        assertThat(misses(policy("data/db").ingress(namespaces("team=shop", "app=web,tier=rear"), tcp(5432))))
                .containsExactly(miss(Reason.PEER_ONE_LABEL_OFF, "data/db", "tier=rear", "tier=front"));
        assertThat(misses(policy("data/db").ingress(namespaces("team=shop", "name=web"), tcp(5432))))
                .containsExactly(miss(Reason.PEER_ONE_LABEL_OFF, "data/db", "name=web", "app=web"));
    }

    @Test
    @DisplayName("right port, wrong protocol")
    void otherProtocol() {
        assertThat(misses(policy("data/db").ingress(namespaces("team=shop"), udp(5432))))
                .containsExactly(miss(Reason.OTHER_PROTOCOL, "data/db", "5432/UDP", "5432/TCP"));
    }

    @Test
    @DisplayName("the port of the Service, which policies never see")
    void servicePort() {
        assertThat(misses(policy("data/db").ingress(namespaces("team=shop"), tcp(15432))))
                .containsExactly(miss(Reason.SERVICE_PORT, "data/db", "15432/TCP", "5432/TCP"));
    }

    @Test
    @DisplayName("rule in the other direction")
    void otherDirection() {
        assertThat(misses(policy("data/db").egress(namespaces("team=shop", "app=web"), tcp(5432))))
                .containsExactly(miss(Reason.OTHER_DIRECTION, "data/db", "egress", "ingress"));
    }

    @Test
    @DisplayName("rule that policyTypes leaves out")
    void notInPolicyTypes() {
        assertThat(misses(policy("data/db")
                        .idleIngress(namespaces("team=shop"), tcp(5432))
                        .isolatesEgress()
                        .egress(to("app=db"))))
                .containsExactly(miss(Reason.NOT_IN_POLICY_TYPES, "data/db", "ingress", "ingress"));
    }

    @Test
    @DisplayName("policy that selects by a misspelt label")
    void selectsOneLabelOff() {
        assertThat(misses(policy("data/db").selects("app=bd").ingress(namespaces("team=shop"), tcp(5432))))
                .containsExactly(miss(Reason.SELECTS_ONE_LABEL_OFF, "data/db", "app=bd", "app=db"));
    }

    @Test
    @DisplayName("policy that was put where the other end is")
    void inOtherNamespace() {
        assertThat(misses(policy("shop/db").selects("app=db").ingress(from("app=web"), tcp(5432))))
                .containsExactly(miss(Reason.POLICY_IN_OTHER_NAMESPACE, "shop/db", "shop", "data"));
    }

    @Test
    @DisplayName("what is for somebody or something else is no near miss")
    void nothingToSay() {
        assertThat(misses(
                        policy("data/other-pod").ingress(namespaces("team=shop", "app=backup"), tcp(5432)),
                        policy("data/other-port").ingress(namespaces("team=shop"), tcp(9187)),
                        policy("data/other-pods").selects("app=queue").ingress(namespaces("team=shop"), tcp(5432)),
                        policy("data/two-mistakes").ingress(from("app=web"), tcp(15432)),
                        policy("data/out").egress(tcp(5432)),
                        policy("shop/everything").ingress(from("app=web"), tcp(5432))))
                .isEmpty();
    }

    @Test
    @DisplayName("an open side needs no guesses")
    void openSide() {
        Inquiry inquiry = new Inquiry(CLUSTER.and(
                        policy("data/db").ingress(namespaces("team=shop")),
                        policy("data/almost").ingress(from("app=web")))
                .snapshot());
        Trace trace = trace(inquiry, CLUSTER);
        assertThat(trace.verdict().answer().isYes()).isTrue();
        assertThat(trace.sides())
                .allMatch(side -> inquiry.nearMisses(trace, side).isEmpty());
    }

    private static NearMiss miss(Reason reason, String policy, String written, String found) {
        String[] ref = policy.split("/", 2);
        dev.flowguard.policy.Direction section = reason == Reason.OTHER_DIRECTION
                ? dev.flowguard.policy.Direction.EGRESS
                : dev.flowguard.policy.Direction.INGRESS;
        return new NearMiss(
                reason,
                ObjectRef.of(new dev.flowguard.policy.PolicyRef(ref[0], ref[1])),
                section,
                0,
                "",
                written,
                found);
    }

    private static List<NearMiss> misses(Part... policies) {
        TestCluster cluster = CLUSTER.and(policies);
        Inquiry inquiry = new Inquiry(cluster.snapshot());
        Trace trace = trace(inquiry, cluster);
        return trace.sides().stream()
                .flatMap(side -> inquiry.nearMisses(trace, side).stream())
                .distinct()
                .toList();
    }

    private static Trace trace(Inquiry inquiry, TestCluster cluster) {
        return Stream.of(inquiry.straight(
                        new Endpoint.Pods(cluster.workload("shop/web")),
                        new Endpoint.Pods(cluster.workload("data/db")),
                        Protocol.TCP,
                        PortRange.of(5432)))
                .map(traces -> traces.get(0))
                .findFirst()
                .orElseThrow();
    }
}
