package dev.flowguard.assess.finding;

import static dev.flowguard.assess.finding.FindingsAssert.assertThat;
import static dev.flowguard.testing.Given.create;
import static dev.flowguard.testing.Given.from;
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

class NotEnforcedByCniTest {
    private static final PolicyPart POLICY =
            policy("shop/orders-ingress").selects("app=orders").ingress(from("app=checkout"), tcp(8080, 8090));

    @Test
    void nothingAtAll() {
        assertThat(Shop.CLUSTER.on("flannel").assess(create(POLICY))).read("""
                warning, Warn, spec
                not-enforced-by-cni: orders-ingress: flannel does not enforce NetworkPolicies, so this one has no effect
                The API server stores the policy, and nobody carries it out: every pod still reaches every other.
                Install a network plugin that enforces NetworkPolicies, or set flowguard.cni if there is one already.
                """);
    }

    @Test
    @DisplayName("Q8: endPort")
    void endPort() {
        assertThat(Shop.CLUSTER.on("azure-npm").assess(create(POLICY))).read("""
                warning, Warn, spec.ingress[0].ports[0].endPort
                not-enforced-by-cni: orders-ingress: ingress[0].ports[0]: azure-npm ignores endPort and opens only 8080
                azure-npm does not support endPort: it opens port 8080 and none of the others up to 8090. Write an entry
                for each port that is needed.
                """);
    }

    @Test
    void namedPorts() {
        PolicyPart named =
                policy("shop/orders-ingress").selects("app=orders").ingress(from("app=checkout"), tcp("http"));

        assertThat(Shop.CLUSTER.on("weave").assess(create(named))).read("""
                warning, Warn, spec.ingress[0].ports[0].port
                not-enforced-by-cni: orders-ingress: ingress[0].ports[0]: weave does not support the named port http
                weave does not support named ports: "http" may open nothing. Write the number of the port on the pod.
                """);
    }

    static Stream<Arguments> lookAlikes() {
        return Stream.of(
                Arguments.of("a plugin that enforces", Shop.CLUSTER, POLICY),
                Arguments.of("no plugin is recognised", Shop.CLUSTER.on("generic"), POLICY),
                Arguments.of(
                        "Q6: endPort equal to port",
                        Shop.CLUSTER.on("azure-npm"),
                        policy("shop/p").selects("app=orders").ingress(from("app=checkout"), tcp(8080, 8080))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lookAlikes")
    void saysNothing(String why, TestCluster cluster, PolicyPart policy) {
        assertThat(cluster.assess(create(policy))).areNone();
    }
}
