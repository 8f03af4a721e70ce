package dev.flowguard.assess.finding;

import static dev.flowguard.assess.finding.FindingsAssert.assertThat;
import static dev.flowguard.testing.Given.block;
import static dev.flowguard.testing.Given.create;
import static dev.flowguard.testing.Given.from;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.service;
import static dev.flowguard.testing.Given.tcp;
import static dev.flowguard.testing.Given.to;

import dev.flowguard.cluster.object.NamedPort.Container;
import dev.flowguard.net.Protocol;
import dev.flowguard.testing.PolicyPart;
import dev.flowguard.testing.PolicyPart.Term;
import dev.flowguard.testing.TestCluster;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ServicePortNotTargetPortTest {
    private static PolicyPart checkoutEgress(Term... ports) {
        return policy("shop/checkout-egress")
                .selects("app=checkout")
                .egress(Stream.concat(Stream.of(to("app=orders")), Stream.of(ports))
                        .toArray(Term[]::new));
    }

    private static TestCluster cluster() {
        return Shop.with(Shop.ALLOW_DNS);
    }

    @Test
    void onTheWayOut() {
        assertThat(cluster().assess(create(checkoutEgress(tcp(80))))).read("""
            error, Warn, spec.egress[0].ports[0].port
            service-port-not-target-port: egress[0].ports[0]: 80 is the port of Service orders; its pods listen on 8080
            Service orders sends what comes in on 80 to port 8080 of the pods of orders, and policies are carried
            out at the pods. Write port: 8080.
            """);
    }

    @Test
    void onTheWayIn() {
        assertThat(cluster()
                        .assess(create(policy("shop/orders-ingress")
                                .selects("app=orders")
                                .ingress(from("app=checkout"), tcp(80)))))
                .read("""
                    error, Warn, spec.ingress[0].ports[0].port
                    service-port-not-target-port: ingress[0].ports[0]: 80 is the port of Service orders; its pods listen on 8080
                    Service orders sends what comes in on 80 to port 8080 of the pods of orders, and policies are carried
                    out at the pods. Write port: 8080.
                    """);
    }

    @Test
    void aTargetPortThatHasAName() {
        TestCluster named =
                cluster().and(service("shop/checkout").selects("app=checkout").port("http", Protocol.TCP, 80, "http"));

        assertThat(named.assess(create(policy("shop/checkout-ingress")
                        .selects("app=checkout")
                        .ingress(from("app=storefront"), tcp(80)))))
                .have("service-port-not-target-port: ingress[0].ports[0]: 80 is the port of Service checkout; its pods"
                        + " listen on 8080");
    }

    @Test
    void whereThePluginWantsBothToBeTheSame() {
        assertThat(cluster().on("aws-vpc-cni").assess(create(checkoutEgress(tcp(80)))))
                .read("""
                    error, Warn, spec.egress[0].ports[0].port
                    service-port-not-target-port: egress[0].ports[0]: 80 is the port of Service orders; its pods listen on 8080
                    Service orders sends what comes in on 80 to port 8080 of the pods of orders, and policies are carried
                    out at the pods. Write port: 8080. With aws-vpc-cni the two ports have to be the same, so change the
                    Service as well.
                    """);
    }

    static Stream<Arguments> lookAlikes() {
        return Stream.of(
                Arguments.of("the target port", cluster(), checkoutEgress(tcp(8080))),
                Arguments.of("the target port's name", cluster(), checkoutEgress(tcp("http"))),
                Arguments.of("both, for plugins of either kind", cluster(), checkoutEgress(tcp(80), tcp(8080))),
                Arguments.of("both, the one by its name", cluster(), checkoutEgress(tcp(80), tcp("http"))),
                Arguments.of("Q6: a range that holds the target port", cluster(), checkoutEgress(tcp(80, 9000))),
                Arguments.of("Q1: every port", cluster(), checkoutEgress()),
                Arguments.of(
                        "Q14: a target port that only a plain init container names, where the Service sends nothing",
                        cluster()
                                .and(
                                        pods("shop", "app=late").port("boot", 9999, Protocol.TCP, Container.INIT),
                                        service("shop/late")
                                                .selects("app=late")
                                                .port("http", Protocol.TCP, 80, "boot")),
                        policy("shop/late-ingress").selects("app=late").ingress(from("app=checkout"), tcp(80))),
                Arguments.of(
                        "a pod that listens on the Service's port as well",
                        cluster()
                                .and(pods("shop", "app=orders")
                                        .port("http", 8080)
                                        .port("plain", 80)),
                        checkoutEgress(tcp(80))),
                Arguments.of(
                        "another pod behind the same rule listens on it",
                        cluster().and(pods("shop", "app=web").port("http", 80)),
                        policy("shop/p").selects("app=checkout").egress(to("app in (orders,web)"), tcp(80))),
                Arguments.of(
                        "a rule for addresses outside as well",
                        cluster(),
                        policy("shop/p")
                                .selects("app=checkout")
                                .egress(to("app=orders"), block("203.0.113.0/24"), tcp(80))),
                Arguments.of(
                        "a rule for anybody",
                        cluster(),
                        policy("shop/p").selects("app=checkout").egress(tcp(80))),
                Arguments.of(
                        "Q17: the Service's port of another protocol",
                        cluster()
                                .and(service("shop/orders")
                                        .selects("app=orders")
                                        .port("x", Protocol.UDP, 8080, 9999)),
                        checkoutEgress(tcp(8080))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lookAlikes")
    void saysNothing(String why, TestCluster cluster, PolicyPart policy) {
        assertThat(cluster.assess(create(policy))).areNone();
    }
}
