package dev.flowguard.cluster;

import dev.flowguard.policy.Labels;
import dev.flowguard.policy.chain.Candidates;
import dev.flowguard.policy.chain.Mark;
import dev.flowguard.policy.chain.RuledPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Which policies may select a pod, by the labels that it and its namespace bear. Each policy is filed under as few marks as its subject
 * allows, where the fewest others are, so that however many policies there are a pod meets few that do not select it. Immutable.
 */
final class SubjectIndex {
    private final Map<Mark, List<RuledPolicy>> byMark = new HashMap<>();

    /** Those that may select whatever pod. */
    private final List<RuledPolicy> unmarked = new ArrayList<>();

    SubjectIndex(List<RuledPolicy> policies) {
        for (RuledPolicy policy : policies) {
            Optional<Set<Mark>> marks = marks(policy);
            if (marks.isEmpty()) {
                unmarked.add(policy);
            } else {
                marks.get()
                        .forEach(mark -> byMark.computeIfAbsent(mark, key -> new ArrayList<>(1))
                                .add(policy));
            }
        }
    }

    private Optional<Set<Mark>> marks(RuledPolicy policy) {
        Optional<Set<Mark>> ofSubject = Candidates.of(policy.subject(), this::load);
        if (policy.ref().isClusterScoped()) {
            return ofSubject;
        }
        Mark own = Mark.inNamespace(policy.ref().namespace());
        return ofSubject
                .filter(marks -> marks.stream().mapToLong(this::load).sum() <= load(own))
                .or(() -> Optional.of(Set.of(own)));
    }

    /** One more than those that are there, so that of equal choices that of fewer marks is better. */
    private long load(Mark mark) {
        return 1L + byMark.getOrDefault(mark, List.of()).size();
    }

    /** Hands over each policy that may select such a pod, in no order, and perhaps more than once. */
    void forEachCandidate(Labels pod, Labels namespace, Consumer<RuledPolicy> taker) {
        unmarked.forEach(taker);
        pod.forEach((key, value) ->
                byMark.getOrDefault(Mark.ofPod(key, value), List.of()).forEach(taker));
        namespace.forEach((key, value) ->
                byMark.getOrDefault(Mark.ofNamespace(key, value), List.of()).forEach(taker));
    }

    /** Hands over each policy that is filed under one of these marks, or under none at all, in no order, and perhaps more than once. */
    void forEachUnder(Set<Mark> marks, Consumer<RuledPolicy> taker) {
        unmarked.forEach(taker);
        marks.forEach(mark -> byMark.getOrDefault(mark, List.of()).forEach(taker));
    }
}
