package dev.flowguard.assess.finding;

import static dev.flowguard.assess.finding.FindingsAssert.assertThat;
import static dev.flowguard.testing.Given.block;
import static dev.flowguard.testing.Given.create;
import static dev.flowguard.testing.Given.from;
import static dev.flowguard.testing.Given.namespaces;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.tcp;

import dev.flowguard.testing.PolicyPart;
import dev.flowguard.testing.TestCluster;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AllowsEverythingTest {
    private static final PolicyPart NARROW =
            policy("shop/orders-ingress").selects("app=orders").ingress(from("app=checkout"), tcp(8080));

    @Test
    @DisplayName("I8: what other policies restrict is undone")
    void undoesOthers() {
        assertThat(Shop.with(NARROW)
                        .assess(create(
                                policy("shop/debug").selects("app=orders").ingress())))
                .read("""
                warning, Warn, spec.ingress[0]
                allows-everything: debug: ingress[0] opens every port to everybody, in spite of orders-ingress
                Everybody inside and outside of the cluster may reach orders on every port, in spite of orders-ingress:
                policies are a union. Name who may talk to whom, and on which ports.
                """);
    }

    @Test
    @DisplayName("I8: a policy that does nothing else")
    void doesNothingElse() {
        assertThat(Shop.CLUSTER.assess(
                        create(policy("shop/debug").selects("app=orders").ingress())))
                .read("""
                warning, Warn, spec.ingress[0]
                allows-everything: debug: ingress[0] opens every port to everybody
                Everybody inside and outside of the cluster may reach orders on every port: the policy restricts
                nothing. Name who may talk to whom, and on which ports.
                """);
    }

    @Test
    void onTheWayOutWhereNarrowerRulesBecomePointless() {
        TestCluster cluster = Shop.with(
                policy("shop/orders-egress").selects("app=orders").egress(namespaces("team=data"), tcp(5432)),
                Shop.ALLOW_DNS);

        assertThat(cluster.assess(
                        create(policy("shop/debug").selects("app=orders").egress())))
                .read("""
                warning, Warn, spec.egress[0]
                allows-everything: debug: egress[0] lets its pods out to anybody, in spite of allow-dns and orders-egress
                orders may reach everybody inside and outside of the cluster on every port, in spite of allow-dns and
                orders-egress: policies are a union. Name who may talk to whom, and on which ports.
                """);
    }

    static Stream<Arguments> lookAlikes() {
        return Stream.of(
                Arguments.of(
                        "everybody on one port",
                        Shop.CLUSTER,
                        policy("shop/p").selects("app=storefront").ingress(tcp(8080))),
                Arguments.of(
                        "P5: all pods on every port",
                        Shop.CLUSTER,
                        policy("shop/p").selects("app=orders").ingress(namespaces(""))),
                Arguments.of(
                        "B7: all addresses",
                        Shop.CLUSTER,
                        policy("shop/p").selects("app=storefront").ingress(block("0.0.0.0/0"))),
                Arguments.of(
                        "I4: egress is open where nobody restricts it",
                        Shop.CLUSTER,
                        policy("shop/p")
                                .selects("app=orders")
                                .ingress(from("app=checkout"), tcp(8080))
                                .egress()),
                Arguments.of(
                        "ingress is open where nobody restricts it, to restrict egress",
                        Shop.with(Shop.ALLOW_DNS),
                        policy("shop/p").selects("app=orders").ingress().egress(namespaces("team=data"), tcp(5432))),
                Arguments.of(
                        "a way out of a default-deny",
                        Shop.with(policy("shop/default-deny").isolatesEgress()),
                        policy("shop/crawler").selects("app=orders").egress()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lookAlikes")
    void saysNothing(String why, TestCluster cluster, PolicyPart policy) {
        assertThat(cluster.assess(create(policy))).areNone();
    }
}
