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
import dev.flowguard.testing.TestCluster;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HostNetworkSelectedTest {
    private static final TestCluster CLUSTER = Shop.with(
            namespace("ingress", "team=edge"),
            pods("ingress", "app=controller").port("http", 80).onHostNetwork(),
            pods("shop", "app=agent").port("probe", 9100).onHostNetwork());

    @Test
    void aPolicyForThemAlone() {
        PolicyPart policy = policy("shop/agent-ingress").selects("app=agent").ingress(from("app=orders"), tcp(9100));

        assertThat(CLUSTER.assess(create(policy))).read("""
                warning, Warn, spec.podSelector
                host-network-selected: agent-ingress: it selects only hostNetwork pods (agent), which policies do not isolate
                The policy has no effect: all pods it selects (agent) use the network of their node (hostNetwork), where
                policies do not reach. Protect the node instead, or run the pods without hostNetwork.
                """);
    }

    @Test
    void aPeerThatMatchesThemAlone() {
        PolicyPart policy =
                policy("shop/orders-ingress").selects("app=orders").ingress(namespaces("team=edge"), tcp(8080));

        assertThat(CLUSTER.assess(create(policy))).read("""
                warning, Warn, spec.ingress[0].from[0]
                host-network-selected: ingress[0].from[0] matches only hostNetwork pods (controller); allow their nodes by ipBlock
                All pods that this peer matches (controller) use the network of their node (hostNetwork), so their
                traffic carries the node's address and most network plugins do not see it as theirs. Allow the addresses
                of the nodes with an ipBlock.
                """);
    }

    static Stream<Arguments> lookAlikes() {
        return Stream.of(
                Arguments.of(
                        "all pods of a namespace, some of them on the host network",
                        CLUSTER,
                        policy("shop/p").ingress(from(""), tcp(8080))),
                Arguments.of(
                        "both sorts of pods with one label",
                        CLUSTER.and(pods("shop", "app=agent")
                                .of("Deployment", "relay")
                                .port("probe", 9100)),
                        policy("shop/p").selects("app=agent").ingress(from("app=orders"), tcp(9100))),
                Arguments.of(
                        "all pods of the cluster",
                        CLUSTER,
                        policy("shop/p").selects("app=orders").ingress(namespaces(""), tcp(8080))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lookAlikes")
    void saysNothing(String why, TestCluster cluster, PolicyPart policy) {
        assertThat(cluster.assess(create(policy))).areNone();
    }
}
