package dev.flowguard.kubernetes;

import dev.flowguard.policy.Direction;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.policy.Rule;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A policy on one line, so that tables of expectations can be read: {@code * ingress[pods app=a : 80/TCP]}. A direction that is
 * not isolated is left out, or in parentheses where rules are written for it all the same; {@code *} is everything.
 */
final class PolicyText {
    private PolicyText() {}

    static String of(Policy policy) {
        String text =
                selector(policy.podSelector()) + section(policy, Direction.INGRESS) + section(policy, Direction.EGRESS);
        return policy.isUnderstood() ? text : text + " unknown " + policy.unknownFields();
    }

    private static String section(Policy policy, Direction direction) {
        List<Rule> rules = policy.section(direction).written();
        String text = direction.section() + list(rules, PolicyText::rule, ", ");
        if (policy.isolates(direction)) {
            return " " + text;
        }
        return rules.isEmpty() ? "" : " (" + text + ")";
    }

    private static String rule(Rule rule) {
        String text = (rule.isForAnybody() ? "*" : join(rule.peers(), PolicyText::peer, " or ")) + " : "
                + (rule.isForEveryPort() ? "*" : join(rule.ports(), PolicyText::port, ","));
        return rule.isUnderstood() ? text : text + " unknown " + rule.unknownFields();
    }

    private static String peer(Peer peer) {
        return peer.match(
                pods -> pods.namespaces()
                                .match(() -> "", matching -> "namespaces " + selector(matching.selector()) + " ")
                        + "pods "
                        + selector(pods.pods()),
                block -> block.toString(),
                unknown -> "?" + unknown.fields());
    }

    private static String port(PortMatch port) {
        return port.match(
                numbered -> numbered + (numbered.fromEndPort() ? " by endPort" : ""),
                named -> named.toString(),
                every -> every.toString(),
                unknown -> "?" + unknown.fields());
    }

    private static String selector(LabelSelector selector) {
        return selector.selectsEverything() ? "*" : selector.toString();
    }

    private static <T> String list(List<T> items, Function<T, String> text, String separator) {
        return "[" + join(items, text, separator) + "]";
    }

    private static <T> String join(List<T> items, Function<T, String> text, String separator) {
        return items.stream().map(text).collect(Collectors.joining(separator));
    }
}
