package dev.flowguard.assess.finding;

import static dev.flowguard.assess.finding.FindingsAssert.assertThat;
import static dev.flowguard.testing.Given.block;
import static dev.flowguard.testing.Given.create;
import static dev.flowguard.testing.Given.from;
import static dev.flowguard.testing.Given.namespace;
import static dev.flowguard.testing.Given.namespaces;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.tcp;
import static dev.flowguard.testing.Given.to;

import dev.flowguard.cluster.object.NamedPort.Container;
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

class UnknownNamedPortTest {
    private static PolicyPart checkoutIngress(Term port) {
        return policy("shop/checkout-ingress").selects("app=checkout").ingress(from("app=storefront"), port);
    }

    @Test
    @DisplayName("Q11: a name that is nearly right")
    void nearlyRight() {
        assertThat(Shop.CLUSTER.assess(create(checkoutIngress(tcp("htpp"))))).read("""
            warning, Warn, spec.ingress[0].ports[0].port
            unknown-named-port: checkout-ingress: ingress[0].ports[0]: no port of checkout is named htpp; did you mean http?
            The entry opens nothing: no container of checkout has a TCP port named htpp. Named there: http and
            metrics. Correct the name, name the port in the containers, or write its number. The name of a Service's
            port does not count.
            """);
    }

    @Test
    @DisplayName("Q11: a name that nobody has")
    void nobodyHasIt() {
        assertThat(Shop.CLUSTER.assess(create(checkoutIngress(tcp("grpc"))))).read("""
            warning, Warn, spec.ingress[0].ports[0].port
            unknown-named-port: checkout-ingress: ingress[0].ports[0]: no port of checkout is named grpc
            The entry opens nothing: no container of checkout has a TCP port named grpc. Named there: http and
            metrics. Correct the name, name the port in the containers, or write its number. The name of a Service's
            port does not count.
            """);
    }

    @Test
    @DisplayName("Q10: the name of a port of another protocol")
    void otherProtocol() {
        PolicyPart policy =
                policy("kube-system/dns").selects("k8s-app=kube-dns").ingress(namespaces(""), tcp("dns"));

        assertThat(Shop.CLUSTER.assess(create(policy)))
                .have("unknown-named-port: dns: ingress[0].ports[0]: dns of coredns is a UDP port, not TCP");
    }

    @Test
    @DisplayName("Q15: a name outside of the cluster")
    void outside() {
        PolicyPart policy =
                policy("shop/orders-egress").selects("app=orders").egress(block("203.0.113.0/24"), tcp("https"));

        assertThat(Shop.with(Shop.ALLOW_DNS).assess(create(policy))).read("""
            warning, Warn, spec.egress[0].ports[0].port
            unknown-named-port: orders-egress: egress[0].ports[0]: an ipBlock has no port named https; write its number
            Named ports are looked up on pods. The peers of this rule are address blocks, where there is nobody to
            ask, so the entry opens nothing. Write the number of the port.
            """);
    }

    static Stream<Arguments> lookAlikes() {
        return Stream.of(
                Arguments.of("Q9: a name that the selected pods have", Shop.CLUSTER, checkoutIngress(tcp("http"))),
                Arguments.of(
                        "Q9: a name that the peers of an egress rule have",
                        Shop.with(Shop.ALLOW_DNS),
                        policy("shop/p")
                                .selects("app=checkout")
                                .egress(namespaces("team=data", "app=postgres"), tcp("postgres"))),
                Arguments.of(
                        "one of several destinations has it",
                        Shop.CLUSTER,
                        policy("shop/p").selects("app in (orders,checkout)").ingress(tcp("metrics"))),
                Arguments.of(
                        "Q14: a sidecar has it",
                        Shop.with(pods("shop", "app=mesh").port("proxy", 15000, Protocol.TCP, Container.SIDECAR)),
                        policy("shop/p").selects("app=mesh").ingress(tcp("proxy"))),
                Arguments.of(
                        "an ingress rule from outside: the name is the selected pods'",
                        Shop.CLUSTER,
                        policy("shop/p").selects("app=checkout").ingress(block("203.0.113.0/24"), tcp("http"))),
                Arguments.of(
                        "pods and addresses outside in one rule",
                        Shop.with(Shop.ALLOW_DNS),
                        policy("shop/p")
                                .selects("app=checkout")
                                .egress(to("app=orders"), block("203.0.113.0/24"), tcp("https"))),
                Arguments.of(
                        "nobody to look it up on",
                        Shop.with(namespace("fresh", "team=fresh")),
                        policy("fresh/p").ingress(tcp("http"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lookAlikes")
    void saysNothing(String why, TestCluster cluster, PolicyPart policy) {
        assertThat(cluster.assess(create(policy))).areNone();
    }
}
