package dev.flowguard.admission.declaration;

import dev.flowguard.admission.decision.ChangeSetDecision;
import dev.flowguard.admission.decision.ClusterState;
import dev.flowguard.admission.decision.DecisionSettings;
import dev.flowguard.admission.decision.Requester;
import dev.flowguard.assess.Effect;
import dev.flowguard.assess.FlowAssessment;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.Enforcement;
import dev.flowguard.contract.Expectation;
import dev.flowguard.wording.FlowWording;
import dev.flowguard.wording.UnboundWording;
import java.util.ArrayList;
import java.util.List;

/**
 * Says which flows the change of an object cuts that is no policy: a Namespace that loses a label, pods that get other labels or ports,
 * a Service or an EndpointSlice that leads elsewhere. The state with the object is compared with that without, as the command line compares two folders.
 */
public final class ChangeCheck {
    /** Whoever it is, nobody is refused. */
    private static final Requester ANYBODY = new Requester("", List.of());

    private final ClusterState state;
    private final DecisionSettings settings;

    public ChangeCheck(ClusterState state, DecisionSettings settings) {
        this.state = state;
        this.settings = settings;
    }

    public Opinion check(DeclarationReview review) {
        return review.subject()
                .match(
                        unconcerned -> Opinion.none(Opinion.Outcome.NOT_CONCERNED),
                        refused -> Opinion.none(Opinion.Outcome.INVALID_OBJECT),
                        removed -> Opinion.none(Opinion.Outcome.REMOVED),
                        written -> written.finalizing()
                                ? Opinion.none(Opinion.Outcome.BEING_FINALIZED)
                                : check(written.observation()));
    }

    private Opinion check(Observation observation) {
        return state.known()
                .map(known -> Opinion.ofCut(cut(observation, known.snapshot()), known.age()))
                .orElseGet(() -> Opinion.none(Opinion.Outcome.NOT_READY));
    }

    private List<String> cut(Observation observation, Snapshot before) {
        Snapshot after = before.with(observation);
        ChangeSetDecision decision = ChangeSetDecision.of(before, after, settings, ANYBODY, change -> false);
        FlowWording wording = FlowWording.seenFrom(observation.object().namespace());
        List<String> lines = new ArrayList<>();
        for (ChangeSetDecision.RuledFlow ruled : decision.flows()) {
            FlowAssessment flow = ruled.comparison().known();
            if (flow.count(Effect.NEWLY_BROKEN) > 0 && ruled.ruling().enforcement() != Enforcement.AUDIT) {
                boolean opens = flow.flow().flow().expectation() == Expectation.BLOCKED;
                lines.add(what(observation) + (opens ? " opens " : " cuts ") + wording.pairs(flow, Effect.NEWLY_BROKEN)
                        + " (" + FlowWording.shortName(flow.flow()) + "): "
                        + wording.briefly(flow, Effect.NEWLY_BROKEN));
            }
            if (ruled.ruling().enforcement() != Enforcement.AUDIT) {
                ruled.comparison()
                        .lost()
                        .ifPresent(lost -> lines.add(what(observation) + " leaves " + FlowWording.shortName(flow.flow())
                                + " without effect: " + UnboundWording.of(lost)));
            }
        }
        return lines;
    }

    private static String what(Observation observation) {
        return switch (observation.object().kind()) {
            case "Namespace" -> "this label change";
            case "Service" -> "this change of the Service";
            case "EndpointSlice" -> "this change of the EndpointSlice";
            default -> "this change of the pod template";
        };
    }
}
