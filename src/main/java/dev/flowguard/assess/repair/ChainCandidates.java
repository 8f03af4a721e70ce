package dev.flowguard.assess.repair;

import dev.flowguard.contract.DnsLabel;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.policy.amend.Amendable;
import dev.flowguard.policy.amend.Amendment;
import dev.flowguard.policy.amend.Wanted;
import dev.flowguard.policy.chain.Block;
import dev.flowguard.policy.chain.Place;
import dev.flowguard.policy.chain.PolicySource;
import dev.flowguard.policy.chain.RuledRef;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Steps that may get traffic past what decides against it, in the order in which an owner would rather take them: what the owner of
 * the namespace can do before what only administrators can, a policy that exists before a new one, the shape of the policies that
 * are there before another.
 */
final class ChainCandidates {
    private final Flow flow;
    private final String name;

    ChainCandidates(Flow flow) {
        this.flow = flow;
        this.name = DnsLabel.of(flow.name(), RepairCandidates.MOST_CHARACTERS_OF_FLOW);
    }

    Stream<Repair.Step> of(Decider decider, Need need, RepairedPolicies now, Set<PolicyRef> preferred) {
        Wanted wanted = need.wanted(name);
        List<Supplied> ways = decider.rule()
                .map(denying -> pastRule(denying, wanted, need, now, preferred))
                .orElseGet(() -> pastIsolation(decider, wanted, need, now, preferred));
        return ways.stream().flatMap(way -> way.steps().map(step -> step));
    }

    /** Steps that are only thought of when those before them do not do. */
    private interface Supplied {
        Stream<? extends Repair.Step> steps();
    }

    /** A NetworkPolicy helps where it is asked before; else only the owner of the rule can help. */
    private List<Supplied> pastRule(
            Decider.Denying denying, Wanted wanted, Need need, RepairedPolicies now, Set<PolicyRef> preferred) {
        Place place = denying.policy().place();
        boolean together = place.manner() == Place.Manner.TOGETHER;
        boolean behindNetworkPolicies = place.block().compareTo(Block.MAIN) >= 0 && !together;
        Optional<Amendable> policy = now.amendable(denying.policy().ref());
        return List.of(
                () -> behindNetworkPolicies ? Stream.of(networkPolicy(need, now, preferred)) : Stream.empty(),
                () -> steps(
                        policy,
                        wanted,
                        each -> together
                                ? each.narrowing(wanted, denying.rule())
                                : each.allowing(wanted, Optional.of(denying.rule()))),
                () -> together ? Stream.empty() : steps(policy, wanted, each -> each.beside(wanted, now.sources())));
    }

    private List<Supplied> pastIsolation(
            Decider decider, Wanted wanted, Need need, RepairedPolicies now, Set<PolicyRef> preferred) {
        List<Amendable> own = amendables(decider, now, false);
        List<Amendable> ofAdministrators = amendables(decider, now, true);
        Repair.NewRule rule = networkPolicy(need, now, preferred);
        boolean ownShape = !own.isEmpty() && own.size() == decider.isolating().size() - ofAdministrators.size();
        return List.of(
                () -> Stream.of(rule).filter(Repair.NewRule::exists),
                () -> own.stream()
                        .filter(policy -> hasRules(policy, need, now))
                        .flatMap(policy ->
                                steps(Optional.of(policy), wanted, each -> each.allowing(wanted, Optional.empty()))),
                () -> Stream.of(rule).filter(each -> !each.exists() && !ownShape),
                () -> own.stream()
                        .limit(1)
                        .flatMap(policy ->
                                steps(Optional.of(policy), wanted, each -> each.beside(wanted, now.sources()))),
                () -> Stream.of(rule).filter(each -> !each.exists()),
                () -> ofAdministrators.stream()
                        .flatMap(policy ->
                                steps(Optional.of(policy), wanted, each -> each.allowing(wanted, Optional.empty()))));
    }

    /** A policy without rules is a deny, and stays one. */
    private static boolean hasRules(Amendable policy, Need need, RepairedPolicies now) {
        return policy.mapping(now.cluster().surroundings())
                .match(
                        ruled -> ruled.policies().stream()
                                .anyMatch(each ->
                                        !each.section(need.direction()).rules().isEmpty()),
                        ignored -> false,
                        unclear -> false);
    }

    private static List<Amendable> amendables(Decider decider, RepairedPolicies now, boolean ofAdministrators) {
        return decider.isolating().stream()
                .filter(policy -> policy.namespace().isEmpty() == ofAdministrators)
                .flatMap(policy -> amendable(policy, now).stream())
                .toList();
    }

    private static Optional<Amendable> amendable(ObjectRef policy, RepairedPolicies now) {
        return now.sources().stream()
                .map(PolicySource::ref)
                .filter(ref -> ObjectRef.of(ref).equals(policy))
                .findFirst()
                .flatMap((RuledRef ref) -> now.amendable(ref));
    }

    private Repair.NewRule networkPolicy(Need need, RepairedPolicies now, Set<PolicyRef> preferred) {
        return new RepairCandidates(now.cluster(), now.view(), preferred, flow).step(need);
    }

    private static Stream<Repair.Step> steps(
            Optional<Amendable> policy, Wanted wanted, Function<Amendable, List<Amendment>> amendments) {
        return policy.stream()
                .flatMap(each -> amendments.apply(each).stream())
                .map(amendment -> new Repair.Amended(amendment, wanted));
    }
}
