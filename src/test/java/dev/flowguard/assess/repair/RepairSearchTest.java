package dev.flowguard.assess.repair;

import static dev.flowguard.testing.FlowPart.pods;
import static dev.flowguard.testing.Given.contract;
import static dev.flowguard.testing.Given.create;
import static dev.flowguard.testing.Given.flow;
import static dev.flowguard.testing.Given.namespace;
import static dev.flowguard.testing.Given.number;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.assess.Assessment;
import dev.flowguard.assess.Assessor;
import dev.flowguard.assess.Effect;
import dev.flowguard.assess.FlowAssessment;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.testing.TestCluster;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The web pods of every namespace reach data/db; bank, where nobody may send anything, is cut off already. */
class RepairSearchTest {
    private static final Snapshot CLUSTER = TestCluster.with(
                    namespace("shop", ""),
                    namespace("bank", ""),
                    namespace("data", ""),
                    pods("shop", "app=web"),
                    pods("bank", "app=web"),
                    pods("data", "app=db"),
                    policy("bank/closed").isolatesEgress(),
                    contract(
                            "data/db",
                            flow("clients")
                                    .from(pods(LabelSelector.EVERYTHING, "app=web"))
                                    .to("data", "app=db")
                                    .on(number(Protocol.TCP, 5432))))
            .snapshot();

    private static final DeclaredFlow FLOW = CLUSTER.flows().get(0);

    @Test
    @DisplayName(
            "whoever makes a change is told how to keep what it cuts, and not to repair what others had broken before")
    void onlyWhatTheChangeCuts() {
        Assessment assessment =
                new Assessor(CLUSTER).assess(create(policy("shop/closed").isolatesEgress()));

        assertThat(assessment.flows(Effect.NEWLY_BROKEN))
                .extracting(FlowAssessment::flow)
                .containsExactly(FLOW);
        assertThat(repaired(new RepairSearch(assessment))).containsExactly("shop");
    }

    @Test
    @DisplayName("who asks about a cluster as it is, is told how to repair all of it")
    void everythingThatIsBroken() {
        assertThat(repaired(new RepairSearch(CLUSTER, CLUSTER, Set.of()))).containsExactly("bank");
    }

    private static List<String> repaired(RepairSearch search) {
        return search.search(FLOW).orElseThrow().steps().stream()
                .map(Repair.Step::policy)
                .map(ObjectRef::namespace)
                .toList();
    }
}
