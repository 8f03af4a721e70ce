package dev.flowguard.wording;

import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.chain.Action;
import dev.flowguard.verdict.trace.ChainTrace;
import dev.flowguard.verdict.trace.SideTrace;
import dev.flowguard.verdict.trace.StepTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The way through a chain for people: block by block, what decided, what passed on, or that nothing matched. */
public final class ChainWording {
    private static final String END = "end";

    private final Function<SideTrace.PolicyTrace, List<String>> rules;

    /** @param rules what is said of a NetworkPolicy that was asked */
    ChainWording(Function<SideTrace.PolicyTrace, List<String>> rules) {
        this.rules = rules;
    }

    /** Some lines for each block that was asked. */
    List<String> of(ChainTrace trace) {
        List<String> lines = new ArrayList<>();
        for (ChainTrace.Part part : trace.parts()) {
            String start = (part.name().isEmpty() ? END : part.name()) + ": ";
            List<String> told = part.met().stream()
                    .map(step -> step.match(ChainWording::rule, this::opened, rest -> rest(rest)))
                    .toList();
            if (told.isEmpty()) {
                lines.add(start + "passed, no rule matches");
            }
            told.forEach(each -> lines.add(start + each));
            networkPolicies(part).forEach(line -> lines.add("  " + line));
        }
        return lines;
    }

    /** {@code ClusterNetworkPolicy guard, ingress[0], allows it}. */
    static String rule(StepTrace.OneRule step) {
        return KindNames.of(ObjectRef.of(step.policy().ref())) + ", "
                + step.rule().label() + ", " + does(step.action(), step.answer() == Answer.UNKNOWN || step.tied());
    }

    /** What a rule does with the traffic, where it matches or may match; else that it speaks of others. */
    public static String does(StepTrace.OneRule step) {
        return step.answer().isNo()
                ? "speaks of other traffic"
                : does(step.action(), step.answer() == Answer.UNKNOWN || step.tied());
    }

    /** Why a rule does not match, or not surely: a clause for each reason. */
    public static List<String> misses(StepTrace.OneRule step) {
        if (step.answer().isYes() && !step.tied()) {
            return List.of();
        }
        List<String> misses = new ArrayList<>();
        if (step.peer().isNo()) {
            misses.add("the other end is none of those that it names");
        }
        if (step.ports().isNo()) {
            misses.add("the port is none of those that it names");
        }
        if (!step.answer().isNo()) {
            misses.addAll(step.unclearPeer());
            misses.addAll(step.rule().doubts());
            if (step.ports() == Answer.UNKNOWN) {
                misses.add("whether it speaks of the port is not known");
            }
            if (step.selects() == Answer.UNKNOWN) {
                misses.add("whether the policy selects these pods is not known");
            }
            if (step.tied()) {
                misses.add("another policy stands at the same place, and which of them is asked first is open");
            }
        }
        return misses;
    }

    private static String does(Action action, boolean perhaps) {
        return switch (action) {
            case ALLOW -> perhaps ? "may allow it" : "allows it";
            case DENY -> perhaps ? "may deny it" : "denies it";
            case PASS -> perhaps ? "may pass it on" : "passes it on";
        };
    }

    private String opened(StepTrace.NetworkPolicies step) {
        return step.answer().isYes() ? "a rule of a NetworkPolicy allows it" : "a rule of a NetworkPolicy may allow it";
    }

    private static String rest(StepTrace.Rest rest) {
        String because = rest.because().isEmpty()
                ? ""
                : ", isolated by "
                        + Names.some(rest.because().stream().map(KindNames::of).toList());
        boolean perhaps = rest.answer() == Answer.UNKNOWN;
        return rest.action() == Action.ALLOW
                ? (perhaps ? "perhaps open, where nothing more is asked" : "open, nothing keeps it out")
                : (perhaps ? "perhaps denied" : "denied") + because + " and no rule allows it";
    }

    private List<String> networkPolicies(ChainTrace.Part part) {
        return part.steps().stream()
                .flatMap(step -> step.match(
                        rule -> Stream.<SideTrace.PolicyTrace>empty(),
                        policies -> policies.policies().stream(),
                        rest -> Stream.<SideTrace.PolicyTrace>empty()))
                .flatMap(policy -> rules.apply(policy).stream())
                .toList();
    }
}
