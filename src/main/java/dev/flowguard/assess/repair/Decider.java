package dev.flowguard.assess.repair;

import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.chain.Action;
import dev.flowguard.policy.chain.Block;
import dev.flowguard.policy.chain.ChainRule;
import dev.flowguard.policy.chain.RuledPolicy;
import dev.flowguard.verdict.trace.SideTrace;
import dev.flowguard.verdict.trace.Trace;
import java.util.List;
import java.util.Optional;

/**
 * What keeps traffic out on one side.
 *
 * @param rule that denies it; empty where policies isolate the pods and none has a rule for it
 * @param isolating those policies, of whatever kind
 * @param amongNetworkPolicies whether a NetworkPolicy that isolates the pods has its effect there, so that one more takes nothing away
 */
record Decider(Direction direction, Optional<Denying> rule, List<ObjectRef> isolating, boolean amongNetworkPolicies) {
    /** A rule of a policy. */
    record Denying(RuledPolicy policy, ChainRule rule) {}

    Decider {
        isolating = List.copyOf(isolating);
    }

    /** Empty where that side lets the traffic through, or may. */
    static Optional<Decider> of(Trace trace, Direction direction) {
        return trace.sides().stream()
                .filter(side -> side.direction() == direction && side.answer().isNo())
                .map(Decider::of)
                .findFirst();
    }

    private static Decider of(SideTrace side) {
        Optional<Denying> denying = side.chain().stream()
                .flatMap(chain -> chain.denials().stream())
                .flatMap(step -> step
                        .match(
                                rule -> Optional.of(new Denying(rule.policy(), rule.rule())),
                                policies -> Optional.<Denying>empty(),
                                rest -> Optional.<Denying>empty())
                        .stream())
                .findFirst();
        List<ObjectRef> isolating = side.chain()
                .map(chain -> chain.denials().stream()
                        .flatMap(step -> step.match(
                                rule -> List.<ObjectRef>of().stream(),
                                policies -> List.<ObjectRef>of().stream(),
                                rest -> rest.because().stream()))
                        .toList())
                .orElseGet(() -> side.isolatedBy().stream().map(ObjectRef::of).toList());
        return new Decider(side.direction(), denying, isolating, denying.isEmpty() && isAmongNetworkPolicies(side));
    }

    /** Isolation has its effect behind the policies of its block, or with plugins that ask for it last at the end of the chain. */
    private static boolean isAmongNetworkPolicies(SideTrace side) {
        return side.chain()
                .map(chain -> chain.parts().stream()
                        .filter(part -> part.met().stream().anyMatch(step -> step.action() == Action.DENY))
                        .allMatch(part -> part.name().isEmpty() || part.name().equals(Block.MAIN.name())))
                .orElse(true);
    }
}
