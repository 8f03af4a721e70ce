package dev.flowguard.assess.finding;

import dev.flowguard.cluster.RuledPolicies;
import dev.flowguard.cluster.RuledPolicies.SetAside;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.chain.Action;
import dev.flowguard.policy.chain.Block;
import dev.flowguard.policy.chain.ChainRule;
import dev.flowguard.policy.chain.Ends;
import dev.flowguard.policy.chain.Place;
import dev.flowguard.policy.chain.Ports;
import dev.flowguard.policy.chain.RuledPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is odd about policies of other kinds, as far as it can be told from them alone: a rule that is never asked, a pass with nothing
 * behind it, and policies of which nobody knows the first (OTHER-POLICIES C3, C5).
 */
public final class ChainRemarks {
    private ChainRemarks() {}

    /** A sentence for each, with the policy. */
    public static List<SetAside> of(RuledPolicies policies) {
        List<SetAside> remarks = new ArrayList<>(ties(policies.all()));
        for (RuledPolicy policy : policies.all()) {
            for (Direction direction : Direction.values()) {
                ofRules(policy, policy.section(direction).rules(), remarks);
            }
        }
        remarks.sort(Comparator.comparing(SetAside::object));
        return remarks;
    }

    private static List<SetAside> ties(List<RuledPolicy> policies) {
        Map<Place, List<RuledPolicy>> byPlace = new LinkedHashMap<>();
        policies.stream()
                .filter(policy -> policy.place().manner() == Place.Manner.IN_ORDER)
                .forEach(policy -> byPlace.computeIfAbsent(policy.place(), place -> new ArrayList<>())
                        .add(policy));
        List<SetAside> ties = new ArrayList<>();
        byPlace.forEach((place, level) -> {
            for (RuledPolicy other : level.subList(1, level.size())) {
                ties.add(new SetAside(
                        ObjectRef.of(other.ref()),
                        "stands at one place with " + level.get(0).ref() + " ("
                                + place.block().name() + ", "
                                + Math.round(place.order())
                                + "), and nobody knows which is asked first where both select a pod: give one of them another"
                                + " priority"));
            }
        });
        return ties;
    }

    private static void ofRules(RuledPolicy policy, List<ChainRule> rules, List<SetAside> remarks) {
        ObjectRef object = ObjectRef.of(policy.ref());
        for (int i = 0; i < rules.size(); i++) {
            ChainRule rule = rules.get(i);
            if (rule.action() == Action.PASS && policy.place().block().equals(Block.BASELINE)) {
                remarks.add(new SetAside(
                        object,
                        rule.label() + " passes on, and nothing is asked behind it: it allows what it matches"));
            }
            if (policy.place().manner() == Place.Manner.IN_ORDER) {
                rules.subList(0, i).stream()
                        .filter(earlier -> earlier.index() != rule.index() && covers(earlier, rule))
                        .findFirst()
                        .ifPresent(earlier -> remarks.add(new SetAside(
                                object,
                                rule.label() + " is never asked: " + earlier.label()
                                        + " matches all that it matches, before it")));
            }
        }
    }

    /** Surely, by what is written: who is the same or everybody, and ports that are the same or all. */
    private static boolean covers(ChainRule earlier, ChainRule rule) {
        return earlier.doubts().isEmpty()
                && (earlier.subject().equals(Ends.EVERYBODY)
                        || earlier.subject().equals(rule.subject()))
                && (earlier.peer().equals(Ends.EVERYBODY) || earlier.peer().equals(rule.peer()))
                && (earlier.ports().equals(Ports.EVERY) || earlier.ports().equals(rule.ports()));
    }
}
