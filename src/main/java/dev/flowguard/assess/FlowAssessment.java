package dev.flowguard.assess;

import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

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
        private final int[] counts = new int[Effect.values().length];
        private final List<PairAssessment> examples = new ArrayList<>();
        private final Set<String> namespaces = new HashSet<>();
        private String lastSource = "";
        private String lastDestination = "";

        public Tally(DeclaredFlow flow) {
            this.flow = flow;
        }

        /** Whether no pair was met. */
        boolean isEmpty() {
            return IntStream.of(counts).allMatch(count -> count == 0);
        }

        /** Whether a pair with that effect is still wanted as an example, so that its verdicts are worth explaining. */
        public boolean wants(Effect effect) {
            return effect != Effect.NONE && counts[effect.ordinal()] < MOST_EXAMPLES;
        }

        public void count(Pair pair, Effect effect) {
            counts[effect.ordinal()]++;
            if (effect == Effect.NEWLY_BROKEN) {
                // Pairs come namespace by namespace.
                lastSource = addNamespace(pair.source(), lastSource);
                lastDestination = addNamespace(pair.destination(), lastDestination);
            }
        }

        public void addExample(PairAssessment example) {
            examples.add(example);
        }

        public FlowAssessment result() {
            Map<Effect, Integer> met = new EnumMap<>(Effect.class);
            for (Effect effect : Effect.values()) {
                if (counts[effect.ordinal()] > 0) {
                    met.put(effect, counts[effect.ordinal()]);
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
