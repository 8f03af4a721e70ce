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

class IgnoredRulesTest {
    @Test
    @DisplayName("I5, the other way round: policyTypes [Ingress] with an egress section")
    void egress() {
        PolicyPart policy = policy("shop/database-clients")
                .selects("app=orders")
                .isolatesIngress()
                .idleEgress(namespaces("team=data", "app=postgres"), tcp(5432));

        assertThat(Shop.CLUSTER.assess(create(policy))).read("""
                error, Warn, spec.policyTypes
                egress-rules-ignored: database-clients: policyTypes does not list Egress, so its egress rules are ignored
                The egress section has no effect: the policy neither isolates its pods for egress nor allows what the
                rules say. Add Egress to policyTypes; from then on whatever no egress rule allows is cut. Or remove the
                section.
                """);
    }

    @Test
    @DisplayName("I5: policyTypes [Egress] with an ingress section")
    void ingress() {
        PolicyPart policy = policy("shop/orders-ingress")
                .selects("app=orders")
                .idleIngress(from("app=checkout"), tcp(8080))
                .egress(to(""));

        assertThat(Shop.with(Shop.ALLOW_DNS).assess(create(policy))).read("""
                error, Warn, spec.policyTypes
                ingress-rules-ignored: orders-ingress: policyTypes does not list Ingress, so its ingress rules are ignored
                The ingress section has no effect: the policy neither isolates its pods for ingress nor allows what the
                rules say. Add Ingress to policyTypes; from then on whatever no ingress rule allows is cut. Or remove
                the section.
                """);
    }

    static Stream<Arguments> lookAlikes() {
        return Stream.of(
                Arguments.of(
                        "I2: only ingress, in both",
                        Shop.CLUSTER,
                        policy("shop/p").selects("app=orders").ingress(from("app=checkout"), tcp(8080))),
                Arguments.of(
                        "I4: both, in both",
                        Shop.CLUSTER,
                        policy("shop/p")
                                .selects("app=orders")
                                .ingress(from("app=checkout"), tcp(8080))
                                .egress()),
                Arguments.of(
                        "I7: a type without rules",
                        Shop.CLUSTER,
                        policy("shop/p").selects("app=orders").isolatesIngress()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lookAlikes")
    void saysNothing(String why, TestCluster cluster, PolicyPart policy) {
        assertThat(cluster.assess(create(policy))).areNone();
    }
}
