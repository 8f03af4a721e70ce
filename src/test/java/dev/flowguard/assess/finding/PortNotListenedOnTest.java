package dev.flowguard.assess.finding;

import static dev.flowguard.assess.finding.FindingsAssert.assertThat;
import static dev.flowguard.testing.Given.create;
import static dev.flowguard.testing.Given.namespaces;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.service;
import static dev.flowguard.testing.Given.tcp;
import static dev.flowguard.testing.Given.udp;

import dev.flowguard.net.Protocol;
import dev.flowguard.testing.PolicyPart;
import dev.flowguard.testing.PolicyPart.Term;
import dev.flowguard.testing.TestCluster;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PortNotListenedOnTest {
    private static PolicyPart postgresIngress(Term port) {
        return policy("data/postgres-ingress").selects("app=postgres").ingress(namespaces("team=shop"), port);
    }

    @Test
    @DisplayName("Q17: the right number of the wrong protocol")
    void otherProtocol() {
        assertThat(Shop.CLUSTER.assess(create(postgresIngress(udp(5432))))).read("""
            warning, Warn, spec.ingress[0].ports[0].protocol
            port-not-listened-on: postgres-ingress: ingress[0].ports[0]: nothing is known to listen on 5432/UDP, but on 5432/TCP
            Nothing is known to listen on 5432/UDP of postgres, which listens on 5432/TCP (postgres). The protocol
            of port 5432 there is TCP. If that is meant, write {protocol: TCP, port: 5432}; if the pods listen on
            5432/UDP as well, name that port in their containers.
            """);
    }

    @Test
    void twoDigitsSwapped() {
        assertThat(Shop.CLUSTER.assess(create(postgresIngress(tcp(5423))))).read("""
            warning, Warn, spec.ingress[0].ports[0].port
            port-not-listened-on: postgres-ingress: ingress[0].ports[0]: nothing is known to listen on 5423/TCP, but on 5432/TCP
            Nothing is known to listen on 5423/TCP of postgres, which listens on 5432/TCP (postgres). The two
            numbers differ by a slip of the finger. If that is meant, write {protocol: TCP, port: 5432}; if the pods
            listen on 5423/TCP as well, name that port in their containers.
            """);
    }

    @Test
    void twoDigitsSwappedOnTheWayOut() {
        PolicyPart policy = policy("shop/orders-egress")
                .selects("app=orders")
                .egress(namespaces("team=data", "app=postgres"), tcp(4532));

        assertThat(Shop.with(Shop.ALLOW_DNS).assess(create(policy)))
                .have("port-not-listened-on: orders-egress: egress[0].ports[0]: nothing is known to listen on"
                        + " 4532/TCP, but on 5432/TCP");
    }

    @Test
    void noPortIsOpenToWhichAServiceSends() {
        TestCluster cluster =
                Shop.with(service("data/postgres").selects("app=postgres").port(5432, 5432));

        assertThat(cluster.assess(create(postgresIngress(tcp(7443))))).read("""
            warning, Warn, spec.ingress[0].ports[0].port
            port-not-listened-on: postgres-ingress: ingress[0].ports[0]: nothing is known to listen on 7443/TCP, but on 5432/TCP
            Nothing is known to listen on 7443/TCP of postgres, which listens on 5432/TCP (postgres). The policy
            isolates these pods for ingress, and no policy opens a port to
            which a Service sends. If that
            is meant, write {protocol: TCP, port: 5432}; if the pods listen on 7443/TCP as well, name that port in
            their containers.
            """);
    }

    static Stream<Arguments> lookAlikes() {
        return Stream.of(
                Arguments.of(
                        "Q16: a pod that names one port, and to which no Service leads",
                        Shop.CLUSTER,
                        postgresIngress(tcp(9187))),
                Arguments.of("a port that a container names", Shop.CLUSTER, postgresIngress(tcp(5432))),
                Arguments.of(
                        "Q16: a port that nobody declares, beside one that is open",
                        Shop.with(postgresIngress(tcp(5432))),
                        policy("data/metrics").selects("app=postgres").ingress(namespaces("team=platform"), tcp(9187))),
                Arguments.of(
                        "Q16: a pod that declares no port",
                        Shop.with(pods("data", "app=redis")),
                        policy("data/redis").selects("app=redis").ingress(namespaces("team=shop"), tcp(6379))),
                Arguments.of(
                        "Q16: a port that nobody declares, on the way out",
                        Shop.with(Shop.ALLOW_DNS),
                        policy("shop/p")
                                .selects("app=orders")
                                .egress(namespaces("team=data", "app=postgres"), tcp(9187))),
                Arguments.of(
                        "a port that only a Service knows",
                        Shop.with(
                                pods("data", "app=redis").port("metrics", 9121),
                                service("data/redis").selects("app=redis").port(6379, 6379)),
                        policy("data/redis").selects("app=redis").ingress(namespaces("team=shop"), tcp(6379))),
                Arguments.of(
                        "TCP and UDP, of which one is declared",
                        Shop.with(pods("data", "app=resolver").port("dns", 53, Protocol.UDP)),
                        policy("data/resolver")
                                .selects("app=resolver")
                                .ingress(namespaces("team=shop"), udp(53), tcp(53))),
                Arguments.of(
                        "TCP and UDP in rules of their own",
                        Shop.with(pods("data", "app=resolver").port("dns", 53, Protocol.UDP)),
                        policy("data/resolver")
                                .selects("app=resolver")
                                .ingress(namespaces("team=shop"), tcp(53))
                                .ingress(namespaces("team=shop"), udp(53))),
                Arguments.of(
                        "8443 beside 443",
                        Shop.with(
                                pods("data", "app=web").port("https", 443),
                                policy("data/web").selects("app=web").ingress(tcp(443))),
                        policy("data/web-admin").selects("app=web").ingress(namespaces("team=shop"), tcp(8443))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lookAlikes")
    void saysNothing(String why, TestCluster cluster, PolicyPart policy) {
        assertThat(cluster.assess(create(policy))).areNone();
    }
}
