package dev.flowguard.verdict.trace;

import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.chain.Action;
import dev.flowguard.verdict.match.UnclearParts;
import dev.flowguard.verdict.trace.Doubt.UnclearStep.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Why the way through a chain is undetermined. */
final class UnclearSteps {
    private UnclearSteps() {}

    static List<Doubt> of(Direction direction, ChainTrace trace) {
        List<Doubt> doubts = new ArrayList<>();
        trace.met()
                .flatMap(step -> step.match(
                        rule -> rule(direction, rule),
                        policies -> Stream.<Doubt>empty(),
                        rest -> rest(direction, rest)))
                .forEach(doubts::add);
        return doubts;
    }

    /** Which policies may keep it out at a node, where it is open whether they are for that one. */
    static Stream<Doubt> onNode(Direction direction, ChainTrace trace) {
        return trace.denials().stream()
                .flatMap(step -> step.match(
                        rule -> Stream.of(ObjectRef.of(rule.policy().ref())),
                        policies -> Stream.<ObjectRef>empty(),
                        rest -> rest.because().stream()))
                .distinct()
                .map(policy ->
                        new Doubt.UnclearStep(policy, direction, "", List.of(), List.of(Question.HOST_ENDPOINT)));
    }

    private static Stream<Doubt> rule(Direction direction, StepTrace.OneRule step) {
        List<String> reasons = new ArrayList<>(step.rule().doubts());
        List<Question> open = new ArrayList<>();
        if (step.selects() == Answer.UNKNOWN) {
            open.add(Question.SELECTION);
        }
        if (step.peer() == Answer.UNKNOWN) {
            add(step.unclearPeer(), Question.PEER, reasons, open);
        }
        if (step.ports() == Answer.UNKNOWN) {
            add(UnclearParts.of(step.rule().ports()), Question.PORT, reasons, open);
        }
        if (step.tied()) {
            open.add(Question.TIE);
        }
        return reasons.isEmpty() && open.isEmpty()
                ? Stream.empty()
                : Stream.of(new Doubt.UnclearStep(
                        ObjectRef.of(step.policy().ref()),
                        direction,
                        step.rule().label(),
                        reasons,
                        open));
    }

    private static void add(List<String> why, Question otherwise, List<String> reasons, List<Question> open) {
        reasons.addAll(why);
        if (why.isEmpty()) {
            open.add(otherwise);
        }
    }

    private static Stream<Doubt> rest(Direction direction, StepTrace.Rest rest) {
        if (rest.answer() != Answer.UNKNOWN) {
            return Stream.empty();
        }
        Question open = rest.action() == Action.ALLOW ? Question.END : Question.SELECTION;
        return rest.because().stream()
                .map(policy -> new Doubt.UnclearStep(policy, direction, "", List.of(), List.of(open)));
    }
}
