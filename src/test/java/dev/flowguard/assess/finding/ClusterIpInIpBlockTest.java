package dev.flowguard.assess.finding;

import static dev.flowguard.assess.finding.FindingsAssert.assertThat;
import static dev.flowguard.testing.Given.block;
import static dev.flowguard.testing.Given.create;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.service;
import static dev.flowguard.testing.Given.tcp;
import static dev.flowguard.testing.Given.udp;

import dev.flowguard.testing.PolicyPart;
import dev.flowguard.testing.PolicyPart.Term;
import dev.flowguard.testing.TestCluster;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClusterIpInIpBlockTest {
    private static PolicyPart egress(String cidr, Term port) {
        return policy("shop/orders-egress").selects("app=orders").egress(block(cidr), port);
    }

    private static TestCluster cluster() {
        return Shop.with(Shop.ALLOW_DNS);
    }

    @Test
    void theDnsService() {
        assertThat(cluster().assess(create(egress("10.96.0.10/32", udp(53))))).read("""
            error, Warn, spec.egress[0].to[0].ipBlock.cidr
            cluster-ip-in-ip-block: orders-egress: egress[0].to[0]: 10.96.0.10/32 is a ClusterIP; it opens nothing
            10.96.0.10/32 is the ClusterIP of Service kube-system/kube-dns, and the block opens nothing: a ClusterIP
            is translated to the address of a pod before policies are applied. Select the pods behind the Service,
            with their own ports: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}},
            podSelector: {matchLabels: {k8s-app: kube-dns}}}
            """);
    }

    @Test
    void theApiServer() {
        assertThat(cluster().assess(create(egress("10.96.0.1/32", tcp(443))))).read("""
            error, Warn, spec.egress[0].to[0].ipBlock.cidr
            cluster-ip-in-ip-block: egress[0].to[0]: 10.96.0.1/32 is the ClusterIP of Service default/kubernetes; it opens nothing
            10.96.0.1/32 is the ClusterIP of Service default/kubernetes, and the block opens nothing: a ClusterIP is
            translated to the address of a pod before policies are applied. Write the addresses behind the Service:
            192.168.10.10/32.
            """);
    }

    @Test
    void theRangeOfClusterIps() {
        assertThat(cluster().assess(create(egress("10.96.0.0/12", udp(53))))).read("""
            error, Warn, spec.egress[0].to[0].ipBlock.cidr
            cluster-ip-in-ip-block: orders-egress: egress[0].to[0]: 10.96.0.0/12 is a range of ClusterIPs; it opens nothing
            10.96.0.0/12 is a range of ClusterIPs, that of Service kube-system/kube-dns among them, and the block
            opens nothing: a ClusterIP is translated to the address of a pod before policies are applied. Select the
            pods behind the Services that are meant, with their own ports; for kube-system/kube-dns:
            {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}, podSelector:
            {matchLabels: {k8s-app: kube-dns}}}
            """);
    }

    @Test
    void aServiceOfAnotherNamespace() {
        TestCluster more = cluster()
                .and(service("data/postgres")
                        .selects("app=postgres")
                        .clusterIp("10.96.30.5")
                        .port(5432, 5432));

        assertThat(more.assess(create(egress("10.96.30.5/32", tcp(5432)))))
                .have("cluster-ip-in-ip-block: egress[0].to[0]: 10.96.30.5/32 is the ClusterIP of Service"
                        + " data/postgres; it opens nothing");
    }

    @Test
    void asASender() {
        PolicyPart policy =
                policy("shop/orders-ingress").selects("app=orders").ingress(block("10.96.20.3/32"), tcp(8080));

        assertThat(cluster().assess(create(policy))).read("""
            error, Warn, spec.ingress[0].from[0].ipBlock.cidr
            cluster-ip-in-ip-block: ingress[0].from[0]: 10.96.20.3/32 is the ClusterIP of Service shop/orders; it opens nothing
            10.96.20.3/32 is the ClusterIP of Service shop/orders, and the block opens nothing: nobody sends from a
            ClusterIP. Select the pods behind the Service, with their own ports: {namespaceSelector: {matchLabels:
            {kubernetes.io/metadata.name: shop}}, podSelector: {matchLabels: {app: orders}}}
            """);
    }

    @Test
    void whereThePluginIsNotKnown() {
        assertThat(cluster().on("generic").assess(create(egress("10.96.0.10/32", udp(53)))))
                .have("cluster-ip-in-ip-block: orders-egress: egress[0].to[0]: 10.96.0.10/32 is a ClusterIP; few"
                        + " plugins match it");
    }

    static Stream<Arguments> lookAlikes() {
        return Stream.of(
                Arguments.of("B7: everywhere", cluster(), egress("0.0.0.0/0", tcp(443))),
                Arguments.of("all private addresses", cluster(), egress("10.0.0.0/8", tcp(443))),
                Arguments.of("an address outside", cluster(), egress("203.0.113.10/32", tcp(443))),
                Arguments.of("a block outside", cluster(), egress("203.0.113.0/24", tcp(443))),
                Arguments.of("a block of nodes", cluster(), egress("192.168.10.0/24", tcp(6443))),
                Arguments.of(
                        "everywhere but the ClusterIPs",
                        cluster(),
                        policy("shop/p").selects("app=orders").egress(block("0.0.0.0/0", "10.96.0.0/12"), tcp(443))),
                Arguments.of("a block in which no Service is known", cluster(), egress("10.97.0.0/16", tcp(443))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lookAlikes")
    void saysNothing(String why, TestCluster cluster, PolicyPart policy) {
        assertThat(cluster.assess(create(policy))).areNone();
    }
}
