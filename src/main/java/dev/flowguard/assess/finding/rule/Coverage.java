package dev.flowguard.assess.finding.rule;

import dev.flowguard.cluster.CniProfile;
import dev.flowguard.cluster.object.NamespaceEntry;
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
        if (!rule.isUnderstood() || others.isEmpty()) {
            return false;
        }
        if (rule.isForAnybody()) {
            return coversPorts(others, rule, Rule::isForAnybody);
        }
        for (Peer peer : rule.peers()) {
            if (!coversPorts(others, rule, other -> coversPeer(other, peer))) {
                return false;
            }
        }
        return true;
    }

    private boolean coversPorts(List<Rule> others, Rule rule, Predicate<Rule> peer) {
        if (rule.isForEveryPort()) {
            return hasOne(others, peer, Rule::isForEveryPort);
        }
        for (PortMatch port : rule.ports()) {
            if (!hasOne(others, peer, other -> coversPort(other, port))) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasOne(List<Rule> others, Predicate<Rule> peer, Predicate<Rule> port) {
        for (Rule other : others) {
            if (other.isUnderstood() && peer.test(other) && port.test(other)) {
                return true;
            }
        }
        return false;
    }

    /** Whether everything that the narrow selector matches is matched by the wide one. */
    static boolean implies(LabelSelector narrow, LabelSelector wide) {
        for (Requirement wanted : wide.requirements()) {
            if (!implies(narrow, wanted)) {
                return false;
            }
        }
        return true;
    }

    private static boolean implies(LabelSelector narrow, Requirement wanted) {
        for (Requirement given : narrow.requirements()) {
            if (implies(given, wanted)) {
                return true;
            }
        }
        return false;
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

    /** Whether everybody whom the narrow one names is named by the wide one. */
    boolean covers(Peer wide, Peer narrow) {
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
