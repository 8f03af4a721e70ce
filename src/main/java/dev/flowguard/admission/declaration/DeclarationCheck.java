package dev.flowguard.admission.declaration;

import dev.flowguard.admission.decision.ClusterState;
import dev.flowguard.cluster.object.Observation;
import java.util.List;

/**
 * Forms an opinion on a declaration: as if the object were already part of the cluster, what of it could not be read, what of it is
 * not there, and which of its flows policies block. Depends on nothing but its argument and what is known of the cluster, and
 * changes nothing.
 */
public final class DeclarationCheck {
    private final ClusterState state;

    public DeclarationCheck(ClusterState state) {
        this.state = state;
    }

    public Opinion check(DeclarationReview review) {
        return review.subject()
                .match(
                        unconcerned -> Opinion.none(Opinion.Outcome.NOT_CONCERNED),
                        refused -> new Opinion(
                                Opinion.Outcome.INVALID_OBJECT,
                                List.of(),
                                refused.problems().stream()
                                        .map(problem -> "not checked, the API server refuses it: " + problem)
                                        .toList(),
                                ""),
                        removed -> Opinion.none(Opinion.Outcome.REMOVED),
                        this::check);
    }

    private Opinion check(DeclarationReview.Written written) {
        Observation observation = written.observation();
        if (written.finalizing()) {
            return Opinion.none(Opinion.Outcome.BEING_FINALIZED);
        }
        if (observation.contracts().isEmpty() && observation.namespaces().isEmpty()) {
            return Opinion.none(Opinion.Outcome.DECLARES_NOTHING);
        }
        return state.known()
                .map(known -> Opinion.formedBy(
                        new DeclarationWarnings(observation, known.snapshot().with(observation)), known.age()))
                .orElseGet(() -> notReady(observation));
    }

    private static Opinion notReady(Observation observation) {
        return new Opinion(
                Opinion.Outcome.NOT_READY,
                DeclarationMistakes.of(observation),
                List.of("Flowguard does not know the state of the cluster yet: only the spelling was checked"),
                "");
    }
}
