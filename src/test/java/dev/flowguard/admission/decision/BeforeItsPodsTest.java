package dev.flowguard.admission.decision;

import static dev.flowguard.testing.Given.create;
import static dev.flowguard.testing.Given.from;
import static dev.flowguard.testing.Given.namespace;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.tcp;
import static dev.flowguard.testing.Given.to;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.testing.PolicyPart;
import dev.flowguard.testing.TestCluster;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A policy that comes before its pods")
class BeforeItsPodsTest {
    private static final PolicyPart ORDERS = policy("shop/orders")
            .selects("app=orders")
            .ingress(from("app=checkout"), tcp(8080))
            .ingress(from("app=portal"), tcp(8080))
            .ingress(from("app=prometheus"), tcp(9090))
            .egress(to("app=ledger"), tcp(5432));

    static Stream<Named<TestCluster>> clusters() {
        TestCluster elsewhere = TestCluster.with(namespace("shop", ""), namespace("other", ""), pods("other", "app=a"));
        return Stream.of(
                Named.of("a namespace without any", elsewhere),
                Named.of("a namespace with others", elsewhere.and(pods("shop", "app=bank-teller"))),
                Named.of(
                        "a namespace whose like runs elsewhere",
                        elsewhere.and(
                                pods("other", "app=orders"),
                                pods("other", "app=checkout"),
                                pods("other", "app=ledger"))));
    }

    @ParameterizedTest(name = "into {0} is told of with one line at most")
    @MethodSource("clusters")
    void oneLine(TestCluster cluster) {
        assertThat(warnings(cluster, ORDERS)).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    @DisplayName("keeps a line for each label that is misspelt: that is not on its way")
    void typos() {
        TestCluster cluster =
                TestCluster.with(namespace("shop", ""), pods("shop", "app=checkout"), pods("shop", "app=prometheus"));
        PolicyPart misspelt = policy("shop/orders")
                .selects("app=orders")
                .ingress(from("app=chekout"), tcp(8080))
                .ingress(from("app=promtheus"), tcp(9090));

        assertThat(warnings(cluster, misspelt))
                .anyMatch(line -> line.contains("did you mean app=checkout?"))
                .anyMatch(line -> line.contains("did you mean app=prometheus?"));
    }

    private static List<String> warnings(TestCluster cluster, PolicyPart policy) {
        Decision decision = new DecisionProcess(FakeClusterState.knowing(cluster.snapshot()), DecisionSettings.DEFAULT)
                .decide(new PolicyReview(
                        "u-1",
                        new Requester("ann", List.of()),
                        false,
                        new PolicyReview.Changed(create(policy), false, false, "")));
        return Wording.of(decision).warnings();
    }
}
