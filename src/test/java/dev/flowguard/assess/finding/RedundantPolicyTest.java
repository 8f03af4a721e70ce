package dev.flowguard.assess.finding;

import static dev.flowguard.assess.finding.FindingsAssert.assertThat;
import static dev.flowguard.testing.Given.create;
import static dev.flowguard.testing.Given.from;
import static dev.flowguard.testing.Given.namespaces;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.tcp;
import static dev.flowguard.testing.Given.to;

import dev.flowguard.testing.PolicyPart;
import dev.flowguard.testing.TestCluster;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RedundantPolicyTest {
    private static final PolicyPart CHECKOUT_INGRESS = policy("shop/checkout-ingress")
            .selects("app=checkout")
            .ingress(namespaces("team=platform"), from("app=storefront"), tcp("http"));

    @Test
    @DisplayName("I11: a second, narrower policy takes nothing away from the first")
    void narrower() {
        PolicyPart policy =
                policy("shop/only-storefront").selects("app=checkout").ingress(from("app=storefront"), tcp("http"));

        assertThat(Shop.with(CHECKOUT_INGRESS).assess(create(policy))).read("""
                note, Warn, spec
                redundant-policy: only-storefront: adds nothing to checkout-ingress, and policies never restrict one another
                The policy changes nothing: for the pods it selects, all that it allows is already allowed by
                checkout-ingress. If it was meant to restrict them, it does not: policies are a union, so narrow the
                other policy. Otherwise remove it.
                """);
    }

    @Test
    void allowedByTwoOthersTogether() {
        PolicyPart policy = policy("shop/both")
                .selects("app=orders")
                .ingress(from("app=checkout"), from("app=storefront"), tcp(8080));
        TestCluster cluster = Shop.with(
                policy("shop/one").ingress(from("app=checkout"), tcp(8080)),
                policy("shop/two")
                        .selects("app=orders")
                        .ingress(from("app in (storefront,checkout)"), tcp(8000, 8100)));

        assertThat(cluster.assess(create(policy)))
                .have("redundant-policy: both: adds nothing to two, and policies never restrict one another");
    }

    @Test
    void ofTwoThatSayTheSameTheLaterOne() {
        TestCluster twice = Shop.with(
                policy("shop/a").selects("app=orders").ingress(from("app=checkout"), tcp(8080)),
                policy("shop/b").selects("app=orders").ingress(from("app=checkout"), tcp(8080)));

        assertThat(Findings.inForce(twice.snapshot(), FindingLevels.USUAL)).areAt("redundant-policy spec");
        assertThat(Findings.inForce(twice.snapshot(), FindingLevels.USUAL))
                .have("redundant-policy: b: adds nothing to a, and policies never restrict one another");
    }

    static Stream<Arguments> lookAlikes() {
        PolicyPart deny = policy("shop/default-deny").isolatesIngress();
        return Stream.of(
                Arguments.of(
                        "another port",
                        Shop.with(CHECKOUT_INGRESS),
                        policy("shop/p").selects("app=checkout").ingress(from("app=storefront"), tcp("metrics"))),
                Arguments.of(
                        "another peer",
                        Shop.with(CHECKOUT_INGRESS),
                        policy("shop/p").selects("app=checkout").ingress(from("app=orders"), tcp("http"))),
                Arguments.of(
                        "other pods",
                        Shop.with(CHECKOUT_INGRESS),
                        policy("shop/p")
                                .selects("app in (checkout,storefront)")
                                .ingress(from("app=storefront"), tcp("http"))),
                Arguments.of(
                        "the same pods today, others tomorrow",
                        Shop.with(policy("shop/wide")
                                .selects("app notin (orders,storefront)")
                                .ingress(from("app=storefront"), tcp("http"))),
                        policy("shop/p").selects("app!=orders").ingress(from("app=storefront"), tcp("http"))),
                Arguments.of("a default-deny where every pod is isolated already", Shop.with(CHECKOUT_INGRESS), deny),
                Arguments.of("the first allow beside a default-deny", Shop.with(deny), CHECKOUT_INGRESS),
                Arguments.of(
                        "it isolates egress as well",
                        Shop.with(CHECKOUT_INGRESS, Shop.ALLOW_DNS),
                        policy("shop/p")
                                .selects("app=checkout")
                                .ingress(from("app=storefront"), tcp("http"))
                                .egress(to("app=orders"), tcp(8080))),
                Arguments.of(
                        "a wider one that is not understood",
                        Shop.with(policy("shop/w").withUnknownField("spec.x").ingress()),
                        CHECKOUT_INGRESS));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lookAlikes")
    void saysNothing(String why, TestCluster cluster, PolicyPart policy) {
        assertThat(cluster.assess(create(policy))).areNone();
    }
}
