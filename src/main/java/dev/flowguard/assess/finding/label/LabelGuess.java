package dev.flowguard.assess.finding.label;

import dev.flowguard.assess.finding.diagnosis.Nearness;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.Requirement;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What a selector that matches nothing was probably meant to say: it differs from labels that something carries in one
 * requirement, and there only by a slip.
 *
 * @param key of the label that was probably meant
 * @param slip how it differs from what was written
 */
public record LabelGuess(String key, String value, Slip slip) {
    /** What went wrong, the likeliest first. */
    public enum Slip {
        /** A few letters of the value or of the key are wrong. */
        TYPO,
        /** The value is right and is carried under another key. */
        OTHER_KEY,
        /** One value is a part of the other, as {@code api} is of {@code api-server}. */
        PART
    }

    /** Enough for any real namespace; what is wrong need not be slow as well. */
    private static final int MOST_LOOKED_AT = 2_000;

    private static final int TOO_COMMON_A_VALUE = 3;

    private record Ranked(LabelGuess guess, int distance) {}

    private static final Comparator<Ranked> LIKELIEST = Comparator.<Ranked, Slip>comparing(
                    ranked -> ranked.guess().slip())
            .thenComparing(Ranked::distance)
            .thenComparing(ranked -> ranked.guess().toString());

    /** Among the labels of the pods in these namespaces. */
    public static Optional<LabelGuess> amongPods(LabelSelector selector, Collection<NamespaceShard> namespaces) {
        return among(
                selector,
                namespaces.stream().flatMap(shard -> shard.workloads().stream()).map(Workload::labels));
    }

    public static Optional<LabelGuess> among(LabelSelector selector, Stream<Labels> carried) {
        return likeliest(selector, carried.limit(MOST_LOOKED_AT).distinct());
    }

    /** Among all pods of the cluster. */
    public static Optional<LabelGuess> amongAllPods(LabelSelector selector, Snapshot cluster) {
        return likeliest(selector, cluster.vocabulary().near(selector).stream());
    }

    private static Optional<LabelGuess> likeliest(LabelSelector selector, Stream<Labels> carried) {
        return carried.flatMap(labels -> guesses(selector, labels))
                .min(LIKELIEST)
                .map(Ranked::guess);
    }

    public boolean isTypo() {
        return slip == Slip.TYPO;
    }

    private static Stream<Ranked> guesses(LabelSelector selector, Labels labels) {
        List<Requirement> failing = selector.requirements().stream()
                .filter(requirement -> !requirement.matches(labels))
                .limit(2)
                .toList();
        return failing.size() == 1 && failing.get(0).operator() == Requirement.Operator.IN
                ? labels.asMap().entrySet().stream().flatMap(label -> guesses(failing.get(0), label))
                : Stream.empty();
    }

    private static Stream<Ranked> guesses(Requirement failing, Map.Entry<String, String> label) {
        return failing.values().stream()
                .flatMap(wanted -> label.getKey().equals(failing.key())
                        ? byValue(wanted, label)
                        : byKey(failing.key(), wanted, label));
    }

    private static Stream<Ranked> byValue(String wanted, Map.Entry<String, String> label) {
        OptionalInt typo = Nearness.typo(wanted, label.getValue());
        if (typo.isPresent()) {
            return Stream.of(ranked(label, Slip.TYPO, typo.getAsInt()));
        }
        return Nearness.isPartOf(wanted, label.getValue()) ? Stream.of(ranked(label, Slip.PART, 0)) : Stream.empty();
    }

    private static Stream<Ranked> byKey(String key, String wanted, Map.Entry<String, String> label) {
        if (!label.getValue().equals(wanted)) {
            return Stream.empty();
        }
        OptionalInt typo = Nearness.typo(key, label.getKey());
        if (typo.isPresent()) {
            return Stream.of(ranked(label, Slip.TYPO, typo.getAsInt()));
        }
        return saysSomething(wanted) ? Stream.of(ranked(label, Slip.OTHER_KEY, 0)) : Stream.empty();
    }

    /** Values such as {@code true}, {@code enabled}, {@code v1} or {@code 2} are carried under many keys. */
    private static boolean saysSomething(String value) {
        return value.length() > TOO_COMMON_A_VALUE
                && !value.equals("false")
                && !value.equals("disabled")
                && !Volunteers.isAgreement(value)
                && !value.matches("v?[0-9.]*");
    }

    private static Ranked ranked(Map.Entry<String, String> label, Slip slip, int distance) {
        return new Ranked(new LabelGuess(label.getKey(), label.getValue(), slip), distance);
    }

    @Override
    public String toString() {
        return key + "=" + value;
    }
}
