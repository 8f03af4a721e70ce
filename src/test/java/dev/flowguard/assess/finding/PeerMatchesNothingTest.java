package dev.flowguard.assess.finding;

import static dev.flowguard.assess.finding.FindingsAssert.assertThat;
import static dev.flowguard.testing.Given.create;
import static dev.flowguard.testing.Given.from;
import static dev.flowguard.testing.Given.namespace;
import static dev.flowguard.testing.Given.namespaces;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.tcp;

import dev.flowguard.testing.PolicyPart;
import dev.flowguard.testing.PolicyPart.Term;
import dev.flowguard.testing.TestCluster;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PeerMatchesNothingTest {
    private static PolicyPart admitting(Term peer) {
        return policy("shop/orders-ingress").selects("app=orders").ingress(peer, tcp(8080));
    }

    @Test
    void aLetterTooFew() {
        assertThat(Shop.CLUSTER.assess(create(admitting(from("app=chekout"))))).read("""
            warning, Warn, spec.ingress[0].from[0].podSelector
            peer-matches-nothing: orders-ingress: ingress[0].from[0] matches no pod in shop: app=chekout; did you mean app=checkout?
            This peer opens nothing. Pods there carry app=checkout. If those are meant, correct the selector; if the
            pods are still to come, the peer takes effect with the first of them.
            """);
    }

    @Test
    void withoutANamespaceSelector() {
        PolicyPart policy = policy("data/postgres-ingress")
                .selects("app=postgres")
                .ingress(from("app in (orders,billing)"), tcp(5432));

        assertThat(Shop.CLUSTER.assess(create(policy))).read("""
            warning, Warn, spec.ingress[0].from[0].podSelector
            peer-matches-nothing: ingress[0].from[0] matches no pod in data: app in (billing,orders); such pods run in shop
            This peer opens nothing. A peer without a namespaceSelector speaks of the policy's own namespace. If the
            pods in shop are meant, add to this list entry (without a dash of its own): namespaceSelector:
            {matchLabels: {kubernetes.io/metadata.name: shop}}; if the pods are still to come, the peer takes effect
            with the first of them.
            """);
    }

    @Test
    void inTheWrongNamespaces() {
        assertThat(Shop.CLUSTER.assess(create(admitting(namespaces("team=data", "app=prometheus")))))
                .read("""
                    warning, Warn, spec.ingress[0].from[0].podSelector
                    peer-matches-nothing: ingress[0].from[0] matches no pod in namespaces with team=data; such pods run in monitoring
                    This peer opens nothing. If the pods in monitoring are meant, select their namespace: namespaceSelector:
                    {matchLabels: {kubernetes.io/metadata.name: monitoring}}; if the pods are still to come, the peer takes
                    effect with the first of them.
                    """);
    }

    @Test
    void nothingLikeIt() {
        assertThat(Shop.CLUSTER.assess(create(admitting(namespaces("", "app=billing")))))
                .read("""
                    warning, Warn, spec.ingress[0].from[0].podSelector
                    peer-matches-nothing: orders-ingress: ingress[0].from[0] matches no pod of any namespace: app=billing
                    This peer opens nothing. Compare the selector with the labels that the pods carry; if the pods are still
                    to come, the peer takes effect with the first of them.
                    """);
    }

    @Test
    void namesEachPeerByItsPlace() {
        PolicyPart policy = policy("shop/orders-ingress")
                .selects("app=orders")
                .ingress(from("app=checkout"), from("app=billing"), tcp(8080))
                .ingress(from("app=stock"), tcp(8080));

        assertThat(Shop.CLUSTER.assess(create(policy)))
                .areAt(
                        "peer-matches-nothing spec.ingress[0].from[1].podSelector",
                        "peer-matches-nothing spec.ingress[1].from[0].podSelector");
    }

    static Stream<Arguments> lookAlikes() {
        return Stream.of(
                Arguments.of("P6: all pods of the own namespace", Shop.CLUSTER, admitting(from(""))),
                Arguments.of("P5: all pods of the cluster", Shop.CLUSTER, admitting(namespaces(""))),
                Arguments.of(
                        "P2: all pods of a namespace that has none yet",
                        Shop.with(namespace("fresh", "team=fresh")),
                        admitting(namespaces("team=fresh"))),
                Arguments.of(
                        "P3: such pods in such namespaces",
                        Shop.CLUSTER,
                        admitting(namespaces("team=platform", "app=prometheus"))),
                Arguments.of("pods that volunteer", Shop.CLUSTER, admitting(from("orders-client=true"))),
                Arguments.of("pods that volunteer by a key", Shop.CLUSTER, admitting(namespaces("", "orders-client"))),
                Arguments.of("P10: what is not there", Shop.CLUSTER, admitting(from("!legacy"))),
                Arguments.of("one of two values", Shop.CLUSTER, admitting(from("app in (checkout,billing)"))),
                Arguments.of(
                        "a namespace of which a folder of manifests knows nothing but the name",
                        TestCluster.with(
                                namespace("shop", "team=shop"),
                                namespace("monitoring", "team=platform"),
                                pods("shop", "app=orders").port("http", 8080)),
                        admitting(namespaces("team=platform", "app=prometheus"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lookAlikes")
    void saysNothing(String why, TestCluster cluster, PolicyPart policy) {
        assertThat(cluster.assess(create(policy))).areNone();
    }
}
