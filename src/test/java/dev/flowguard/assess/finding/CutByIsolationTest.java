package dev.flowguard.assess.finding;

import static dev.flowguard.assess.finding.FindingsAssert.assertThat;
import static dev.flowguard.testing.Given.create;
import static dev.flowguard.testing.Given.from;
import static dev.flowguard.testing.Given.namespaces;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.service;
import static dev.flowguard.testing.Given.tcp;
import static dev.flowguard.testing.Given.udp;
import static dev.flowguard.testing.Given.webhook;

import dev.flowguard.net.Protocol;
import dev.flowguard.testing.PolicyPart;
import dev.flowguard.testing.TestCluster;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the isolation of pods cuts that others need: DNS, and webhooks. */
class CutByIsolationTest {
    private static final TestCluster WITHOUT_API = TestCluster.with(
            pods("hooks", "app=hook").port("webhook", 9443),
            service("hooks/hook").selects("app=hook").port("https", Protocol.TCP, 443, "webhook"),
            webhook("hook", "hooks/hook"));

    private static PolicyPart scrape() {
        return policy("kube-system/scrape")
                .selects("k8s-app=kube-dns")
                .ingress(namespaces("team=platform", "app=prometheus"), tcp(9153));
    }

    @Test
    @DisplayName("a policy that lets Prometheus scrape the DNS pods cuts everybody off from DNS")
    void dns() {
        assertThat(Shop.CLUSTER.assess(create(scrape())))
                .have("dns-ingress-cut: scrape: cuts off every pod from DNS over UDP and TCP");
    }

    static Stream<Arguments> dnsStays() {
        return Stream.of(
                Arguments.of(
                        "everybody is admitted beside",
                        Shop.CLUSTER,
                        policy("kube-system/scrape")
                                .selects("k8s-app=kube-dns")
                                .ingress(namespaces(""), udp(53), tcp(53))
                                .ingress(namespaces("team=platform"), tcp(9153))),
                Arguments.of(
                        "another policy admits everybody",
                        Shop.with(policy("kube-system/dns")
                                .selects("k8s-app=kube-dns")
                                .ingress(udp(53), tcp(53))),
                        scrape()),
                Arguments.of(
                        "it was cut before",
                        Shop.with(policy("kube-system/closed").isolatesIngress()),
                        scrape()),
                Arguments.of(
                        "other pods of the namespace",
                        Shop.with(pods("kube-system", "app=metrics-server").port("https", 4443)),
                        policy("kube-system/metrics")
                                .selects("app=metrics-server")
                                .ingress(tcp(4443))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dnsStays")
    void dnsStays(String why, TestCluster cluster, PolicyPart policy) {
        assertThat(cluster.assess(create(policy))).haveNone("dns-ingress-cut");
    }

    @Test
    @DisplayName("where the API server is not known, a webhook that only pods are let in to is cut off from it")
    void webhookOfNoPods() {
        assertThat(WITHOUT_API.assess(
                        create(policy("hooks/allow").selects("app=hook").ingress(from(""), tcp(9443)))))
                .have(
                        "webhook-cut: allow: cuts the API server from hook:9443 (implied by ValidatingWebhookConfiguration hook)");
    }

    static Stream<Arguments> webhookStays() {
        return Stream.of(
                Arguments.of(
                        "anybody may come",
                        policy("hooks/allow").selects("app=hook").ingress(tcp(9443))),
                Arguments.of(
                        "agents of the API server may come",
                        policy("hooks/allow").selects("app=hook").ingress(namespaces(""), tcp(9443))),
                Arguments.of(
                        "it is only about egress",
                        policy("hooks/allow").selects("app=hook").egress(tcp(443))),
                Arguments.of(
                        "others are isolated",
                        policy("hooks/allow").selects("app=other").ingress(from(""))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("webhookStays")
    void webhookStays(String why, PolicyPart policy) {
        assertThat(WITHOUT_API.assess(create(policy))).haveNone("webhook-cut");
    }
}
