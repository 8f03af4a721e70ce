package dev.flowguard.wording;

import dev.flowguard.policy.Direction;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.policy.Rule;
import java.util.stream.Collectors;

/** What a rule says, as a phrase: {@code from pods app=checkout, on 8080/TCP}. */
public final class RuleWording {
    private RuleWording() {}

    public static String of(Rule rule, Direction direction) {
        return direction.peers() + " " + peers(rule) + ", on " + ports(rule);
    }

    private static String peers(Rule rule) {
        return rule.isForAnybody()
                ? "anybody, inside the cluster or outside"
                : rule.peers().stream().map(RuleWording::peer).collect(Collectors.joining("; or "));
    }

    /** {@code pods app=web in namespace shop}, {@code every pod in its own namespace}, {@code 10.0.0.0/8}. */
    static String peer(Peer peer) {
        return peer.match(
                pods -> pods(pods.pods())
                        + pods.namespaces()
                                .match(
                                        () -> " in its own namespace",
                                        matching -> matching.selector().selectsEverything()
                                                ? " in any namespace"
                                                : " " + EndWording.where(matching.selector())),
                Peer.IpBlock::toString,
                unknown -> "a peer of a kind this version does not know");
    }

    static String ports(Rule rule) {
        return rule.isForEveryPort()
                ? "every port"
                : rule.ports().stream().map(RuleWording::port).collect(Collectors.joining(", "));
    }

    private static String port(PortMatch port) {
        return port.match(
                PortMatch.Numbered::toString,
                PortMatch.Named::toString,
                every -> "every " + every.protocol() + " port",
                unknown -> "a port of a kind this version does not know");
    }

    private static String pods(LabelSelector selector) {
        return selector.selectsEverything() ? "every pod" : "pods " + selector;
    }
}
