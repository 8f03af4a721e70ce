package dev.flowguard.assess.finding;

import static dev.flowguard.assess.finding.FindingsAssert.assertThat;
import static dev.flowguard.testing.Given.create;
import static dev.flowguard.testing.Given.from;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.tcp;
import static dev.flowguard.testing.Given.to;
import static dev.flowguard.testing.Given.unknownField;

import dev.flowguard.testing.PolicyPart;
import dev.flowguard.testing.TestCluster;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ShadowedRuleTest {
    private static PolicyPart orders() {
        return policy("shop/orders-ingress").selects("app=orders");
    }

    @Test
    void besideAWiderRule() {
        PolicyPart policy = orders().ingress(from("app=checkout"), tcp(8080)).ingress(from(""), tcp(8080), tcp(9090));

        assertThat(Shop.CLUSTER.assess(create(policy))).read("""
                note, Warn, spec.ingress[0]
                shadowed-rule: orders-ingress: ingress[0] adds nothing to ingress[1], and rules never restrict one another
                Everything that this rule allows is also allowed by ingress[1]. Rules are a union, so this one restricts
                nothing. Remove it, or narrow what makes it superfluous.
                """);
    }

    @Test
    void ofTwoThatSayTheSameTheSecond() {
        PolicyPart policy = orders().ingress(from("app=checkout"), tcp(8080)).ingress(from("app=checkout"), tcp(8080));

        assertThat(Shop.CLUSTER.assess(create(policy))).areAt("shadowed-rule spec.ingress[1]");
    }

    @Test
    void besideTwoRulesThatCoverItTogether() {
        PolicyPart policy = orders().ingress(from("app=checkout"), tcp(8080))
                .ingress(from("app=storefront"), tcp(8080))
                .ingress(from("app=storefront"), from("app=checkout"), tcp(8080));

        assertThat(Shop.CLUSTER.assess(create(policy))).areAt("shadowed-rule spec.ingress[2]");
    }

    static Stream<Arguments> lookAlikes() {
        return Stream.of(
                Arguments.of(
                        "another port",
                        Shop.CLUSTER,
                        orders().ingress(from("app=checkout"), tcp(8080)).ingress(from(""), tcp(9090))),
                Arguments.of(
                        "another peer",
                        Shop.CLUSTER,
                        orders().ingress(from("app=checkout"), tcp(8080)).ingress(from("app=storefront"), tcp(8080))),
                Arguments.of(
                        "overlapping, neither within the other",
                        Shop.CLUSTER,
                        orders().ingress(from("app=checkout"), tcp(8080), tcp(9090))
                                .ingress(from(""), tcp(8080))),
                Arguments.of(
                        "the other direction",
                        Shop.with(Shop.ALLOW_DNS),
                        orders().ingress(from("app=checkout"), tcp(8080)).egress(to("app=checkout"), tcp(8080))),
                Arguments.of(
                        "beside a rule that is not understood",
                        Shop.CLUSTER,
                        orders().ingress(from("app=checkout"), tcp(8080))
                                .ingress(from(""), unknownField("ingress[1].future"))),
                Arguments.of(
                        "Q8: a range that the plugin does not open",
                        Shop.CLUSTER,
                        orders().ingress(from("app=checkout"), tcp("http"))
                                .ingress(from("app=checkout"), tcp(8000, 9000))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lookAlikes")
    void saysNothing(String why, TestCluster cluster, PolicyPart policy) {
        assertThat(cluster.assess(create(policy))).haveNone("shadowed-rule");
    }
}
