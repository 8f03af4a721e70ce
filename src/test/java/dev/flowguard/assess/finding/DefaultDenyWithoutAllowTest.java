package dev.flowguard.assess.finding;

import static dev.flowguard.assess.finding.FindingsAssert.assertThat;
import static dev.flowguard.testing.Given.create;
import static dev.flowguard.testing.Given.from;
import static dev.flowguard.testing.Given.namespace;
import static dev.flowguard.testing.Given.otherPolicy;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.tcp;

import dev.flowguard.testing.PolicyPart;
import dev.flowguard.testing.TestCluster;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DefaultDenyWithoutAllowTest {
    @Test
    void bothDirections() {
        assertThat(Shop.CLUSTER.assess(
                        create(policy("shop/default-deny").isolatesIngress().isolatesEgress())))
                .read("""
                error, Warn, spec.policyTypes
                dns-egress-cut: default-deny: cuts off checkout, orders and storefront from DNS over UDP and TCP
                checkout, orders and storefront may send only what egress rules allow, and no rule of a policy in force
                reaches the cluster's DNS over UDP and TCP. Names do not resolve there, so connections by name fail
                before they begin. Add to this policy, or to one that selects all pods of shop: egress: [{to:
                [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}, podSelector:
                {matchLabels: {k8s-app: kube-dns}}}], ports: [{protocol: UDP, port: 53}, {protocol: TCP, port: 53}]}]

                warning, Warn, spec.policyTypes
                default-deny-without-allow: denies all ingress and egress of all 3 workloads, and no policy in shop allows any
                No policy in shop allows any ingress and egress yet, so all of it is cut for checkout, orders and
                storefront. Apply the policies that allow what is needed first, then this one; policies are a union, so
                each may be applied on its own.
                """);
    }

    @Test
    void oneWorkload() {
        assertThat(Shop.CLUSTER.assess(create(policy("monitoring/default-deny").isolatesIngress())))
                .have(
                        "default-deny-without-allow: default-deny: denies all ingress of prometheus, and no policy in monitoring"
                                + " allows any");
    }

    @Test
    void allowsForTheOtherDirectionDoNotCount() {
        assertThat(Shop.with(Shop.ALLOW_DNS)
                        .assess(create(
                                policy("shop/default-deny").isolatesIngress().isolatesEgress())))
                .have(
                        "default-deny-without-allow: default-deny: denies all ingress of all 3 workloads, and no policy in shop"
                                + " allows any");
    }

    @Test
    void allowsForNobodyDoNotCount() {
        TestCluster cluster = Shop.with(policy("shop/old").selects("app=gone").ingress(tcp(8080)));

        assertThat(cluster.assess(create(policy("shop/default-deny").isolatesIngress())))
                .areAt("default-deny-without-allow spec.policyTypes");
    }

    static Stream<Arguments> lookAlikes() {
        PolicyPart deny = policy("shop/default-deny").isolatesIngress();
        return Stream.of(
                Arguments.of(
                        "accompanied by an allow",
                        Shop.with(policy("shop/allow").selects("app=orders").ingress(from("app=checkout"), tcp(8080))),
                        deny),
                Arguments.of(
                        "a namespace without workloads",
                        Shop.with(namespace("fresh", "team=fresh")),
                        policy("fresh/default-deny").isolatesIngress().isolatesEgress()),
                Arguments.of(
                        "ingress where nobody expects to be reached",
                        Shop.with(pods("batch", "app=report")),
                        policy("batch/default-deny").isolatesIngress()),
                Arguments.of(
                        "one application in quarantine",
                        Shop.CLUSTER,
                        policy("shop/quarantine").selects("app=orders").isolatesIngress()),
                Arguments.of(
                        "allows of another kind of policy",
                        Shop.with(otherPolicy("CiliumNetworkPolicy", "shop", "allow")),
                        deny),
                Arguments.of(
                        "an allow that is not understood",
                        Shop.with(policy("shop/future").withUnknownField("spec.future")),
                        deny));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lookAlikes")
    void saysNothing(String why, TestCluster cluster, PolicyPart policy) {
        assertThat(cluster.assess(create(policy))).areNone();
    }
}
