package dev.flowguard.assess.finding;

import static dev.flowguard.assess.finding.FindingsAssert.assertThat;
import static dev.flowguard.testing.Given.block;
import static dev.flowguard.testing.Given.create;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.tcp;

import dev.flowguard.testing.PolicyPart;
import dev.flowguard.testing.TestCluster;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IpBlockCoversPodsTest {
    private static PolicyPart ingress(String cidr) {
        return policy("shop/orders-ingress").selects("app=orders").ingress(block(cidr), tcp(8080));
    }

    @Test
    void theAddressOfAPod() {
        assertThat(Shop.CLUSTER.assess(create(ingress("10.244.1.41/32")))).read("""
                warning, Warn, spec.ingress[0].from[0].ipBlock.cidr
                ip-block-covers-pods: orders-ingress: ingress[0].from[0]: 10.244.1.41 is a pod of data/postgres; select pods by label
                10.244.1.41 is the address of a pod of data/postgres, and will be another's when that pod is replaced.
                Select the pods: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: data}}, podSelector:
                {matchLabels: {app: postgres}}}
                """);
    }

    @Test
    @DisplayName("B4: the pod network, on a plugin that does not match pods by address")
    void thePodNetwork() {
        assertThat(Shop.CLUSTER.on("cilium").assess(create(ingress("10.244.0.0/16"))))
                .read("""
                warning, Warn, spec.ingress[0].from[0].ipBlock.cidr
                ip-block-covers-pods: ingress[0].from[0]: 10.244.0.0/16 holds pods, and cilium does not match pods by ipBlock
                10.244.0.0/16 holds addresses of pods, those of orders among them, and cilium does not match pods by
                ipBlock. Select pods by their labels, and all pods of the cluster by namespaceSelector: {}
                """);
    }

    @Test
    @DisplayName("B4: the pod network, where the plugin is not known")
    void whereThePluginIsNotKnown() {
        assertThat(Shop.CLUSTER.on("generic").assess(create(ingress("10.244.1.0/24"))))
                .have(
                        "ip-block-covers-pods: ingress[0].from[0]: 10.244.1.0/24 holds pods, and the network plugin may not match"
                                + " pods by ipBlock");
    }

    static Stream<Arguments> lookAlikes() {
        TestCluster cilium = Shop.CLUSTER.on("cilium");
        return Stream.of(
                Arguments.of(
                        "B4: the pod network, on a plugin that matches pods", Shop.CLUSTER, ingress("10.244.0.0/16")),
                Arguments.of("B7: everywhere", cilium, ingress("0.0.0.0/0")),
                Arguments.of("all private addresses", cilium, ingress("10.0.0.0/8")),
                Arguments.of("a node", cilium, ingress("192.168.10.11/32")),
                Arguments.of("an address outside", cilium, ingress("198.51.100.7/32")),
                Arguments.of(
                        "everywhere but the pods",
                        cilium,
                        policy("shop/p").selects("app=orders").ingress(block("0.0.0.0/0", "10.244.0.0/16"), tcp(8080))),
                Arguments.of(
                        "a pod on the host network has the address of its node",
                        Shop.with(pods("shop", "app=agent").onHostNetwork().ip("192.168.10.11")),
                        ingress("192.168.10.11/32")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lookAlikes")
    void saysNothing(String why, TestCluster cluster, PolicyPart policy) {
        assertThat(cluster.assess(create(policy))).areNone();
    }
}
