package dev.flowguard.admission.decision;

import static dev.flowguard.testing.Given.contract;
import static dev.flowguard.testing.Given.create;
import static dev.flowguard.testing.Given.flow;
import static dev.flowguard.testing.Given.from;
import static dev.flowguard.testing.Given.namespace;
import static dev.flowguard.testing.Given.number;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.tcp;
import static dev.flowguard.testing.Given.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.assess.Change;
import dev.flowguard.net.Protocol;
import dev.flowguard.testing.PolicyPart;
import dev.flowguard.testing.TestCluster;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A refusal of the first policy of pods that run already")
class FirstPoliciesTest {
    private static final PolicyPart DENY = policy("shop/deny").selects("").isolatesIngress();
    private static final PolicyPart OPEN =
            policy("shop/orders").selects("app=orders").ingress(from("app=checkout"), tcp(8080));
    private static final PolicyPart CLOSED =
            policy("shop/orders").selects("app=orders").isolatesIngress();
    private static final String FIRST = "nothing isolated these pods before";

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "HELM    | flowguard.dev/change-set: \"{{ .Release.Name }}-{{ .Release.Revision }}/<count>\"",
                "ARGO_CD | argocd.argoproj.io/sync-wave",
                "FLUX    | spec.dependsOn",
                "KUBECTL | flowguard plan prints the order",
                "OTHER   | flowguard plan prints the order",
            })
    void namesTheWayOutOfTheTool(Tool tool, String wayOut) {
        String message = message(shop(), create(DENY), tool);

        assertThat(message)
                .contains("\n  " + FIRST)
                .contains(wayOut)
                .contains("flowguard.dev/change-set: ")
                .contains("(needs permission \"stage\" on flowcontracts)");
        assertThat(message.indexOf(FIRST))
                .as("before the override, which is the last resort")
                .isLessThan(message.indexOf("to override"));
    }

    @Test
    @DisplayName("A change of a policy that isolates already is not of that kind")
    void notOfAnUpdate() {
        assertThat(message(shop(OPEN), update(OPEN, CLOSED), Tool.HELM)).doesNotContain(FIRST);
    }

    private static TestCluster shop(PolicyPart... policies) {
        TestCluster cluster = TestCluster.with(
                namespace("shop", ""),
                pods("shop", "app=checkout"),
                pods("shop", "app=orders"),
                contract(
                        "shop/orders",
                        flow("checkout-calls-orders")
                                .from("shop", "app=checkout")
                                .to("shop", "app=orders")
                                .on(number(Protocol.TCP, 8080))));
        return cluster.and(policies);
    }

    private static String message(TestCluster cluster, Change change, Tool tool) {
        Decision decision = new DecisionProcess(FakeClusterState.knowing(cluster.snapshot()), DecisionSettings.DEFAULT)
                .decide(new PolicyReview(
                        "u-1",
                        new Requester("ann", List.of()),
                        false,
                        new PolicyReview.Changed(change, false, false, "")));
        assertThat(decision.isRejection()).isTrue();
        return Wording.of(decision, tool).message();
    }
}
