package dev.flowguard.verdict.trace;

import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.policy.Direction;
import dev.flowguard.verdict.chain.Chain;
import dev.flowguard.verdict.chain.ChainMatcher;
import dev.flowguard.verdict.chain.ChainStep;
import dev.flowguard.verdict.chain.ChainWalk;
import dev.flowguard.verdict.match.RuleMatcher;
import dev.flowguard.verdict.pair.Pair;
import java.util.ArrayList;
import java.util.List;

/** The twin of {@link ChainMatcher}: walks the same way and keeps every answer. */
final class ChainTracer {
    private final RuleMatcher rules;
    private final ChainMatcher matcher;

    ChainTracer(RuleMatcher rules, ChainMatcher matcher) {
        this.rules = rules;
        this.matcher = matcher;
    }

    ChainTrace trace(Chain chain, Direction direction, Pair pair) {
        ChainWalk walk = new ChainWalk();
        List<ChainTrace.Part> parts = new ArrayList<>();
        for (Chain.Part part : chain.parts()) {
            if (!walk.isHere()) {
                break;
            }
            List<StepTrace> asked = new ArrayList<>();
            for (ChainStep step : part.steps()) {
                if (!walk.isHere()) {
                    break;
                }
                asked.addAll(take(walk, step, direction, pair));
            }
            parts.add(new ChainTrace.Part(part.name(), asked));
            walk.nextBlock();
        }
        return new ChainTrace(parts, walk.answer());
    }

    private List<StepTrace> take(ChainWalk walk, ChainStep step, Direction direction, Pair pair) {
        return step.match(
                rule -> List.of(met(walk, rule(rule, direction, pair, false))),
                tie -> tie(walk, tie, direction, pair),
                policies -> List.of(met(walk, networkPolicies(policies, direction, pair))),
                rest -> List.of(
                        met(walk, new StepTrace.Rest(rest.action(), rest.answer(pair.traffic()), rest.because()))));
    }

    private static StepTrace met(ChainWalk walk, StepTrace step) {
        walk.meet(step.action(), step.answer());
        return step;
    }

    private List<StepTrace> tie(ChainWalk walk, ChainStep.Tie tie, Direction direction, Pair pair) {
        List<StepTrace> asked = new ArrayList<>();
        List<ChainWalk> walks = new ArrayList<>();
        for (List<ChainStep.OneRule> policy : tie.policies()) {
            ChainWalk alone = new ChainWalk();
            for (ChainStep.OneRule rule : policy) {
                if (alone.isHere()) {
                    asked.add(met(alone, rule(rule, direction, pair, true)));
                }
            }
            walks.add(alone);
        }
        walk.meetTie(walks);
        return asked;
    }

    private StepTrace.OneRule rule(ChainStep.OneRule step, Direction direction, Pair pair, boolean tied) {
        return new StepTrace.OneRule(
                step.policy(),
                step.rule(),
                step.selects(),
                matcher.peer(step, direction, pair),
                matcher.unclearPeer(step, direction, pair),
                matcher.ports(step, pair),
                tied);
    }

    private StepTrace networkPolicies(ChainStep.NetworkPolicies step, Direction direction, Pair pair) {
        return new StepTrace.NetworkPolicies(step.policies().stream()
                .map(CompiledPolicy::policy)
                .map(policy -> SideTrace.PolicyTrace.of(policy, direction, pair, rules))
                .toList());
    }
}
