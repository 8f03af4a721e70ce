package dev.flowguard.cluster;

import dev.flowguard.cluster.object.Workload;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A set of workloads of one namespace shard, as a bitmap over their indexes. Immutable, and so shared where sets are equal. */
public final class WorkloadSet {
    public static final WorkloadSet EMPTY = new WorkloadSet(new BitSet());

    private final BitSet indexes;

    private WorkloadSet(BitSet indexes) {
        this.indexes = indexes;
    }

    /** Takes ownership of the bits: the caller must not change them any more. */
    static WorkloadSet owning(BitSet indexes) {
        return indexes.isEmpty() ? EMPTY : new WorkloadSet(indexes);
    }

    /** Those with the indexes below that number. */
    static WorkloadSet first(int size) {
        BitSet first = new BitSet(size);
        first.set(0, size);
        return owning(first);
    }

    public boolean contains(Workload workload) {
        return indexes.get(workload.index());
    }

    public boolean isEmpty() {
        return indexes.isEmpty();
    }

    public int size() {
        return indexes.cardinality();
    }

    /** Hands over the index of each, ascending. */
    void forEach(IntConsumer each) {
        for (int index = indexes.nextSetBit(0); index >= 0; index = indexes.nextSetBit(index + 1)) {
            each.accept(index);
        }
    }

    public WorkloadSet and(WorkloadSet other) {
        BitSet both = (BitSet) indexes.clone();
        both.and(other.indexes);
        return both.equals(indexes) ? this : both.equals(other.indexes) ? other : owning(both);
    }

    public WorkloadSet or(WorkloadSet other) {
        if (other.isEmpty() || isEmpty()) {
            return isEmpty() ? other : this;
        }
        BitSet either = (BitSet) indexes.clone();
        either.or(other.indexes);
        return owning(either);
    }

    public WorkloadSet without(WorkloadSet other) {
        if (other.isEmpty() || isEmpty()) {
            return this;
        }
        BitSet rest = (BitSet) indexes.clone();
        rest.andNot(other.indexes);
        return owning(rest);
    }

    /** Those for which the test holds; {@code workloads} are all of the shard, in order. */
    WorkloadSet keeping(List<Workload> workloads, Predicate<Workload> test) {
        BitSet kept = (BitSet) indexes.clone();
        indexes.stream().filter(index -> !test.test(workloads.get(index))).forEach(kept::clear);
        return kept.equals(indexes) ? this : owning(kept);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WorkloadSet set && indexes.equals(set.indexes);
    }

    @Override
    public int hashCode() {
        return indexes.hashCode();
    }

    @Override
    public String toString() {
        return indexes.toString();
    }
}
