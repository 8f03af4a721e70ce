package dev.flowguard.assess.finding;

import static dev.flowguard.testing.Given.create;
import static dev.flowguard.testing.Given.from;
import static dev.flowguard.testing.Given.namespaces;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.service;
import static dev.flowguard.testing.Given.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.assess.Finding;
import dev.flowguard.testing.PolicyPart;
import dev.flowguard.testing.TestCluster;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OneSidedTest {
    private static final PolicyPart ORDERS =
            policy("shop/orders").selects("app=orders").ingress(from("app=checkout"), tcp(8080));

    private static final TestCluster ISOLATED = Shop.with(
            policy("shop/checkout-egress").selects("app=checkout").egress(namespaces("team=data"), tcp(5432)),
            Shop.ALLOW_DNS,
            ORDERS);

    @Test
    @DisplayName("the sender's own policies forbid what a rule admits")
    void closedSender() {
        assertThat(inForce(ISOLATED))
                .contains(
                        "one-sided: orders: ingress[0].from[0] admits checkout, whose egress policies do not lead here");
    }

    @Test
    @DisplayName("no rule opens any port of a Service")
    void unreachableService() {
        assertThat(inForce(Shop.with(
                        service("shop/checkout").selects("app=checkout").port(80, 8080),
                        policy("shop/checkout").selects("app=checkout").ingress(from("app=orders"), tcp(9090)))))
                .contains("one-sided: checkout: nobody can reach Service checkout: no rule opens 8080/TCP");
    }

    static Stream<Arguments> lookAlikes() {
        return Stream.of(
                Arguments.of(
                        "the sender's policies lead there",
                        ISOLATED.and(policy("shop/checkout-orders")
                                .selects("app=checkout")
                                .egress(from("app=orders"), tcp(8080)))),
                Arguments.of("the sender is not isolated", Shop.with(ORDERS)),
                Arguments.of(
                        "one of several senders gets through",
                        ISOLATED.and(
                                pods("shop", "app=checkout,track=canary").of("Deployment", "canary"),
                                policy("shop/canary").selects("track=canary").egress(from("app=orders"), tcp(8080)))),
                Arguments.of(
                        "one port of a Service is open, its metrics are not",
                        Shop.with(
                                service("shop/checkout")
                                        .selects("app=checkout")
                                        .port(80, 8080)
                                        .port(90, 9090),
                                policy("shop/checkout")
                                        .selects("app=checkout")
                                        .ingress(from("app=storefront"), tcp(8080)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lookAlikes")
    void isNotSaid(String why, TestCluster cluster) {
        assertThat(inForce(cluster)).noneMatch(message -> message.startsWith("one-sided"));
    }

    @Test
    @DisplayName("it is not said of a change, whose other half may be still to come")
    void notOfChanges() {
        TestCluster before = Shop.with(
                policy("shop/checkout-egress").selects("app=checkout").egress(namespaces("team=data"), tcp(5432)),
                Shop.ALLOW_DNS);
        FindingsAssert.assertThat(before.assess(create(ORDERS))).haveNone("one-sided");
    }

    private static java.util.List<String> inForce(TestCluster cluster) {
        return Findings.inForce(cluster.snapshot(), FindingLevels.USUAL).stream()
                .map(Finding::message)
                .toList();
    }
}
