package dev.flowguard.testing;

import dev.flowguard.policy.Direction;
import dev.flowguard.verdict.trace.Verdict;
import java.util.List;
import org.assertj.core.api.Assertions;

/** On which sides traffic was blocked, and by which policies. */
public final class BlockedAssert {
    private final ClusterAssert cluster;
    private final List<Verdict.Blocked.Side> sides;

    BlockedAssert(ClusterAssert cluster, List<Verdict.Blocked.Side> sides) {
        this.cluster = cluster;
        this.sides = sides;
    }

    /** On the destination's side alone. */
    public BlockedAssert onIngress() {
        return on(Direction.INGRESS);
    }

    /** On the source's side alone. */
    public BlockedAssert onEgress() {
        return on(Direction.EGRESS);
    }

    public BlockedAssert onBothSides() {
        return on(Direction.EGRESS, Direction.INGRESS);
    }

    /** Exactly these policies isolate the side, or the sides. */
    public ClusterAssert by(String... policies) {
        Assertions.assertThat(sides)
                .flatExtracting(Verdict.Blocked.Side::isolatedBy)
                .extracting(Object::toString)
                .containsExactlyInAnyOrder(policies);
        return cluster;
    }

    private BlockedAssert on(Direction... directions) {
        Assertions.assertThat(sides).extracting(Verdict.Blocked.Side::direction).containsExactly(directions);
        return this;
    }
}
