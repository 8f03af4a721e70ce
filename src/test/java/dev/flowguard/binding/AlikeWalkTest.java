package dev.flowguard.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.Flow;
import dev.flowguard.policy.Answer;
import dev.flowguard.testing.Scenario;
import dev.flowguard.verdict.Reachability;
import dev.flowguard.verdict.match.Classes;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Random clusters: pairs by classes against pair by pair. */
class AlikeWalkTest {
    private static final int CLUSTERS = 4_000;

    private int saved;

    @Test
    @DisplayName(
            "a class has the verdict of each of its pairs: as many of each answer, and each can be shown, in the order of the flow")
    void alike() {
        for (long seed = 0; seed < CLUSTERS; seed++) {
            Snapshot cluster = Scenario.of(seed).snapshot();
            Optional<Classes> classes = Classes.of(cluster, List.of(cluster));
            if (classes.isPresent()) {
                Map<AlikePairs.Question, Answer> known = new HashMap<>();
                for (DeclaredFlow flow : cluster.flows()) {
                    compare(seed, cluster, classes.get(), flow.flow(), known);
                }
            }
        }
        assertThat(saved).as("pairs that were not asked").isGreaterThan(1_000);
    }

    private void compare(
            long seed, Snapshot cluster, Classes classes, Flow flow, Map<AlikePairs.Question, Answer> known) {
        EndBinding ends = new EndBinding(cluster);
        PairCutter cutter = new PairCutter(cluster, List.of(cluster));
        Reachability reachability = new Reachability(cluster, cluster);
        List<Endpoint> senders = ends.sources(flow.from(), Within.ANYWHERE);
        List<Destination> reached =
                new DestinationBinding(cluster, ends).destinations(flow.to(), flow.ports(), Within.ANYWHERE);
        Map<Answer, Long> expected = new EnumMap<>(Answer.class);
        List<Pair> notOpen = new ArrayList<>();
        for (Endpoint sender : senders) {
            for (Destination destination : reached) {
                cutter.forEach(sender, destination, pair -> {
                    Answer answer = reachability.answer(pair);
                    expected.merge(answer, 1L, Long::sum);
                    return answer.isYes() || notOpen.add(pair);
                });
            }
        }
        Map<Answer, Long> found = new EnumMap<>(Answer.class);
        List<Pair> shown = new ArrayList<>();
        boolean all = new AlikeWalk(cutter, classes, senders, reached).forEach(new AlikeVisitor() {
            @Override
            public Wish visit(AlikePairs pairs) {
                Answer answer = reachability.answer(pairs.one());
                saved += (int) pairs.count() - 1;
                found.merge(answer, pairs.count(), Long::sum);
                pairs.question()
                        .ifPresent(question -> assertThat(known.merge(question, answer, (was, now) -> was))
                                .as("seed %d: the same was asked before, %s", seed, pairs.one())
                                .isEqualTo(answer));
                return answer.isYes() ? Wish.GO_ON : Wish.SHOW_EACH;
            }

            @Override
            public boolean show(Pair pair) {
                return reachability.answer(pair).isYes() || shown.add(pair);
            }
        });
        assertThat(all).isTrue();
        assertThat(found).as("seed %d, %s", seed, flow).isEqualTo(expected);
        assertThat(shown).as("seed %d, %s", seed, flow).isEqualTo(notOpen);
    }
}
