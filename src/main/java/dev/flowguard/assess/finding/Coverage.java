package dev.flowguard.assess.finding;

import dev.flowguard.cluster.CniProfile;
import dev.flowguard.cluster.NamespaceEntry;
import dev.flowguard.net.PortRange;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.NamespaceScope;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.policy.Requirement;
import dev.flowguard.policy.Rule;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/**
 * Whether rules of one namespace allow all that another one there allows. Only what follows from their text counts, whatever
 * pods there are now, so that an answer of yes stays true; a no may be too careful.
 */
final class Coverage {
    private final NamespaceEntry namespace;
    private final CniProfile cni;

    Coverage(NamespaceEntry namespace, CniProfile cni) {
        this.namespace = namespace;
        this.cni = cni;
    }

    /** Each peer of the rule together with each of its ports is covered by one of the others. */
    boolean covers(List<Rule> others, Rule rule) {
        List<Rule> understood = others.stream().filter(Rule::isUnderstood).toList();
        List<Predicate<Rule>> peers = rule.isForAnybody()
                ? List.of(Rule::isForAnybody)
                : rule.peers().stream()
                        .map(peer -> (Predicate<Rule>) other -> coversPeer(other, peer))
                        .toList();
        List<Predicate<Rule>> ports = rule.isForEveryPort()
                ? List.of(Rule::isForEveryPort)
                : rule.ports().stream()
                        .map(port -> (Predicate<Rule>) other -> coversPort(other, port))
                        .toList();
        return rule.isUnderstood()
                && peers.stream()
                        .allMatch(peer -> ports.stream()
                                .allMatch(port -> understood.stream().anyMatch(peer.and(port))));
    }

    /** Whether everything that the narrow selector matches is matched by the wide one. */
    static boolean implies(LabelSelector narrow, LabelSelector wide) {
        return wide.requirements().stream()
                .allMatch(wanted -> narrow.requirements().stream().anyMatch(given -> implies(given, wanted)));
    }

    private static boolean implies(Requirement given, Requirement wanted) {
        if (!given.key().equals(wanted.key())) {
            return false;
        }
        return switch (wanted.operator()) {
            case IN ->
                given.operator() == Requirement.Operator.IN && wanted.values().containsAll(given.values());
            case NOT_IN -> excludes(given, wanted.values());
            case EXISTS ->
                given.operator() == Requirement.Operator.IN || given.operator() == Requirement.Operator.EXISTS;
            case DOES_NOT_EXIST -> given.operator() == Requirement.Operator.DOES_NOT_EXIST;
        };
    }

    private static boolean excludes(Requirement given, Collection<String> values) {
        return switch (given.operator()) {
            case IN -> Collections.disjoint(given.values(), values);
            case NOT_IN -> given.values().containsAll(values);
            case DOES_NOT_EXIST -> true;
            case EXISTS -> false;
        };
    }

    private boolean coversPeer(Rule other, Peer peer) {
        return other.isForAnybody() || other.peers().stream().anyMatch(wide -> covers(wide, peer));
    }

    private boolean covers(Peer wide, Peer narrow) {
        return narrow.match(
                pods -> wide.match(widePods -> covers(widePods, pods), block -> false, unknown -> false),
                block -> wide.match(pods -> false, wideBlock -> covers(wideBlock, block), unknown -> false),
                unknown -> false);
    }

    private boolean covers(Peer.Pods wide, Peer.Pods narrow) {
        return implies(narrow.pods(), wide.pods()) && covers(wide.namespaces(), narrow.namespaces());
    }

    private boolean covers(NamespaceScope wide, NamespaceScope narrow) {
        LabelSelector own = LabelSelector.namespaceNamed(namespace.name());
        return wide.match(
                () -> narrow.match(() -> true, matching -> implies(matching.selector(), own)),
                all -> implies(narrow.match(() -> own, matching -> matching.selector()), all.selector()));
    }

    private static boolean covers(Peer.IpBlock wide, Peer.IpBlock narrow) {
        return wide.cidr().range().family() == narrow.cidr().family()
                && wide.cidr().range().contains(narrow.cidr().range())
                && wide.except().stream()
                        .allMatch(hole -> !hole.range().overlaps(narrow.cidr().range())
                                || narrow.except().stream()
                                        .anyMatch(except -> except.range().contains(hole.range())));
    }

    private boolean coversPort(Rule other, PortMatch port) {
        return other.isForEveryPort() || other.ports().stream().anyMatch(wide -> covers(wide, port));
    }

    private boolean covers(PortMatch wide, PortMatch narrow) {
        return wide.equals(narrow)
                || narrow.<Boolean>match(
                        numbered -> wide.match(
                                range -> range.protocol() == numbered.protocol()
                                        && range.ports().contains(numbered.ports())
                                        && (!range.fromEndPort() || cni.supportsEndPort()),
                                named -> false,
                                every -> every.protocol() == numbered.protocol(),
                                unknown -> false),
                        named -> wide.match(
                                range -> false,
                                other -> false,
                                every -> every.protocol() == named.protocol(),
                                unknown -> false),
                        every -> wide.match(
                                range -> range.protocol() == every.protocol()
                                        && range.ports().equals(PortRange.ALL)
                                        && (!range.fromEndPort() || cni.supportsEndPort()),
                                named -> false,
                                other -> false,
                                unknown -> false),
                        unknown -> false);
    }
}
