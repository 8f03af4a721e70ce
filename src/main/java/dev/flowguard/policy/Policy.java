package dev.flowguard.policy;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A NetworkPolicy, normalised: it isolates the pods that it selects in each direction of its policy types, and what its rules
 * allow is added to what other policies allow. Policies never take anything away from one another.
 *
 * @param unknownFields paths of fields at the level of the spec that this version does not know; with any, the whole policy may
 *     select, isolate and allow more or less than it seems to
 */
public record Policy(
        PolicyRef ref, LabelSelector podSelector, Section ingress, Section egress, List<String> unknownFields) {
    /**
     * One direction of a policy.
     *
     * @param isolates whether the policy types include this direction
     * @param written the rules as written; where {@code isolates} is false they have no effect (SEMANTICS I5)
     */
    public record Section(boolean isolates, List<Rule> written) {
        public static final Section ABSENT = new Section(false, List.of());

        public Section {
            written = List.copyOf(written);
        }

        public static Section isolating(List<Rule> rules) {
            return new Section(true, rules);
        }

        private boolean isLeftOut() {
            return !isolates && !written.isEmpty();
        }
    }

    public Policy {
        unknownFields = List.copyOf(unknownFields);
    }

    public Policy(PolicyRef ref, LabelSelector podSelector, Section ingress, Section egress) {
        this(ref, podSelector, ingress, egress, List.of());
    }

    public Section section(Direction direction) {
        return direction == Direction.INGRESS ? ingress : egress;
    }

    public boolean isolates(Direction direction) {
        return section(direction).isolates();
    }

    /** The rules in force in that direction: none where the policy does not isolate it. */
    public List<Rule> rules(Direction direction) {
        return isolates(direction) ? section(direction).written() : List.of();
    }

    /** Whether it has rules in a direction that its policy types leave out. */
    public boolean leavesOutRules() {
        return ingress.isLeftOut() || egress.isLeftOut();
    }

    /** With these rules in force too. */
    public Policy withLeftOutRules() {
        return new Policy(
                ref,
                podSelector,
                ingress.isLeftOut() ? Section.isolating(ingress.written()) : ingress,
                egress.isLeftOut() ? Section.isolating(egress.written()) : egress,
                unknownFields);
    }

    /** Hands over each of its selectors of pods that is in force, with the namespaces in which it looks for them. */
    public void forEachSelector(BiConsumer<NamespaceScope, LabelSelector> each) {
        each.accept(new NamespaceScope.Own(), podSelector);
        for (Direction direction : Direction.values()) {
            for (Rule rule : rules(direction)) {
                for (Peer peer : rule.peers()) {
                    Optional<Peer.Pods> pods =
                            peer.match(Optional::of, block -> Optional.empty(), unknown -> Optional.empty());
                    pods.ifPresent(named -> each.accept(named.namespaces(), named.pods()));
                }
            }
        }
    }

    public boolean isUnderstood() {
        return unknownFields.isEmpty();
    }
}
