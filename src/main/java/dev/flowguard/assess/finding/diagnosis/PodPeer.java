package dev.flowguard.assess.finding.diagnosis;

import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Peer;

/** A peer of pods in its place. */
public record PodPeer(RuleSite rule, int index, Peer.Pods peer) {
    /** The path of the field, as {@code spec.ingress[0].from[1]}. */
    public String place() {
        return rule.place() + within();
    }

    /** The path within the spec, as {@code ingress[0].from[1]}. */
    public String shortPlace() {
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
    public boolean isInOwnNamespace() {
        return peer.namespaces().match(() -> true, matching -> false);
    }

    /** Its namespaceSelector; that of every namespace where it has none. */
    public LabelSelector namespaceSelector() {
        return peer.namespaces().match(() -> LabelSelector.EVERYTHING, matching -> matching.selector());
    }

    /** Whether it names all pods of its namespaces. */
    public boolean isWholeNamespace() {
        return !isInOwnNamespace() && peer.pods().selectsEverything();
    }
}
