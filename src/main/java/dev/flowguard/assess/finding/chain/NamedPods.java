package dev.flowguard.assess.finding.chain;

import dev.flowguard.assess.finding.label.LabelGuess;
import dev.flowguard.assess.finding.label.Volunteers;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.chain.Ends;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What an expression says of pods by their labels. */
final class NamedPods {
    private NamedPods() {}

    /** The selectors of pods in it that are not negated and ask for something. */
    static Stream<LabelSelector> selectors(Ends ends) {
        if (ends instanceof Ends.PodLabels labels) {
            return labels.selector().selectsEverything() ? Stream.empty() : Stream.of(labels.selector());
        }
        return parts(ends).stream().flatMap(NamedPods::selectors);
    }

    /**
     * Whether nothing but pods with labels is surely meant: what stands beside them in a union, and of which nobody can tell whether it
     * matches, does not count.
     */
    static boolean isAllThatIsMeant(Ends ends) {
        if (ends instanceof Ends.AnyOf any) {
            return any.parts().stream().anyMatch(NamedPods::isAllThatIsMeant)
                    && any.parts().stream().allMatch(part -> isAllThatIsMeant(part) || isUnclear(part));
        } else if (ends instanceof Ends.AllOf all) {
            return all.parts().stream().anyMatch(NamedPods::isAllThatIsMeant);
        }
        return ends instanceof Ends.PodLabels labels && !labels.selector().selectsEverything();
    }

    private static boolean isUnclear(Ends ends) {
        return ends instanceof Ends.Unclear
                || (ends instanceof Ends.AllOf all && all.parts().stream().anyMatch(NamedPods::isUnclear));
    }

    /** What was probably meant by one of the selectors, of pods of that namespace; of all pods where it is empty. */
    static Optional<LabelGuess> guess(Ends ends, Snapshot cluster, String namespace) {
        return selectors(ends)
                .flatMap(selector -> (namespace.isEmpty()
                                ? LabelGuess.amongAllPods(selector, cluster)
                                : LabelGuess.amongPods(selector, List.of(cluster.namespaceOrAssumed(namespace))))
                        .stream())
                .findFirst();
    }

    static boolean areAwaited(Ends ends) {
        return selectors(ends).anyMatch(Volunteers::areAwaitedBy);
    }

    private static List<Ends> parts(Ends ends) {
        if (ends instanceof Ends.AllOf all) {
            return all.parts();
        }
        return ends instanceof Ends.AnyOf any ? any.parts() : List.of();
    }
}
