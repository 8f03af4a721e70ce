package dev.flowguard.assess.finding;

import static dev.flowguard.assess.finding.FindingsAssert.assertThat;
import static dev.flowguard.testing.Given.create;
import static dev.flowguard.testing.Given.namespaces;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.tcp;

import dev.flowguard.cluster.object.NamedPort.Container;
import dev.flowguard.net.Protocol;
import dev.flowguard.testing.PolicyPart;
import dev.flowguard.testing.TestCluster;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NamedPortAmbiguousTest {
    private static final PolicyPart METRICS =
            policy("shop/metrics").selects("app=proxied").ingress(namespaces("team=platform"), tcp("metrics"));

    @Test
    @DisplayName("Q13: two containers of one pod")
    void twoContainers() {
        TestCluster cluster =
                Shop.with(pods("shop", "app=proxied").port("metrics", 9090).port("metrics", 15090));

        assertThat(cluster.assess(create(METRICS))).read("""
                warning, Warn, spec.ingress[0].ports[0].port
                named-port-ambiguous: metrics: ingress[0].ports[0]: metrics is both 9090 and 15090 on proxied
                Containers of proxied give the name metrics to 9090 and 15090, and which of them the rule opens is left
                to the network plugin. Rename one of the ports, or write the number.
                """);
    }

    static Stream<Arguments> lookAlikes() {
        return Stream.of(
                Arguments.of(
                        "Q12: another number on another pod",
                        Shop.with(
                                pods("shop", "app=proxied")
                                        .of("Deployment", "one")
                                        .port("metrics", 9090),
                                pods("shop", "app=proxied")
                                        .of("Deployment", "two")
                                        .port("metrics", 9091)),
                        METRICS),
                Arguments.of(
                        "Q13: another protocol",
                        Shop.with(pods("shop", "app=proxied")
                                .port("metrics", 9090)
                                .port("metrics", 8125, Protocol.UDP)),
                        METRICS),
                Arguments.of(
                        "the same number twice",
                        Shop.with(pods("shop", "app=proxied")
                                .port("metrics", 9090)
                                .port("metrics", 9090)),
                        METRICS),
                Arguments.of(
                        "Q14: in a plain init container, which this plugin does not ask",
                        Shop.with(pods("shop", "app=proxied")
                                        .port("metrics", 9090)
                                        .port("metrics", 9999, Protocol.TCP, Container.INIT))
                                .on("cilium"),
                        METRICS));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lookAlikes")
    void saysNothing(String why, TestCluster cluster, PolicyPart policy) {
        assertThat(cluster.assess(create(policy))).areNone();
    }
}
