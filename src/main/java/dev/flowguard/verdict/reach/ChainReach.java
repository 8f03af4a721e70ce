package dev.flowguard.verdict.reach;

import dev.flowguard.net.AddressRange;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.chain.Action;
import dev.flowguard.verdict.chain.Chain;
import dev.flowguard.verdict.chain.ChainMatcher;
import dev.flowguard.verdict.chain.ChainStep;
import dev.flowguard.verdict.match.Allowance;
import dev.flowguard.verdict.pair.Endpoint;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/** A chain, asked of sets: what {@link ChainMatcher} answers for one kind of traffic, found for all ports at once. */
final class ChainReach implements Side {
    /** What a step matches, of the traffic with one other end. */
    private interface Matched {
        Allowance rule(ChainStep.OneRule rule);

        Allowance networkPolicies(SideReach union);
    }

    private final Chain chain;
    private final ChainSurvey survey;
    private final Map<ChainStep.NetworkPolicies, SideReach> unions = new IdentityHashMap<>();
    private final Endpoint subject;

    /**
     * @param unions what NetworkPolicies allow together
     * @param subject whose chain it is
     */
    ChainReach(
            Chain chain, ChainSurvey survey, Function<ChainStep.NetworkPolicies, SideReach> unions, Endpoint subject) {
        this.chain = chain;
        this.survey = survey;
        for (Chain.Part part : chain.parts()) {
            for (ChainStep step : part.steps()) {
                step.match(
                                rule -> Stream.<ChainStep.NetworkPolicies>empty(),
                                tie -> Stream.<ChainStep.NetworkPolicies>empty(),
                                Stream::of,
                                rest -> Stream.<ChainStep.NetworkPolicies>empty())
                        .forEach(policies -> this.unions.put(policies, unions.apply(policies)));
            }
        }
        this.subject = subject;
    }

    @Override
    public boolean isIsolated() {
        return chain.canDeny();
    }

    @Override
    public boolean maybeOpen(int other, boolean ownNode) {
        return true;
    }

    @Override
    public Allowance workload(int other, boolean ownNode, Endpoint destination) {
        return walk(ownNode, new Matched() {
            @Override
            public Allowance rule(ChainStep.OneRule step) {
                Answer peer = survey.workload(step.rule(), other);
                return ports(step, peer, destination);
            }

            @Override
            public Allowance networkPolicies(SideReach union) {
                return union.workload(other, false, destination);
            }
        });
    }

    @Override
    public Allowance addresses(Endpoint.Addresses addresses, boolean ownNode, Endpoint destination) {
        return walk(ownNode, new Matched() {
            @Override
            public Allowance rule(ChainStep.OneRule step) {
                return ports(step, survey.addresses(step.rule(), addresses), destination);
            }

            @Override
            public Allowance networkPolicies(SideReach union) {
                return union.addresses(addresses, false, destination);
            }
        });
    }

    @Override
    public Allowance somePod(Endpoint destination) {
        return walk(false, new Matched() {
            @Override
            public Allowance rule(ChainStep.OneRule step) {
                return ports(step, survey.somePod(step.rule()), destination);
            }

            @Override
            public Allowance networkPolicies(SideReach union) {
                return union.somePod(destination);
            }
        });
    }

    @Override
    public List<AddressRange> blocks() {
        return chain.parts().stream()
                .flatMap(part -> part.steps().stream())
                .flatMap(step -> step.match(
                        rule -> survey.blocks(rule.rule()),
                        tie -> tie.policies().stream()
                                .flatMap(List::stream)
                                .flatMap(rule -> survey.blocks(rule.rule())),
                        networkPolicies -> union(networkPolicies).blocks().stream(),
                        rest -> Stream.<AddressRange>empty()))
                .distinct()
                .toList();
    }

    private SideReach union(ChainStep.NetworkPolicies policies) {
        return Objects.requireNonNull(unions.get(policies));
    }

    private Allowance ports(ChainStep.OneRule step, Answer peer, Endpoint destination) {
        if (peer.isNo()) {
            return Allowance.NOTHING;
        }
        Answer sure = peer.and(survey.subject(step.rule(), subject)).and(ChainMatcher.certainty(step));
        return sure.isNo()
                ? Allowance.NOTHING
                : survey.ports(step.rule(), destination).where(sure);
    }

    private Allowance walk(boolean ownNode, Matched matched) {
        PortWalk walk = new PortWalk();
        for (Chain.Part part : chain.parts()) {
            for (ChainStep step : part.steps()) {
                if (!walk.isAnyHere()) {
                    break;
                }
                take(walk, step, matched);
            }
            walk.nextBlock();
        }
        return ownNode ? walk.answer().leftOpen() : walk.answer();
    }

    private void take(PortWalk walk, ChainStep step, Matched matched) {
        Runnable taking = step.match(
                rule -> () -> walk.meet(rule.rule().action(), matched.rule(rule)),
                tie -> () -> walk.meetTie(tie.policies().stream()
                        .map(policy -> alone(policy, matched))
                        .toList()),
                policies -> () -> walk.meet(Action.ALLOW, matched.networkPolicies(union(policies))),
                rest -> () -> walk.meet(rest.action(), Allowance.EVERYTHING.where(rest.applies())));
        taking.run();
    }

    private static PortWalk alone(List<ChainStep.OneRule> policy, Matched matched) {
        PortWalk walk = new PortWalk();
        policy.forEach(rule -> walk.meet(rule.rule().action(), matched.rule(rule)));
        return walk;
    }
}
