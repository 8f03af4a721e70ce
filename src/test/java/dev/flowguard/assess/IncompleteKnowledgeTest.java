package dev.flowguard.assess;

import static dev.flowguard.testing.FlowguardAssertions.assertThat;
import static dev.flowguard.testing.Given.contract;
import static dev.flowguard.testing.Given.create;
import static dev.flowguard.testing.Given.delete;
import static dev.flowguard.testing.Given.flow;
import static dev.flowguard.testing.Given.from;
import static dev.flowguard.testing.Given.number;
import static dev.flowguard.testing.Given.otherPolicy;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.tcp;
import static dev.flowguard.testing.Given.unknownField;
import static dev.flowguard.testing.Given.unknownPeer;
import static dev.flowguard.testing.Given.unknownPort;
import static dev.flowguard.testing.Given.update;

import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.net.Protocol;
import dev.flowguard.testing.PolicyPart;
import dev.flowguard.testing.TestCluster;
import dev.flowguard.verdict.match.PeerOutcome;
import dev.flowguard.verdict.match.PortOutcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Never reject on incomplete knowledge: DESIGN 8.11, 8.13 to 8.15 and the tiers of SEMANTICS. */
class IncompleteKnowledgeTest {
    private static final String CLIENT = "shop/client";
    private static final String SERVER = "shop/server";

    private final TestCluster shop = TestCluster.with(
            pods("shop", "app=client").ip("10.0.0.1"),
            pods("shop", "app=server").ip("10.0.0.2"),
            pods("shop", "app=other").ip("10.0.0.3"),
            contract(
                    "shop/c",
                    flow("f")
                            .from("shop", "app=client")
                            .to("shop", "app=server")
                            .on(number(Protocol.TCP, 80))));
    private final PolicyPart closed =
            policy("shop/closed").selects("app=server").isolatesIngress();

    @Test
    @DisplayName("8.13: a rule with an unknown field may match anything, and what no other rule allows depends on it")
    void unknownFieldOfRule() {
        TestCluster cluster = shop.and(policy("shop/p")
                .selects("app=server")
                .ingress(from("app=other"), unknownField("spec.ingress[0].future"))
                .ingress(from("app=other"), tcp(443)));
        assertThat(cluster)
                .leavesOpen(CLIENT, SERVER, "80")
                .becauseOfField("spec.ingress[0].future")
                .allows("shop/other", SERVER, "443")
                .allows(CLIENT, "shop/other", "80");
    }

    @Test
    @DisplayName("8.13: an unknown peer may be anybody, on the rule's ports; an unknown port any port, for its peers")
    void unknownPeersAndPorts() {
        assertThat(shop.and(policy("shop/p").selects("app=server").ingress(unknownPeer(), tcp(80))))
                .leavesOpen(CLIENT, SERVER, "80")
                .because(PeerOutcome.NOT_UNDERSTOOD)
                .blocks(CLIENT, SERVER, "81");
        assertThat(shop.and(policy("shop/p").selects("app=server").ingress(from("app=client"), unknownPort())))
                .leavesOpen(CLIENT, SERVER, "80")
                .because(PortOutcome.NOT_UNDERSTOOD)
                .blocks("shop/other", SERVER, "80");
    }

    @Test
    @DisplayName(
            "8.13: an unknown field of the spec: the policy may select, isolate and allow anything in its namespace")
    void unknownFieldOfSpec() {
        PolicyPart future = policy("shop/p").selects("app=other").withUnknownField("spec.future");
        assertThat(shop.and(future)).leavesOpen(CLIENT, SERVER, "80").becauseOfField("spec.future");
        assertThat(shop.and(future, policy("shop/open").ingress().egress())).allows(CLIENT, SERVER, "80");
        assertThat(shop.assess(create(future))).leavesOpen("f");
        assertThat(shop.and(closed).assess(create(future))).leavesOpen("f");
    }

    @Test
    @DisplayName(
            "8.14: a policy of another kind in the namespace, or for the whole cluster, leaves its pods undetermined")
    void otherKinds() {
        assertThat(shop.and(closed, otherPolicy("CiliumNetworkPolicy", "shop", "l7")))
                .leavesOpen(CLIENT, SERVER, "80")
                .becauseOfOtherPolicies("CiliumNetworkPolicy shop/l7");
        assertThat(shop.and(otherPolicy("AdminNetworkPolicy", "", "all")))
                .leavesOpen(CLIENT, SERVER, "80")
                .becauseOfOtherPolicies("AdminNetworkPolicy all");
        assertThat(shop.and(closed, otherPolicy("CiliumNetworkPolicy", "elsewhere", "l7")))
                .blocks(CLIENT, SERVER, "80");
        assertThat(shop.and(closed, otherPolicy("AdminNetworkPolicy", "", "all"))
                        .configured(ignoringOthers()))
                .blocks(CLIENT, SERVER, "80");
    }

    private static ClusterSettings ignoringOthers() {
        ClusterSettings usual = ClusterSettings.DEFAULT;
        return new ClusterSettings(usual.cni(), usual.detectCni(), usual.dnsService(), usual.resolvers(), false);
    }

    @Test
    @DisplayName("8.14: what NetworkPolicies alone would break is told as undetermined, and nothing else is")
    void wouldBreakButForOtherKinds() {
        TestCluster cluster = shop.and(otherPolicy("AdminNetworkPolicy", "", "all"));
        PolicyPart allowing = policy("shop/closed").selects("app=server").ingress(from("app=client"));
        assertThat(cluster.assess(create(closed))).leavesOpen("f");
        assertThat(cluster.assess(create(allowing))).changesNothing();
        assertThat(cluster.and(allowing).assess(update(allowing, closed))).leavesOpen("f");
        assertThat(cluster.and(closed).assess(delete(closed))).changesNothing();
        assertThat(cluster.and(closed).assess(create(policy("shop/more").isolatesIngress())))
                .changesNothing();
    }

    @Test
    @DisplayName("8.15: where the plugin enforces nothing, flows are unenforced, whatever policies say")
    void unenforced() {
        TestCluster flannel = shop.and(closed).on("flannel");
        assertThat(flannel.standing("f")).is(FlowState.UNENFORCED);
        assertThat(flannel.assess(delete(closed))).repairs("f");
    }

    @Test
    @DisplayName(
            "8.11: before is the request's old object, even where the snapshot has not seen it yet or has an older one")
    void beforeIsTheOldObject() {
        PolicyPart allowing = policy("shop/p").selects("app=server").ingress(from("app=client"));
        PolicyPart closing = policy("shop/p").selects("app=server").isolatesIngress();
        assertThat(shop.assess(delete(closing))).repairs("f");
        assertThat(shop.and(closing).assess(update(allowing, closing))).breaks("f");
        assertThat(shop.and(allowing).assess(update(closing, closing))).leavesBroken("f");
        assertThat(shop.and(closing).assess(create(allowing))).changesNothing();
    }

    @Test
    @DisplayName("step 7: policies that the API server has and the snapshot has not yet count once they are confirmed")
    void confirmed() {
        Assessor unconfirmed = new Assessor(shop.snapshot());
        Assessor confirmed = new Assessor(
                shop.snapshot(),
                Map.of(
                        "shop",
                        List.of(policy("shop/allow")
                                .selects("app=server")
                                .ingress(from("app=client"))
                                .policy())));
        assertThat(unconfirmed.assess(create(closed))).breaks("f");
        assertThat(confirmed.assess(create(closed))).changesNothing();
    }

    @Test
    @DisplayName("8.10: a flow is newly broken if any pair is, even if others were broken before")
    void anyPair() {
        TestCluster two = shop.and(
                pods("shop", "app=server,old=yes").of("Deployment", "old"),
                policy("shop/old").selects("old=yes").isolatesIngress());
        Assessment assessment =
                two.assess(create(policy("shop/p").selects("app=server").isolatesIngress()));
        assertThat(assessment).breaks("f");
        FlowAssessment flow = assessment.flows().get(0);
        org.assertj.core.api.Assertions.assertThat(flow.count(Effect.NEWLY_BROKEN))
                .isEqualTo(1);
        org.assertj.core.api.Assertions.assertThat(flow.count(Effect.STILL_BROKEN))
                .isEqualTo(1);
        org.assertj.core.api.Assertions.assertThat(assessment.namespacesOfNewlyBroken())
                .containsExactly("shop");
    }

    @Test
    @DisplayName("a pair with both ends at workloads that the change concerns is counted once")
    void bothEnds() {
        Assessment assessment =
                shop.assess(create(policy("shop/p").isolatesIngress().isolatesEgress()));
        org.assertj.core.api.Assertions.assertThat(assessment.flows())
                .singleElement()
                .satisfies(flow -> org.assertj.core.api.Assertions.assertThat(flow.counts())
                        .isEqualTo(Map.of(Effect.NEWLY_BROKEN, 1)));
    }

    @Test
    @DisplayName("a flow that must be blocked is broken by what opens it")
    void mustBeBlocked() {
        TestCluster guarded = shop.and(
                closed,
                contract(
                        "shop/c",
                        flow("private")
                                .from("shop", "app=client")
                                .to("shop", "app=server")
                                .mustBeBlocked()));
        assertThat(guarded.standing("private")).is(FlowState.SATISFIED);
        assertThat(guarded.assess(
                        create(policy("shop/leak").selects("app=server").ingress(tcp(80)))))
                .breaks("private");
        assertThat(guarded.assess(delete(closed))).breaks("private");
        assertThat(guarded.assess(
                        create(policy("shop/leak").selects("app=other").ingress())))
                .changesNothing();
    }
}
