package dev.flowguard.audit;

import static dev.flowguard.testing.Given.contract;
import static dev.flowguard.testing.Given.flow;
import static dev.flowguard.testing.Given.namespace;
import static dev.flowguard.testing.Given.number;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.audit.status.ContractStatus;
import dev.flowguard.audit.status.FlowStatus;
import dev.flowguard.audit.status.SeenContract;
import dev.flowguard.audit.status.StatusCondition;
import dev.flowguard.audit.status.StatusJson;
import dev.flowguard.audit.status.StatusJudgement;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.Contract;
import dev.flowguard.contract.ContractProblem;
import dev.flowguard.contract.ContractSource;
import dev.flowguard.contract.Enforcement;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Direction;
import dev.flowguard.testing.FlowPart;
import dev.flowguard.testing.TestCluster;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The status of a contract")
class StatusJudgementTest {
    private static final ObjectRef ORDERS = new ObjectRef("FlowContract", "shop", "orders");
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00.123Z");
    private static final Instant LATER = NOON.plusSeconds(60);
    private static final TestCluster SHOP =
            TestCluster.with(namespace("shop", ""), pods("shop", "app=checkout"), pods("shop", "app=orders"));

    @Test
    @DisplayName("says that all is well, in whole seconds")
    void satisfied() {
        ContractStatus status = judge(SHOP.and(contract("shop/orders", calls("a", "orders"))), NOON, seen(3));
        assertThat(status.observedGeneration()).isEqualTo(3);
        assertThat(status.conditions())
                .containsExactly(
                        condition("Ready", "True", 3, "AllSatisfied", "1 of 1 flow satisfied"),
                        condition("Stalled", "False", 3, "NothingBroken", "No flow is known to be broken"));
        assertThat(status.flow("a").orElseThrow().since()).isEqualTo(Instant.parse("2026-01-02T12:00:00Z"));
    }

    @Test
    @DisplayName("names policies of other kinds by kind and, where one denies, by rule")
    void brokenByOtherKinds() {
        Snapshot cluster = OfOtherKinds.blocking();
        Audit.Judged judged = Audits.of(cluster).contracts().get(0);
        ContractStatus status =
                new StatusJudgement(cluster).judge(judged.contract(), judged.standings(), seen(1), NOON);
        assertThat(status.flow("a").orElseThrow().blockedBy())
                .containsExactly(
                        new FlowStatus.Blocker(
                                new ObjectRef("CiliumNetworkPolicy.cilium.io", "shop", "quiet"), "", Direction.EGRESS),
                        new FlowStatus.Blocker(
                                new ObjectRef("ClusterNetworkPolicy.policy.networking.k8s.io", "", "guard"),
                                "ingress[0] \"nobody\"",
                                Direction.INGRESS));
        assertThat(status.flow("a").orElseThrow().message())
                .contains("CiliumNetworkPolicy shop/quiet")
                .contains("ClusterNetworkPolicy guard");
        assertThat(StatusJson.read(StatusJson.write(status))).isEqualTo(status);
        assertThat(StatusJson.write(status).at("/flows/0/blockedBy/1/kind").asText())
                .isEqualTo("ClusterNetworkPolicy.policy.networking.k8s.io");
    }

    @Test
    @DisplayName("says of a broken flow what blocks it, so that somebody can act")
    void broken() {
        ContractStatus status = judge(
                SHOP.and(
                        contract("shop/orders", calls("a", "orders"), calls("b", "checkout")),
                        policy("shop/deny").selects("app=orders").isolatesIngress()),
                NOON,
                seen(1));
        String message = "1 of 2 flows satisfied, 1 broken."
                + " a: checkout -> orders:8080/TCP: blocked on ingress by NetworkPolicy shop/deny."
                + " Correct the policies, or the contract if it asks for too much";
        assertThat(status.conditions())
                .containsExactly(
                        condition("Ready", "False", 1, "FlowsBroken", message),
                        condition("Stalled", "True", 1, "FlowsBroken", message));
    }

    @Test
    @DisplayName("says of a flow that must stay blocked that it is not")
    void open() {
        ContractStatus status =
                judge(SHOP.and(contract("shop/orders", calls("a", "orders").mustBeBlocked())), NOON, seen(1));
        FlowStatus flow = status.flows().get(0);
        assertThat(flow.isBroken()).isTrue();
        assertThat(flow.message()).isEqualTo("must stay blocked, and is not: checkout -> orders:8080/TCP: allowed");
        assertThat(flow.blockedBy()).isEmpty();
    }

    @Test
    @DisplayName("is ready where flows match nothing or nobody enforces policies, and says so")
    void notBroken() {
        ContractStatus unbound = judge(SHOP.and(contract("shop/orders", calls("a", "nobody"))), NOON, seen(1));
        assertThat(unbound.conditions().get(0))
                .isEqualTo(condition(
                        "Ready",
                        "True",
                        1,
                        "SomeUnbound",
                        "0 of 1 flow satisfied, 1 unbound. a: to: nothing matches app=nobody in namespace shop"));

        ContractStatus unenforced =
                judge(SHOP.and(contract("shop/orders", calls("a", "orders"))).on("flannel"), NOON, seen(1));
        assertThat(unenforced.conditions().get(0))
                .isEqualTo(condition(
                        "Ready",
                        "True",
                        1,
                        "NotEnforced",
                        "0 of 1 flow satisfied, 1 unenforced."
                                + " a: the network plugin flannel does not enforce NetworkPolicies"));
    }

    @Test
    @DisplayName("keeps its times while nothing changes, and takes new ones where something does")
    void times() {
        TestCluster fine = SHOP.and(contract("shop/orders", calls("a", "orders"), calls("b", "checkout")));
        ContractStatus first = judge(fine, NOON, seen(1));
        ContractStatus again = judge(fine, LATER, with(first));
        assertThat(again).isEqualTo(first);

        ContractStatus broken =
                judge(fine.and(policy("shop/deny").selects("app=orders").isolatesIngress()), LATER, with(first));
        assertThat(broken.flow("a").orElseThrow().since()).isEqualTo(Instant.parse("2026-01-02T12:01:00Z"));
        assertThat(broken.flow("b").orElseThrow().since()).isEqualTo(Instant.parse("2026-01-02T12:00:00Z"));
        assertThat(broken.condition("Ready").orElseThrow().since()).isEqualTo(Instant.parse("2026-01-02T12:01:00Z"));
    }

    @Test
    @DisplayName("is the same after it has been written and read")
    void roundTrip() {
        ContractStatus status = judge(
                SHOP.and(
                        contract("shop/orders", calls("a", "orders"), calls("b", "nobody")),
                        policy("shop/deny").selects("app=orders").isolatesIngress()),
                NOON,
                seen(7));
        assertThat(StatusJson.read(StatusJson.write(status))).isEqualTo(status);
    }

    @Test
    @DisplayName("stays within its schema, and counts what it leaves out")
    void bounded() {
        Contract mistaken = new Contract(
                ContractSource.resource(ORDERS),
                Enforcement.DENY,
                List.of(),
                IntStream.range(0, 30)
                        .mapToObj(i -> new ContractProblem("spec.flows[" + i + "]", "is wrong".repeat(1_000)))
                        .toList());
        ContractStatus status = new StatusJudgement(SHOP.snapshot()).judge(mistaken, List.of(), seen(1), NOON);
        assertThat(status.problems())
                .hasSize(20)
                .allSatisfy(problem -> assertThat(problem.message()).hasSizeLessThanOrEqualTo(1_024));
        assertThat(status.problemCount()).isEqualTo(30);
        assertThat(status.condition("Ready").orElseThrow().reason()).isEqualTo("InvalidFlows");
        assertThat(status.condition("Stalled").orElseThrow().status()).isEqualTo("True");

        TestCluster manyPolicies = SHOP.and(contract("shop/orders", calls("a", "orders")));
        for (int i = 0; i < 12; i++) {
            manyPolicies = manyPolicies.and(
                    policy("shop/deny-" + i).selects("app=orders").isolatesIngress());
        }
        FlowStatus flow = judge(manyPolicies, NOON, seen(1)).flows().get(0);
        assertThat(flow.blockedBy()).hasSize(10);
        assertThat(flow.blockedByCount()).isEqualTo(12);
    }

    @Test
    @DisplayName("says of a contract that speaks of too many pairs how far it was judged, and what to do")
    void tooLarge() {
        TestCluster many = SHOP.and(
                pods("shop", "app=checkout,version=2").of("Deployment", "second-checkout"),
                // By which the two are told apart.
                policy("shop/second").selects("version=2").isolatesIngress(),
                contract("shop/orders", calls("a", "orders"), calls("b", "orders")));
        ContractStatus status = judge(many, NOON, seen(1), 3);
        assertThat(status.conditions().get(0))
                .isEqualTo(condition(
                        "Ready",
                        "True",
                        1,
                        "TooLarge",
                        "1 of 2 flows satisfied, 1 undetermined. Not all of it was judged, as it speaks of more pairs than"
                                + " flowguard.audit.max-pairs: divide it, or have its selectors match less"));
        assertThat(status.flow("b").orElseThrow().message())
                .isEqualTo("not judged beyond the first 1 pair, as the contract speaks of too many");

        ContractStatus broken =
                judge(many.and(policy("shop/deny").selects("app=orders").isolatesIngress()), NOON, seen(1), 3);
        assertThat(broken.conditions().get(0).reason()).isEqualTo("FlowsBroken");
    }

    private static ContractStatus judge(TestCluster cluster, Instant now, SeenContract seen) {
        return judge(cluster, now, seen, Long.MAX_VALUE);
    }

    private static ContractStatus judge(TestCluster cluster, Instant now, SeenContract seen, long mostPairs) {
        Audit audit = Audits.of(cluster.snapshot(), mostPairs);
        Audit.Judged judged = audit.contracts().iterator().next();
        return new StatusJudgement(audit.snapshot()).judge(judged.contract(), judged.standings(), seen, now);
    }

    private static SeenContract seen(long generation) {
        return new SeenContract(ORDERS, "uid", generation, "1", 1, ContractStatus.NONE);
    }

    private static SeenContract with(ContractStatus status) {
        return new SeenContract(ORDERS, "uid", status.observedGeneration(), "2", 1, status);
    }

    private static StatusCondition condition(
            String type, String status, long generation, String reason, String message) {
        return new StatusCondition(type, status, generation, Instant.parse("2026-01-02T12:00:00Z"), reason, message);
    }

    private static FlowPart calls(String name, String destination) {
        return flow(name)
                .from("shop", "app=checkout")
                .to("shop", "app=" + destination)
                .on(number(Protocol.TCP, 8080));
    }
}
