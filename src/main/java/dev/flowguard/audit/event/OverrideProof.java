package dev.flowguard.audit.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.admission.ReviewMapping;
import dev.flowguard.admission.decision.OverrideListener;
import dev.flowguard.assess.Change;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.kubernetes.ObjectReader;
import java.util.List;

/**
 * That an overridden change has been made: the API server shows the policy as the review showed it, with the annotation; or no longer,
 * where it was deleted. Anybody who reaches the webhook can invent a review, and with it who overrode what.
 */
record OverrideProof(OverrideListener.Overridden override) implements Proof {
    @Override
    public Result by(EventStore.Looked looked) {
        boolean isMade = switch (looked.presence()) {
            case NOT_KNOWN -> false;
            case GONE -> override.change().isDeletion();
            case THERE -> !override.change().isDeletion() && isAsReviewed(looked.object());
        };
        // It is made only after the answer to the review; or never, if somebody else refuses it.
        return isMade ? Result.TELL : Result.WAIT;
    }

    private boolean isAsReviewed(ObjectNode object) {
        return object.path("metadata")
                        .path("annotations")
                        .path(ReviewMapping.OVERRIDE)
                        .asText()
                        .equals(override.reason())
                && facts(object).equals(factsAfter(override.change()));
    }

    private static List<Fact> facts(ObjectNode object) {
        return ObjectReader.read(object)
                .match(
                        observed -> onPolicy(observed.observation().facts()),
                        refused -> List.of(),
                        notRead -> List.of());
    }

    private static List<Fact> factsAfter(Change change) {
        return change.match(
                create -> List.of(new Fact.NetworkPolicy(create.created())),
                update -> List.of(new Fact.NetworkPolicy(update.updated())),
                delete -> List.of(),
                other -> other.updated().facts());
    }

    /** Of a NetworkPolicy what it says as such. */
    private static List<Fact> onPolicy(List<Fact> facts) {
        List<Fact> policies =
                facts.stream().filter(Fact.NetworkPolicy.class::isInstance).toList();
        return policies.isEmpty() ? facts : policies;
    }
}
