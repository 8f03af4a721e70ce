package dev.flowguard.assess;

import dev.flowguard.binding.AlikePairs;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * What a change does to one declared flow.
 *
 * @param effect the gravest effect on any of its pairs
 * @param counts how many pairs have each effect
 * @param examples pairs with each effect but {@link Effect#NONE}, at most {@value #MOST_EXAMPLES} of each
 * @param namespaces those of the pairs that are newly broken
 */
public record FlowAssessment(
        DeclaredFlow flow,
        Effect effect,
        Map<Effect, Integer> counts,
        List<PairAssessment> examples,
        Set<String> namespaces) {
    static final int MOST_EXAMPLES = 20;

    public FlowAssessment {
        counts = Map.copyOf(counts);
        examples = List.copyOf(examples);
        namespaces = Set.copyOf(namespaces);
    }

    public int count(Effect effect) {
        return counts.getOrDefault(effect, 0);
    }

    /** The examples with that effect. */
    public List<PairAssessment> examples(Effect effect) {
        return examples.stream().filter(example -> example.effect() == effect).toList();
    }

    /** Gathers pairs as they are judged. */
    public static final class Tally {
        private final DeclaredFlow flow;
        private final long[] counts = new long[Effect.values().length];
        private final int[] shown = new int[Effect.values().length];
        private final List<PairAssessment> examples = new ArrayList<>();
        private final Set<String> namespaces = new HashSet<>();
        private final int most;
        private String lastSource = "";
        private String lastDestination = "";

        public Tally(DeclaredFlow flow) {
            this(flow, MOST_EXAMPLES);
        }

        /** @param most how many examples of each effect are wanted */
        Tally(DeclaredFlow flow, int most) {
            this.flow = flow;
            this.most = most;
        }

        /** Whether no pair was met. */
        boolean isEmpty() {
            return LongStream.of(counts).allMatch(count -> count == 0);
        }

        /** Whether a pair with that effect is still wanted as an example, so that its verdicts are worth explaining. */
        public boolean wants(Effect effect) {
            return effect != Effect.NONE && shown[effect.ordinal()] < most;
        }

        /** Counts as many pairs as another flow has, which are as its are. */
        void countLike(Tally other) {
            for (int i = 0; i < counts.length; i++) {
                counts[i] += other.counts[i];
            }
            namespaces.addAll(other.namespaces);
        }

        List<PairAssessment> examples() {
            return examples;
        }

        long pairs() {
            return LongStream.of(counts).sum();
        }

        boolean hasExamples() {
            return !examples.isEmpty();
        }

        /** Whether there are pairs that are counted and wanted as examples, and are none yet. */
        boolean wantsAny() {
            for (Effect effect : Effect.values()) {
                if (wants(effect) && shown[effect.ordinal()] < counts[effect.ordinal()]) {
                    return true;
                }
            }
            return false;
        }

        public void count(Pair pair, Effect effect) {
            counts[effect.ordinal()]++;
            if (effect == Effect.NEWLY_BROKEN) {
                // Pairs come namespace by namespace.
                lastSource = addNamespace(pair.source(), lastSource);
                lastDestination = addNamespace(pair.destination(), lastDestination);
            }
        }

        /** Counts all of these, whose effect is the same. */
        void count(AlikePairs pairs, Effect effect) {
            if (pairs.isSingle()) {
                count(pairs.one(), effect);
                return;
            }
            counts[effect.ordinal()] += pairs.count();
            if (effect == Effect.NEWLY_BROKEN) {
                pairs.namespaces().forEach(namespaces::addAll);
            }
        }

        public void addExample(PairAssessment example) {
            examples.add(example);
            shown[example.effect().ordinal()]++;
        }

        public FlowAssessment result() {
            Map<Effect, Integer> met = new EnumMap<>(Effect.class);
            for (Effect effect : Effect.values()) {
                if (counts[effect.ordinal()] > 0) {
                    met.put(effect, (int) Math.min(counts[effect.ordinal()], Integer.MAX_VALUE));
                }
            }
            Effect gravest = met.keySet().stream().findFirst().orElse(Effect.NONE);
            return new FlowAssessment(flow, gravest, met, examples, namespaces);
        }

        private String addNamespace(Endpoint end, String last) {
            String namespace = end.match(pods -> pods.workload().namespace(), addresses -> "");
            if (!namespace.isEmpty() && !namespace.equals(last)) {
                namespaces.add(namespace);
            }
            return namespace;
        }
    }
}
