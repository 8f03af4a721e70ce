package dev.flowguard.verdict.trace;

import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.Answer;
import dev.flowguard.verdict.pair.AmbientMesh;
import dev.flowguard.verdict.pair.Pair;
import java.util.ArrayList;
import java.util.List;

/**
 * Why a pair can talk, or cannot: both sides with the policies and rules that were asked. The verdict follows from it.
 *
 * @param sides the sides that policies can close; none where neither end is a pod
 * @param onNodes why an end that is a node, or on its network, may keep the traffic out; none where it does not
 * @param exempt whether the traffic is beyond the reach of policies: a pod that talks to itself
 * @param otherPolicies policies that are not evaluated and concern an end
 * @param alternatives the traces to other destinations that serve the same purpose
 */
public record Trace(
        Pair pair,
        List<SideTrace> sides,
        List<Doubt> onNodes,
        boolean exempt,
        boolean hairpin,
        List<ObjectRef> otherPolicies,
        List<Trace> alternatives) {
    public Trace {
        sides = List.copyOf(sides);
        onNodes = List.copyOf(onNodes);
        otherPolicies = List.copyOf(otherPolicies);
        alternatives = List.copyOf(alternatives);
    }

    /** The same of another pair between the same ends, on a port that no policy tells apart from its own. */
    public Trace on(Pair alike) {
        return new Trace(alike, sides, onNodes, exempt, hairpin, otherPolicies, alternatives);
    }

    public Verdict verdict() {
        Verdict own = ownVerdict();
        boolean agreed = alternatives.stream()
                .allMatch(alternative -> alternative.verdict().answer() == own.answer());
        return agreed ? own : new Verdict.Undetermined(List.of(new Doubt.LeftOpen(question())));
    }

    /** Which of the ways the traffic takes that are not alike. */
    private Doubt.LeftOpen.Question question() {
        if (pair.ofSource()) {
            return Doubt.LeftOpen.Question.WHICH_SENDER;
        }
        return alternatives.stream().map(Trace::pair).anyMatch(AmbientMesh::isTunnel)
                ? Doubt.LeftOpen.Question.AMBIENT_MESH
                : Doubt.LeftOpen.Question.WHICH_RESOLVER;
    }

    private Verdict ownVerdict() {
        if (exempt) {
            return Verdict.ALLOWED;
        }
        if (!otherPolicies.isEmpty()) {
            return new Verdict.Undetermined(List.of(new Doubt.OtherPolicies(otherPolicies)));
        }
        Answer answer = sides.stream()
                .map(SideTrace::answer)
                .reduce(onNodes.isEmpty() ? Answer.YES : Answer.UNKNOWN, Answer::and);
        if (answer.isYes()) {
            return Verdict.ALLOWED;
        }
        if (hairpin) {
            return new Verdict.Undetermined(List.of(new Doubt.LeftOpen(Doubt.LeftOpen.Question.HAIRPIN)));
        }
        if (answer.isNo()) {
            return new Verdict.Blocked(sides.stream()
                    .filter(side -> side.answer().isNo())
                    .map(side -> new Verdict.Blocked.Side(side.direction(), side.isolatedBy(), side.deniedBy()))
                    .toList());
        }
        List<Doubt> doubts = new ArrayList<>(onNodes);
        sides.forEach(side -> doubts.addAll(side.doubts()));
        return new Verdict.Undetermined(doubts);
    }
}
