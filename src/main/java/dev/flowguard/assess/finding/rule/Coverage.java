package dev.flowguard.assess.finding.rule;

import dev.flowguard.cluster.CniProfile;
import dev.flowguard.cluster.object.NamespaceEntry;
import dev.flowguard.net.PortRange;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.NamespaceScope;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.policy.Rule;
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

    private boolean coversPeer(Rule other, Peer peer) {
        return other.isForAnybody() || other.peers().stream().anyMatch(wide -> covers(wide, peer));
    }

    /** Whether everybody whom the narrow one names is named by the wide one. */
    boolean covers(Peer wide, Peer narrow) {
        return narrow.match(
                pods -> wide.match(widePods -> covers(widePods, pods), block -> false, unknown -> false),
                block -> wide.match(pods -> false, wideBlock -> wideBlock.covers(block), unknown -> false),
                unknown -> false);
    }

    private boolean covers(Peer.Pods wide, Peer.Pods narrow) {
        return narrow.pods().implies(wide.pods()) && covers(wide.namespaces(), narrow.namespaces());
    }

    private boolean covers(NamespaceScope wide, NamespaceScope narrow) {
        LabelSelector own = LabelSelector.namespaceNamed(namespace.name());
        return wide.match(
                () -> narrow.match(() -> true, matching -> matching.selector().implies(own)),
                all -> narrow.match(() -> own, matching -> matching.selector()).implies(all.selector()));
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
