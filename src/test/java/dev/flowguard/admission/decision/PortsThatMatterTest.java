package dev.flowguard.admission.decision;

import static dev.flowguard.testing.Given.contract;
import static dev.flowguard.testing.Given.flow;
import static dev.flowguard.testing.Given.from;
import static dev.flowguard.testing.Given.namespace;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.service;
import static dev.flowguard.testing.Given.tcp;
import static dev.flowguard.testing.Given.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.testing.PolicyPart;
import dev.flowguard.testing.TestCluster;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A flow that must stay blocked and is opened names the ports that matter:")
class PortsThatMatterTest {
    private static final PolicyPart CLOSED = policy("shop/db").selects("app=db").isolatesIngress();
    private static final PolicyPart OPEN = policy("shop/db").selects("app=db").ingress(from("app=web"));
    private static final TestCluster SHOP = TestCluster.with(
            namespace("shop", ""),
            pods("shop", "app=web"),
            pods("shop", "app=db"),
            contract(
                    "shop/db",
                    flow("private").from("shop", "app=web").to("shop", "app=db").mustBeBlocked()));

    @Test
    @DisplayName("those that Services lead to, where every port is open")
    void everyPort() {
        TestCluster served = SHOP.and(service("shop/db").selects("app=db").port(5432, 5432), CLOSED);

        assertThat(message(served, OPEN)).contains("web -> db:5432/TCP and every other port   (");
    }

    @Test
    @DisplayName("those that Services lead to, where some others are open already")
    void someAreOpenAlready() {
        PolicyPart partly = policy("shop/db").selects("app=db").ingress(from("app=web"), tcp(9187));
        TestCluster served = SHOP.and(service("shop/db").selects("app=db").port(5432, 5432), partly);

        assertThat(message(served, partly, OPEN)).contains("web -> db:5432/TCP and others   (");
    }

    @Test
    @DisplayName("all, where none is known to be served or only single ones are opened")
    void noneIsKnown() {
        assertThat(message(SHOP.and(CLOSED), OPEN)).contains("web -> db:every port   (");
        PolicyPart one = policy("shop/db").selects("app=db").ingress(from("app=web"), tcp(9187));
        assertThat(message(SHOP.and(CLOSED), one)).contains("web -> db:9187/TCP   (");
    }

    private static String message(TestCluster cluster, PolicyPart after) {
        return message(cluster, CLOSED, after);
    }

    private static String message(TestCluster cluster, PolicyPart before, PolicyPart after) {
        Decision decision = new DecisionProcess(FakeClusterState.knowing(cluster.snapshot()), DecisionSettings.DEFAULT)
                .decide(new PolicyReview(
                        "u-1",
                        new Requester("ann", List.of()),
                        false,
                        new PolicyReview.Changed(update(before, after), false, false, "")));
        return Wording.of(decision).message();
    }
}
