package dev.flowguard.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.policy.Answer;
import dev.flowguard.testing.Dice;
import dev.flowguard.testing.LiteralCilium;
import dev.flowguard.testing.LiteralObjects.Flow;
import dev.flowguard.testing.RandomCilium;
import dev.flowguard.verdict.pair.Pair;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Random clusters on Cilium with policies of every kind: the engine, its tracing twin and a literal reading give the same answer. */
class CiliumOracleTest {
    /** A few hundred here; the long run is with {@code -Dflowguard.cilium.clusters=20000}. */
    private static final int CLUSTERS = Integer.getInteger("flowguard.cilium.clusters", 400);

    private static final int FLOWS = 16;

    private final Map<Answer, Integer> answers = new EnumMap<>(Answer.class);

    @Test
    @DisplayName(
            "C1 to C21, L1 to L28, X1 to X4: the engine, its trace and the literal oracle never disagree about a flow")
    void agree() {
        for (long seed = 0; seed < CLUSTERS; seed++) {
            compare(seed);
        }
        assertThat(answers.keySet()).as("answers that were met").containsExactlyInAnyOrder(Answer.values());
    }

    private void compare(long seed) {
        RandomCilium random = new RandomCilium(seed);
        LiteralCilium oracle = new LiteralCilium(random.objects());
        Snapshot cluster = OracleProbe.snapshot("cilium", random.objects(), seed);
        Reachability reachability = new Reachability(cluster, cluster);
        for (Flow flow : OracleProbe.flows(random.ends(), FLOWS, new Dice(~seed))) {
            Pair pair = OracleProbe.pair(cluster, flow);
            Answer expected = OracleProbe.answer(oracle.outcomes(flow));
            answers.merge(expected, 1, Integer::sum);
            if (reachability.answer(pair) != expected
                    || reachability.trace(pair).verdict().answer() != expected) {
                assertThat(reachability.answer(pair))
                        .as("seed %s: %s in\n%s", seed, flow, text(random.objects()))
                        .isEqualTo(expected)
                        .isEqualTo(reachability.trace(pair).verdict().answer());
            }
        }
    }

    private static String text(List<ObjectNode> objects) {
        return String.join("\n", objects.stream().map(ObjectNode::toString).toList());
    }
}
