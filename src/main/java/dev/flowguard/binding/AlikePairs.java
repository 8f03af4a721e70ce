package dev.flowguard.binding;

import dev.flowguard.verdict.pair.Pair;
import dev.flowguard.verdict.pair.Traffic;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Pairs of one flow that nothing tells apart, so that one verdict is that of all.
 *
 * @param one of them
 * @param count how many they are
 * @param namespaces of all of their ends; none for a pair that stands for itself
 * @param question what is asked of any such pair of any flow; empty where it was not looked for
 */
public record AlikePairs(Pair one, long count, List<Set<String>> namespaces, Optional<Question> question) {
    /**
     * Two that are equal have one answer.
     *
     * @param source the class of the source
     * @param destination the class of the destination
     */
    public record Question(int source, int destination, Traffic traffic) {}

    static AlikePairs single(Pair pair) {
        return new AlikePairs(pair, 1, List.of(), Optional.empty());
    }

    /** Whether it was not looked for others that are alike. */
    public boolean isSingle() {
        return namespaces.isEmpty();
    }
}
