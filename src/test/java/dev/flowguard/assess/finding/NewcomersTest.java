package dev.flowguard.assess.finding;

import static dev.flowguard.assess.finding.FindingsAssert.assertThat;
import static dev.flowguard.testing.Given.block;
import static dev.flowguard.testing.Given.create;
import static dev.flowguard.testing.Given.every;
import static dev.flowguard.testing.Given.from;
import static dev.flowguard.testing.Given.labelled;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.tcp;
import static dev.flowguard.testing.Given.unknownField;

import dev.flowguard.net.Protocol;
import dev.flowguard.testing.PolicyPart;
import dev.flowguard.testing.TestCluster;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes in the text of a policy that only show beside its other rules, or beside what is in the cluster. */
class NewcomersTest {
    private static final TestCluster JOBS = Shop.with(
            pods("shop", "app=php").of("Deployment", "php"),
            pods("shop", "batch=x").of("CronJob", "ticker"),
            labelled("CronJob", "shop/ticker", "component=cron"));

    static Stream<Arguments> said() {
        return Stream.of(
                Arguments.of(
                        "a second dash before ports opens a whole protocol",
                        Shop.CLUSTER,
                        policy("shop/web")
                                .selects("app=orders")
                                .ingress(from("app=checkout"))
                                .ingress(every(Protocol.TCP)),
                        "allows-everything: web: ingress[1] opens every TCP port to everybody, so that ingress[0] no longer matters"
                                + " for TCP"),
                Arguments.of(
                        "a peer that is part of another",
                        Shop.CLUSTER,
                        policy("shop/web")
                                .selects("app=orders")
                                .ingress(block("10.0.0.0/8"), block("10.1.0.0/16"), tcp(8080)),
                        "shadowed-peer: web: ingress[0].from[1] adds nothing to from[0] beside it, and peers never restrict one"
                                + " another"),
                Arguments.of(
                        "a label that only the CronJob has",
                        JOBS,
                        policy("shop/orders").selects("app=orders").ingress(from("component in (php,cron)"), tcp(8080)),
                        "label-not-on-template: orders: ingress[0].from[0]: component=cron is on CronJob ticker, not on its pod"
                                + " template"),
                Arguments.of(
                        "a label too many",
                        Shop.CLUSTER,
                        policy("shop/orders")
                                .selects("app=orders,tier=orders")
                                .ingress(from("app=checkout"), tcp(8080)),
                        "selects-nothing: no pod in shop has app=orders,tier=orders; tier=orders is the label too many (orders has app=orders)"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("said")
    void isSaid(String why, TestCluster cluster, PolicyPart policy, String message) {
        assertThat(cluster.assess(create(policy))).have(message);
    }

    @Test
    @DisplayName("a misspelt field is told with what was probably meant, whatever depth it is at")
    void misspelt() {
        assertThat(Shop.CLUSTER.assess(create(policy("shop/web")
                        .selects("app=orders")
                        .ingress(from("app=checkout"), unknownField("spec.ingress[0].from[0].podSelectr")))))
                .have("unknown-field: web: ingress[0].from[0].podSelectr is no field; did you mean podSelector?");
        assertThat(Shop.CLUSTER.assess(
                        create(policy("shop/web").selects("app=orders").withUnknownField("spec.ingres"))))
                .have("unknown-field: web: ingres is no field; did you mean ingress?");
    }

    static Stream<Arguments> lookAlikes() {
        return Stream.of(
                Arguments.of(
                        "a rule for everybody that names a port",
                        Shop.CLUSTER,
                        policy("shop/web")
                                .selects("app=orders")
                                .ingress(from("app=checkout"))
                                .ingress(tcp(8080)),
                        "allows-everything"),
                Arguments.of(
                        "peers that only overlap",
                        Shop.CLUSTER,
                        policy("shop/web")
                                .selects("app=orders")
                                .ingress(block("10.0.0.0/8", "10.1.0.0/16"), block("10.1.0.0/16"), tcp(8080)),
                        "shadowed-peer"),
                Arguments.of(
                        "the template has the label as well",
                        JOBS,
                        policy("shop/orders").selects("app=orders").ingress(from("batch=x"), tcp(8080)),
                        "label-not-on-template"),
                Arguments.of(
                        "a field that is one",
                        Shop.CLUSTER,
                        policy("shop/web").selects("app=orders").ingress(from("app=checkout"), tcp(8080)),
                        "unknown-field"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lookAlikes")
    void isNotSaid(String why, TestCluster cluster, PolicyPart policy, String id) {
        assertThat(cluster.assess(create(policy))).haveNone(id);
    }
}
