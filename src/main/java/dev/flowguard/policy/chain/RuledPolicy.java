package dev.flowguard.policy.chain;

import dev.flowguard.policy.Direction;
import java.util.List;
import java.util.stream.Stream;

/**
 * A policy of whatever kind, normalised: for the ends that it selects its rules are asked at its place in the chain.
 *
 * @param subject whom it selects; never more than pods of the pod network
 * @param onNodes whether it may be for nodes beside them
 */
public record RuledPolicy(RuledRef ref, Place place, Ends subject, OnNodes onNodes, Section ingress, Section egress) {
    /** Of pods alone. */
    public RuledPolicy(RuledRef ref, Place place, Ends subject, Section ingress, Section egress) {
        this(ref, place, subject, OnNodes.NEVER, ingress, egress);
    }

    /**
     * One direction of a policy.
     *
     * @param isolates whether what nothing decides is denied for the ends selected: at the end of the block, or with plugins that ask
     *     for this last of all, at the end of the chain
     * @param rules in the order in which they are written
     */
    public record Section(boolean isolates, List<ChainRule> rules) {
        /** It does not touch that direction. */
        public static final Section ABSENT = new Section(false, List.of());

        public Section {
            rules = List.copyOf(rules);
        }

        /** Whether it can decide anything. */
        public boolean isPresent() {
            return isolates || !rules.isEmpty();
        }
    }

    public Section section(Direction direction) {
        return direction == Direction.INGRESS ? ingress : egress;
    }

    /** The Services to which it refers: whom they lead to decides whom its rules mean. */
    public Stream<Ends.OfService> services() {
        return Stream.concat(
                subject.services(),
                Stream.of(ingress, egress)
                        .flatMap(section -> section.rules().stream())
                        .flatMap(rule -> Stream.of(
                                        rule.subject().services(),
                                        rule.peer().services(),
                                        rule.ports().services())
                                .flatMap(each -> each)));
    }
}
