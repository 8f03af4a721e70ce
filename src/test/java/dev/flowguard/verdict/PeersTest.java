package dev.flowguard.verdict;

import static dev.flowguard.testing.FlowguardAssertions.assertThat;
import static dev.flowguard.testing.Given.block;
import static dev.flowguard.testing.Given.from;
import static dev.flowguard.testing.Given.namespace;
import static dev.flowguard.testing.Given.namespaces;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.to;

import dev.flowguard.assess.Assessment;
import dev.flowguard.testing.PolicyPart;
import dev.flowguard.testing.TestCluster;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** SEMANTICS, "Peers". */
class PeersTest {
    private static final String OUTSIDE = "203.0.113.9";
    private static final String SHOP_WEB = "shop/web";
    private static final String SHOP_JOB = "shop/job";
    private static final String RED_WEB = "red/web";
    private static final String RED_JOB = "red/job";
    private static final String BLUE_WEB = "blue/web";
    private static final List<String> EVERYBODY = List.of(SHOP_WEB, SHOP_JOB, RED_WEB, RED_JOB, BLUE_WEB, OUTSIDE);

    private final TestCluster cluster = TestCluster.with(
            namespace("shop", "team=shop"),
            namespace("red", "team=red,env=prod"),
            namespace("blue", "env=prod"),
            pods("shop", "app=server").ip("10.0.0.9"),
            pods("shop", "app=web,tier=front").ip("10.0.0.1"),
            pods("shop", "app=job").ip("10.0.0.2"),
            pods("red", "app=web,tier=front").ip("10.0.1.1"),
            pods("red", "app=job").ip("10.0.1.2"),
            pods("blue", "app=web").ip("10.0.2.1"));

    static Stream<Arguments> peers() {
        return Stream.of(
                row("P1: podSelector only: pods of the policy's namespace", from("app=web"), SHOP_WEB),
                row(
                        "P2: namespaceSelector only: every pod of those namespaces",
                        namespaces("team=red"),
                        RED_WEB,
                        RED_JOB),
                row("P3: both in one entry: both must match", namespaces("env=prod", "app=web"), RED_WEB, BLUE_WEB),
                row(
                        "P5: namespaceSelector {}: every pod, nobody outside",
                        namespaces(""),
                        SHOP_WEB,
                        SHOP_JOB,
                        RED_WEB,
                        RED_JOB,
                        BLUE_WEB),
                row("P6: podSelector {} alone: every pod of the policy's namespace", from(""), SHOP_WEB, SHOP_JOB),
                row(
                        "P7: both {}: every pod everywhere",
                        namespaces("", ""),
                        SHOP_WEB,
                        SHOP_JOB,
                        RED_WEB,
                        RED_JOB,
                        BLUE_WEB),
                row("P9: In on a missing key: no match", namespaces("team in (red,green)"), RED_WEB, RED_JOB),
                row("P9: Exists on a missing key: no match", namespaces("", "tier"), SHOP_WEB, RED_WEB),
                row(
                        "P10: NotIn on a missing key: match",
                        namespaces("team notin (red,green)"),
                        SHOP_WEB,
                        SHOP_JOB,
                        BLUE_WEB),
                row("P10: DoesNotExist on a missing key: match", namespaces("!team"), BLUE_WEB),
                row(
                        "P10: NotIn and DoesNotExist of pod labels",
                        namespaces("", "tier notin (back),app!=job,!canary"),
                        SHOP_WEB,
                        RED_WEB,
                        BLUE_WEB),
                row(
                        "P11: labels and expressions: all must match",
                        namespaces("env=prod,!team", "app,app!=job"),
                        BLUE_WEB),
                row(
                        "P13: every namespace carries its name",
                        namespaces("kubernetes.io/metadata.name in (red,shop)", "app=job"),
                        SHOP_JOB,
                        RED_JOB),
                row("a namespace's name is not a label called name", namespaces("name=red")));
    }

    private static Arguments row(String rule, PolicyPart.Term peer, String... matching) {
        return Arguments.of(rule, peer, List.of(matching));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("peers")
    void whoMaySend(String rule, PolicyPart.Term peer, List<String> matching) {
        TestCluster isolated =
                cluster.and(policy("shop/p").selects("app=server").ingress(peer));
        for (String sender : EVERYBODY) {
            if (matching.contains(sender)) {
                assertThat(isolated).allows(sender, "shop/server", "80");
            } else {
                assertThat(isolated)
                        .blocks(sender, "shop/server", "80")
                        .onIngress()
                        .by("shop/p");
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("peers")
    void whoMayBeReached(String rule, PolicyPart.Term peer, List<String> matching) {
        TestCluster isolated =
                cluster.and(policy("shop/p").selects("app=server").egress(peer));
        for (String receiver : EVERYBODY) {
            if (matching.contains(receiver)) {
                assertThat(isolated).allows("shop/server", receiver, "80");
            } else {
                assertThat(isolated)
                        .blocks("shop/server", receiver, "80")
                        .onEgress()
                        .by("shop/p");
            }
        }
    }

    @Test
    @DisplayName("P4: two entries: one of them must match")
    void twoEntries() {
        assertThat(cluster.and(policy("shop/p")
                        .selects("app=server")
                        .ingress(namespaces("team=red"), from("app=web"), block("203.0.113.0/24"))))
                .allows(RED_JOB, "shop/server", "80")
                .allows(SHOP_WEB, "shop/server", "80")
                .allows(OUTSIDE, "shop/server", "80")
                .blocks(SHOP_JOB, "shop/server", "80")
                .onIngress()
                .by("shop/p");
    }

    @Test
    @DisplayName("P14: an absent namespaceSelector is the policy's namespace, an empty one every namespace")
    void absentAndEmpty() {
        assertThat(cluster.and(policy("shop/p").selects("app=server").ingress(from("app=web"))))
                .blocks(BLUE_WEB, "shop/server", "80");
        assertThat(cluster.and(policy("shop/p").selects("app=server").ingress(namespaces("", "app=web"))))
                .allows(BLUE_WEB, "shop/server", "80");
    }

    @Test
    @DisplayName("P15: a namespace whose object was not seen exists and carries its name alone")
    void assumedNamespace() {
        TestCluster unseen = cluster.and(pods("new", "app=web").ip("10.0.3.1"));
        assertThat(unseen.and(
                        policy("shop/p").selects("app=server").ingress(namespaces("kubernetes.io/metadata.name=new"))))
                .allows("new/web", "shop/server", "80");
        assertThat(unseen.and(policy("shop/p").selects("app=server").ingress(namespaces("!team,!env"))))
                .allows("new/web", "shop/server", "80")
                .blocks(BLUE_WEB, "shop/server", "80");
        org.assertj.core.api.Assertions.assertThat(
                        unseen.snapshot().namespaceOrAssumed("new").entry().assumed())
                .isTrue();
    }

    @Test
    @DisplayName("P15: a policy for a namespace of which nothing is known is assessed as in an empty one")
    void changeInUnknownNamespace() {
        Assessment assessment = cluster.assess(dev.flowguard.testing.Given.create(
                policy("unheard-of/p").isolatesIngress().egress(to("app=web"))));
        assertThat(assessment).changesNothing();
    }
}
