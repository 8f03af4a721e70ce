package dev.flowguard.assess.finding.rule;

import static dev.flowguard.testing.Given.block;
import static dev.flowguard.testing.Given.every;
import static dev.flowguard.testing.Given.from;
import static dev.flowguard.testing.Given.namespaces;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.tcp;
import static dev.flowguard.testing.Given.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.cluster.CniProfile;
import dev.flowguard.cluster.object.NamespaceEntry;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Rule;
import dev.flowguard.testing.PolicyPart.Term;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CoverageTest {
    private static final Coverage IN_SHOP = new Coverage(NamespaceEntry.assumed("shop"), CniProfile.CALICO);

    @ParameterizedTest(name = "[{0}] matches nothing outside of [{1}]: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "app=a | '' | true",
                "app=a | app=a | true",
                "app=a | app in (a,b) | true",
                "app in (a,b) | app=a | false",
                "app=a,tier=x | app=a | true",
                "app=a | app=a,tier=x | false",
                "app=a | app | true",
                "app | app=a | false",
                "app=a | app!=b | true",
                "app=a | app!=a | false",
                "app notin (a,b) | app!=a | true",
                "app!=a | app notin (a,b) | false",
                "!app | app!=a | true",
                "!app | !app | true",
                "'' | app=a | false",
            })
    void comparesSelectors(String narrow, String wide, boolean within) {
        assertThat(LabelSelector.parse(narrow).implies(LabelSelector.parse(wide)))
                .isEqualTo(within);
    }

    static Stream<Arguments> rules() {
        return Stream.of(
                row("the same", true, rule(from("app=a"), tcp(80)), rule(from("app=a"), tcp(80))),
                row("anybody", true, rule(from("app=a"), tcp(80)), rule(tcp(80))),
                row("not anybody", false, rule(tcp(80)), rule(namespaces(""), block("0.0.0.0/0"), tcp(80))),
                row("every port", true, rule(from("app=a"), tcp(80)), rule(from("app=a"))),
                row("not every port", false, rule(from("app=a")), rule(from("app=a"), every(Protocol.TCP))),
                row("every port of the protocol", true, rule(tcp("http"), tcp(80)), rule(every(Protocol.TCP))),
                row("another protocol", false, rule(udp(80)), rule(every(Protocol.TCP))),
                row("a range", true, rule(tcp(80)), rule(tcp(79, 81))),
                row("not a whole range", false, rule(tcp(79, 82)), rule(tcp(79, 81))),
                row("all numbers", true, rule(every(Protocol.TCP)), rule(tcp(1, 65535))),
                row("a name and a number", false, rule(tcp("http")), rule(tcp(80))),
                row(
                        "the own namespace by its name",
                        true,
                        rule(from("app=a")),
                        rule(namespaces("kubernetes.io/metadata.name=shop", "app=a"))),
                row(
                        "the own namespace in place of its name",
                        true,
                        rule(namespaces("kubernetes.io/metadata.name=shop", "app=a")),
                        rule(from("app=a"))),
                row("the own namespace among all", true, rule(from("app=a")), rule(namespaces(""))),
                row("all namespaces are more than the own one", false, rule(namespaces("")), rule(from(""))),
                row("a block within a block", true, rule(block("10.1.0.0/16")), rule(block("10.0.0.0/8"))),
                row("a block with a hole", false, rule(block("10.0.0.0/8")), rule(block("10.0.0.0/8", "10.1.0.0/16"))),
                row("beside the hole", true, rule(block("10.2.0.0/16")), rule(block("10.0.0.0/8", "10.1.0.0/16"))),
                row(
                        "the same hole",
                        true,
                        rule(block("10.0.0.0/9", "10.1.0.0/16")),
                        rule(block("10.0.0.0/8", "10.1.0.0/16"))),
                row("a block of the other family", false, rule(block("2001:db8::/32")), rule(block("0.0.0.0/0"))),
                row("a block and pods", false, rule(from("app=a")), rule(block("0.0.0.0/0"))),
                row(
                        "peers and ports shared out among two",
                        true,
                        rule(from("app=a"), from("app=b"), tcp(80)),
                        rule(from("app=a"), tcp(80)),
                        rule(from("app=b"), tcp(80))),
                row(
                        "a peer with one port and another with the other",
                        false,
                        rule(from("app=a"), from("app=b"), tcp(80), tcp(81)),
                        rule(from("app=a"), tcp(80)),
                        rule(from("app=b"), tcp(81))));
    }

    private static Arguments row(String why, boolean covered, Rule rule, Rule... others) {
        return Arguments.of(why, covered, rule, List.of(others));
    }

    private static Rule rule(Term... terms) {
        return policy("shop/p").ingress(terms).policy().rules(Direction.INGRESS).get(0);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("rules")
    void comparesRules(String why, boolean covered, Rule rule, List<Rule> others) {
        assertThat(IN_SHOP.covers(others, rule)).isEqualTo(covered);
    }

    @Test
    void aRangeThatThePluginIgnoresCoversNothingButItself() {
        Coverage onAzure = new Coverage(NamespaceEntry.assumed("shop"), CniProfile.AZURE_NPM);

        assertThat(onAzure.covers(List.of(rule(tcp(79, 81))), rule(tcp(80)))).isFalse();
        assertThat(onAzure.covers(List.of(rule(tcp(79, 81))), rule(tcp(79, 81))))
                .isTrue();
    }
}
