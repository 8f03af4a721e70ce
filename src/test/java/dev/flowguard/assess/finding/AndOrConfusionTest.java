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

class AndOrConfusionTest {
    private static PolicyPart checkoutAdmits(Term... peers) {
        PolicyPart policy = policy("shop/checkout-ingress").selects("app=checkout");
        return policy.ingress(
                Stream.concat(Stream.of(peers), Stream.of(tcp("http"))).toArray(Term[]::new));
    }

    private static PolicyPart postgresAdmits(Term... peers) {
        PolicyPart policy = policy("data/postgres-ingress").selects("app=postgres");
        return policy.ingress(
                Stream.concat(Stream.of(peers), Stream.of(tcp(5432))).toArray(Term[]::new));
    }

    @Test
    void aDashIsMissing() {
        assertThat(Shop.CLUSTER.assess(create(checkoutAdmits(namespaces("team=platform", "app=storefront")))))
                .read("""
                    warning, Warn, spec.ingress[0].from[0]
                    and-or-confusion: checkout-ingress: ingress[0].from[0] matches nothing; is a dash missing before podSelector?
                    Under one dash the two selectors mean pods with app=storefront in namespaces with team=platform, and
                    there are none. Pods with app=storefront run in shop, the policy's own namespace. If either was meant,
                    give podSelector a dash of its own: from: [{namespaceSelector: {matchLabels: {team: platform}}},
                    {podSelector: {matchLabels: {app: storefront}}}]
                    """);
    }

    @Test
    void aDashTooMany() {
        assertThat(Shop.CLUSTER.assess(create(postgresAdmits(namespaces("team=shop"), from("app=orders")))))
                .read("""
                    warning, Warn, spec.ingress[0].from[1]
                    and-or-confusion: ingress[0].from[1] should probably be one peer with [0]: a dash too many opens whole namespaces
                    Under a dash each, the two selectors mean every pod in namespaces with team=shop, or pods with
                    app=orders in the policy's own namespace, where there are none. So the rule is wider than it looks. If
                    pods with app=orders in those namespaces were meant, make it one peer: from: [{namespaceSelector:
                    {matchLabels: {team: shop}}, podSelector: {matchLabels: {app: orders}}}]
                    """);
    }

    @Test
    void aDashTooManyBesideAllNamespaces() {
        assertThat(Shop.CLUSTER.assess(create(postgresAdmits(namespaces(""), from("app in (orders,checkout)")))))
                .read("""
                    warning, Warn, spec.ingress[0].from[1]
                    and-or-confusion: ingress[0].from[1] should probably be one peer with [0]: a dash too many opens whole namespaces
                    Under a dash each, the two selectors mean every pod in all namespaces, or pods with app in
                    (checkout,orders) in the policy's own namespace, where there are none. So the rule is wider than it
                    looks. If pods with app in (checkout,orders) in those namespaces were meant, make it one peer: from:
                    [{namespaceSelector: {}, podSelector: {matchExpressions: [{key: app, operator: In, values: [checkout,
                    orders]}]}}]
                    """);
    }

    @Test
    void aDashTooManyTheOtherWayRound() {
        assertThat(Shop.CLUSTER.assess(create(postgresAdmits(from("app=orders"), namespaces("team=shop")))))
                .areAt("and-or-confusion spec.ingress[0].from[0]");
    }

    static Stream<Arguments> lookAlikes() {
        return Stream.of(
                Arguments.of(
                        "either, and both are there",
                        Shop.CLUSTER,
                        checkoutAdmits(namespaces("team=platform"), from("app=storefront"))),
                Arguments.of(
                        "both, and there are such",
                        Shop.CLUSTER,
                        checkoutAdmits(namespaces("team=platform", "app=prometheus"))),
                Arguments.of(
                        "both, in all namespaces, the own one among them",
                        Shop.CLUSTER,
                        checkoutAdmits(namespaces("", "app=storefront"))),
                Arguments.of(
                        "either, where such pods run in both places",
                        Shop.with(pods("monitoring", "app=storefront").port("http", 8080)),
                        checkoutAdmits(namespaces("team=platform"), from("app=storefront"))),
                Arguments.of(
                        "two namespaces",
                        Shop.CLUSTER,
                        checkoutAdmits(namespaces("team=platform"), namespaces("team=data"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lookAlikes")
    void saysNothing(String why, TestCluster cluster, PolicyPart policy) {
        assertThat(cluster.assess(create(policy))).areNone();
    }

    @Test
    void leavesToOthersWhatADashDoesNotExplain() {
        assertThat(Shop.CLUSTER.assess(create(checkoutAdmits(namespaces("team=platform"), from("app=billing")))))
                .areAt("peer-matches-nothing spec.ingress[0].from[1].podSelector");
        assertThat(Shop.with(namespace("fresh", "team=fresh"))
                        .assess(create(checkoutAdmits(namespaces("team=fresh", "app=storefront")))))
                .areAt("peer-matches-nothing spec.ingress[0].from[0].podSelector");
    }
}
