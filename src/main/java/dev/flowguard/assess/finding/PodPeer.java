package dev.flowguard.assess.finding;

import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Peer;

/** A peer of pods in its place. */
record PodPeer(RuleSite rule, int index, Peer.Pods peer) {
    /** The path of the field, as {@code spec.ingress[0].from[1]}. */
    String place() {
        return rule.place() + within();
    }

    /** The path within the spec, as {@code ingress[0].from[1]}. */
    String shortPlace() {
        return rule.shortPlace() + within();
    }

    /** Of what tells the peers of a policy apart. */
    @Override
    public int hashCode() {
        return 31 * rule.hashCode() + index;
    }

    private String within() {
        return "." + rule.direction().peers() + "[" + index + "]";
    }

    /** Whether it has no namespaceSelector. */
    boolean isInOwnNamespace() {
        return peer.namespaces().match(() -> true, matching -> false);
    }

    /** Its namespaceSelector; that of every namespace where it has none. */
    LabelSelector namespaceSelector() {
        return peer.namespaces().match(() -> LabelSelector.EVERYTHING, matching -> matching.selector());
    }

    /** Whether it names all pods of its namespaces. */
    boolean isWholeNamespace() {
        return !isInOwnNamespace() && peer.pods().selectsEverything();
    }
}
