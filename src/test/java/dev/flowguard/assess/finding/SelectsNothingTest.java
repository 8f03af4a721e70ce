package dev.flowguard.assess.finding;

import static dev.flowguard.assess.finding.FindingsAssert.assertThat;
import static dev.flowguard.testing.Given.create;
import static dev.flowguard.testing.Given.from;
import static dev.flowguard.testing.Given.namespace;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.tcp;

import dev.flowguard.cluster.object.PerPodLabels;
import dev.flowguard.policy.Labels;
import dev.flowguard.testing.PolicyPart;
import dev.flowguard.testing.TestCluster;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SelectsNothingTest {
    private static PolicyPart selecting(String pods) {
        return policy("shop/orders-ingress").selects(pods).ingress(from("app=checkout"), tcp(8080));
    }

    @Test
    void aLetterTooFew() {
        assertThat(Shop.CLUSTER.assess(create(selecting("app=order")))).read("""
                warning, Warn, spec.podSelector
                selects-nothing: orders-ingress: no pod in shop has app=order; did you mean app=orders?
                The policy has no effect: it isolates no pod and allows nothing. Pods of shop carry app=orders. If those
                are meant, correct the selector; if the pods are still to come, the policy takes effect with the first
                of them.
                """);
    }

    @ParameterizedTest(name = "{0} for {1}")
    @CsvSource({
        "app=order, app=orders",
        "app=oders, app=orders",
        "app=ordres, app=orders",
        "app=Orders, app=orders",
        "app=storefornt, app=storefront",
        "apps=orders, app=orders",
        "tier=orders, app=orders",
        "app=orders-api, app=orders",
        "payment-cleint=true, payment-client=true",
    })
    void whatWasMeant(String written, String meant) {
        assertThat(Shop.with(pods("shop", "app=cart,payment-client=true")).assess(create(selecting(written))))
                .have("selects-nothing: orders-ingress: no pod in shop has " + written + "; did you mean " + meant
                        + "?");
    }

    @Test
    void nothingLikeIt() {
        assertThat(Shop.CLUSTER.assess(create(selecting("app=billing")))).read("""
                warning, Warn, spec.podSelector
                selects-nothing: orders-ingress: no pod in shop has app=billing
                The policy has no effect: it isolates no pod and allows nothing. Compare the selector with the labels
                that the pods carry; if the pods are still to come, the policy takes effect with the first of them.
                """);
    }

    @Test
    void inSeveralOtherNamespaces() {
        TestCluster stages = Shop.with(pods("stage-1", "app=billing"), pods("stage-2", "app=billing"));

        assertThat(stages.assess(create(selecting("app=billing")))).read("""
                warning, Warn, spec.podSelector
                selects-nothing: orders-ingress: no pod in shop has app=billing; such pods run in stage-1 and stage-2
                The policy has no effect: it isolates no pod and allows nothing. A policy selects pods of its own
                namespace only. If it is meant for those in stage-1 and stage-2, it belongs there; if the pods are still
                to come, the policy takes effect with the first of them.
                """);
    }

    @Test
    @DisplayName("I21: the policy arrives before any workload: a note that never rejects")
    void beforeAnyWorkload() {
        TestCluster empty = Shop.with(namespace("fresh", "team=fresh"));
        PolicyPart policy =
                policy("fresh/billing-ingress").selects("app=billing").ingress(tcp(8080));

        assertThat(empty.assess(create(policy))).read("""
                note, Warn, spec.podSelector
                selects-nothing: billing-ingress: no pod in fresh has app=billing
                The policy has no effect: it isolates no pod and allows nothing. There are no pods yet; if the pods are
                still to come, the policy takes effect with the first of them.
                """);
    }

    static Stream<Arguments> lookAlikes() {
        return Stream.of(
                Arguments.of(
                        "I17: an empty selector, with pods",
                        Shop.CLUSTER,
                        policy("shop/p").ingress(from(""), tcp(8080))),
                Arguments.of(
                        "I17: an empty selector, without pods",
                        Shop.with(namespace("fresh", "team=fresh")),
                        policy("fresh/default-deny").isolatesIngress()),
                Arguments.of("pods that volunteer, of which there is none", Shop.CLUSTER, selecting("quarantine=true")),
                Arguments.of(
                        "pods that volunteer, and do so elsewhere",
                        Shop.with(pods("data", "quarantine=true")),
                        selecting("quarantine=true")),
                Arguments.of("P11: labels and expressions", Shop.CLUSTER, selecting("app in (orders),!legacy")),
                Arguments.of("one of two values", Shop.CLUSTER, selecting("app in (orders,billing)")),
                Arguments.of(
                        "N7: a template without pods",
                        Shop.with(pods("shop", "app=billing").port("http", 8080)),
                        selecting("app=billing")),
                Arguments.of(
                        "N8: a label that only the controller sets",
                        Shop.with(pods("shop", "app=db")
                                .of("StatefulSet", "db")
                                .port("http", 8080)
                                .labelledOneByOne(new PerPodLabels.Ordinals("db", 0, 2))),
                        selecting("statefulset.kubernetes.io/pod-name=db-1")),
                Arguments.of(
                        "N8: a label that only one pod has",
                        Shop.with(pods("shop", "app=cache")
                                .port("http", 8080)
                                .livePod(Labels.of(Map.of("pod-template-hash", "abc")), "10.244.1.50")),
                        selecting("pod-template-hash=abc")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lookAlikes")
    void saysNothing(String why, TestCluster cluster, PolicyPart policy) {
        assertThat(cluster.assess(create(policy))).areNone();
    }
}
