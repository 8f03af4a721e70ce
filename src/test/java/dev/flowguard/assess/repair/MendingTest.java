package dev.flowguard.assess.repair;

import static dev.flowguard.testing.Given.contract;
import static dev.flowguard.testing.Given.flow;
import static dev.flowguard.testing.Given.from;
import static dev.flowguard.testing.Given.number;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.cluster.Snapshot;
import dev.flowguard.net.Protocol;
import dev.flowguard.testing.TestCluster;
import dev.flowguard.wording.RepairWording;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The web pods of a namespace call orders on port 8080, where everything is isolated and a policy that should let them was misspelt. */
@DisplayName("What is nearly right and selects nobody is mended in its place")
class MendingTest {
    private static final TestCluster CLUSTER = TestCluster.with(
            pods("shop", "app=web"),
            pods("shop", "app=orders"),
            policy("shop/closed").isolatesIngress(),
            contract(
                    "shop/orders",
                    flow("calls")
                            .from("shop", "app=web")
                            .to("shop", "app=orders")
                            .on(number(Protocol.TCP, 8080))));

    @Test
    @DisplayName("a podSelector with one letter missing, and no policy is added beside")
    void podSelector() {
        assertThat(repaired(
                        CLUSTER.and(policy("shop/orders").selects("app=order").ingress(from("app=web"), tcp(8080)))))
                .containsExactly(
                        "in NetworkPolicy shop/orders, podSelector, write  {matchLabels: {app: orders}}  in place of"
                                + "  {matchLabels: {app: order}}");
    }

    @Test
    @DisplayName("not where the policy would open more than is asked for, and not one that selects somebody")
    void onlyWhatIsAsked() {
        assertThat(repaired(
                        CLUSTER.and(policy("shop/orders").selects("app=order").ingress(from("app=web")))))
                .singleElement()
                .asString()
                .startsWith("add a NetworkPolicy shop/allow-calls-ingress");
        assertThat(repaired(CLUSTER.and(
                        pods("shop", "app=order"),
                        policy("shop/orders").selects("app=order").ingress(from("app=web"), tcp(8080)))))
                .singleElement()
                .asString()
                .startsWith("add a NetworkPolicy shop/allow-calls-ingress");
    }

    private static List<String> repaired(TestCluster cluster) {
        Snapshot snapshot = cluster.snapshot();
        return new RepairSearch(snapshot, snapshot, Set.of())
                .search(snapshot.flows().get(0)).orElseThrow().steps().stream()
                        .map(RepairWording::of)
                        .toList();
    }
}
