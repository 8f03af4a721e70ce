package dev.flowguard.assess.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.assess.Change;
import dev.flowguard.contract.Expectation;
import dev.flowguard.contract.Flow;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.testing.Dice;
import dev.flowguard.testing.LiteralCluster;
import dev.flowguard.testing.LiteralFlows;
import dev.flowguard.testing.LiteralFlows.LiteralPair;
import dev.flowguard.testing.LiteralOracle;
import dev.flowguard.testing.RandomPolicies;
import dev.flowguard.testing.Scenario;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Random rollouts in random clusters, where every order can be tried with the oracle. */
class PlanLawsTest {
    private static final int ROLLOUTS = 2_500;
    private static final int MOST_CHANGES = 4;

    private int safe;
    private int unsafe;
    private int together;
    private int inOrder;

    @Test
    @DisplayName("a plan cuts nothing on its way, whatever the order within its waves; where there is none, every order"
            + " cuts")
    void everyOrderTried() {
        for (long seed = 0; seed < ROLLOUTS; seed++) {
            long dice = seed;
            Scenario.check(seed, scenario -> compare(scenario, new Dice(dice)));
        }
        assertThat(List.of(safe, unsafe, together, inOrder))
                .as("safe, unsafe, waves with several steps, plans with several waves")
                .allMatch(count -> count > ROLLOUTS / 40);
    }

    private void compare(Scenario scenario, Dice dice) {
        List<Policy> before = new LiteralCluster(scenario.settings(), scenario.observations(), List.of()).policies();
        List<Change> changes = changes(before, dice);
        Ways ways = new Ways(scenario, before, changes);
        Plan plan = PlanSearch.plan(scenario.snapshot(), changes);

        assertThat(plan.isComplete()).isTrue();
        assertThat(plan.isSafe()).as("there is a safe order of %s", changes).isEqualTo(ways.isSafeOrderThere());
        int made = 0;
        for (Plan.Wave wave : plan.waves()) {
            int members = 0;
            for (Plan.Step step : wave.steps()) {
                members |= 1 << changes.indexOf(step.change());
            }
            for (int some = 0; some < 1 << changes.size(); some++) {
                for (int next = 0; next < changes.size(); next++) {
                    boolean isPart = (some & ~members) == 0 && (members & ~some & (1 << next)) != 0;
                    if (isPart) {
                        assertThat(ways.cuts(made | some, next))
                                .as("%s after %s of %s", next, made | some, changes)
                                .isFalse();
                    }
                }
            }
            made |= members;
            together += wave.steps().size() > 1 ? 1 : 0;
        }
        for (Plan.Obstacle obstacle : plan.obstacles()) {
            assertThat(ways.cuts(made, changes.indexOf(obstacle.change()))).isTrue();
            assertThat(obstacle.cut()).isNotEmpty();
        }
        safe += plan.isSafe() ? 1 : 0;
        unsafe += plan.isSafe() ? 0 : 1;
        inOrder += plan.waves().size() > 1 ? 1 : 0;
    }

    private static List<Change> changes(List<Policy> before, Dice dice) {
        Map<PolicyRef, Policy> known = new LinkedHashMap<>();
        before.forEach(policy -> known.put(policy.ref(), policy));
        List<PolicyRef> refs = new ArrayList<>(known.keySet());
        refs.add(new PolicyRef("a", "new"));
        refs.add(new PolicyRef("b", "new"));
        RandomPolicies policies = new RandomPolicies(dice);
        return dice.shuffled(refs).stream()
                .limit(MOST_CHANGES)
                .<Change>map(ref -> {
                    Policy old = known.get(ref);
                    return old == null
                            ? new Change.Create(policies.policy(ref))
                            : dice.chance(30) ? new Change.Delete(old) : new Change.Update(old, policies.policy(ref));
                })
                .toList();
    }

    /** Every state on the way, told by the oracle: a state is the set of the changes made, bit by bit. */
    private static final class Ways {
        private final List<Policy> before;
        private final List<Change> changes;
        private final LiteralCluster cluster;
        private final List<LiteralPair> pairs = new ArrayList<>();
        private final List<Answer> wanted = new ArrayList<>();
        private final Map<Integer, List<Answer>> answers = new HashMap<>();

        Ways(Scenario scenario, List<Policy> before, List<Change> changes) {
            this.before = before;
            this.changes = changes;
            List<Policy> all = Stream.concat(
                            before.stream(), changes.stream().flatMap(change -> change.after().stream()))
                    .toList();
            this.cluster = new LiteralCluster(scenario.settings(), scenario.observations(), all);
            LiteralFlows flows = new LiteralFlows(cluster, all);
            for (Flow flow : cluster.flows()) {
                for (LiteralPair pair : flows.pairs(flow)) {
                    pairs.add(pair);
                    wanted.add(flow.expectation() == Expectation.ALLOWED ? Answer.YES : Answer.NO);
                }
            }
        }

        boolean isSafeOrderThere() {
            return isWayFrom(0);
        }

        private boolean isWayFrom(int made) {
            return made == (1 << changes.size()) - 1
                    || IntStream.range(0, changes.size())
                            .anyMatch(next ->
                                    (made & (1 << next)) == 0 && !cuts(made, next) && isWayFrom(made | (1 << next)));
        }

        boolean cuts(int made, int next) {
            List<Answer> then = answers(made | (1 << next));
            return cluster.settings().cni().enforcesPolicies()
                    && IntStream.range(0, pairs.size())
                            .anyMatch(pair ->
                                    isBroken(then, pair) && (holds(answers(0), pair) || holds(answers(made), pair)));
        }

        private boolean holds(List<Answer> some, int pair) {
            return some.get(pair) == wanted.get(pair);
        }

        private boolean isBroken(List<Answer> some, int pair) {
            return some.get(pair) != Answer.UNKNOWN && !holds(some, pair);
        }

        private List<Answer> answers(int made) {
            return answers.computeIfAbsent(made, state -> {
                Map<PolicyRef, Policy> policies = new LinkedHashMap<>();
                before.forEach(policy -> policies.put(policy.ref(), policy));
                for (int number = 0; number < changes.size(); number++) {
                    if ((state & (1 << number)) != 0) {
                        policies.remove(changes.get(number).policy());
                        changes.get(number).after().forEach(policy -> policies.put(policy.ref(), policy));
                    }
                }
                LiteralOracle oracle = new LiteralOracle(cluster, List.copyOf(policies.values()));
                return pairs.stream().map(pair -> pair.answer(oracle)).toList();
            });
        }
    }
}
