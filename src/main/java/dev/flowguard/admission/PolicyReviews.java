package dev.flowguard.admission;

import dev.flowguard.admission.decision.ClusterState;
import dev.flowguard.admission.decision.Decision;
import dev.flowguard.admission.decision.DecisionProcess;
import dev.flowguard.admission.decision.DecisionSettings;
import dev.flowguard.admission.decision.OverrideListener;
import dev.flowguard.admission.decision.Overrides;
import dev.flowguard.admission.decision.PolicyReview;
import dev.flowguard.admission.decision.Waiting;
import dev.flowguard.admission.decision.Wording;
import dev.flowguard.assess.Change;
import dev.flowguard.assess.Effort;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PolicyRef;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/** Answers reviews of NetworkPolicies: maps, decides, words, and keeps the books. */
@ApplicationScoped
public class PolicyReviews implements ReviewHandler {
    private final ClusterState state;
    private final DecisionProcess process;
    private final ReviewMapping mapping;
    private final DecisionLog log;
    private final DecisionMetrics metrics;
    private final OverrideListener overrides;

    public PolicyReviews(
            ClusterState state,
            DecisionSettings settings,
            DecisionMetrics metrics,
            OverrideListener overrides,
            Waiting waiting) {
        this.state = state;
        this.process = new DecisionProcess(state, settings, waiting);
        this.mapping = new ReviewMapping(this::known);
        this.log = new DecisionLog();
        this.metrics = metrics;
        this.overrides = overrides;
    }

    @Override
    public Answer handle(AdmissionRequest request) {
        return handle(request, Effort.unlimited());
    }

    @Override
    public Answer handle(AdmissionRequest request, Effort effort) {
        long start = System.nanoTime();
        PolicyReview review = mapping.map(request);
        Decision decision = process.decide(review, effort);
        if (decision.isUnfinished()) {
            return Answer.NONE;
        }
        Wording.Said said = Wording.of(decision, ToolReading.of(request));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return new Answer(ReviewAnswer.of(request, decision, said), () -> {
            if (!decision.isRejection() && !review.dryRun()) {
                admitted(review, decision);
            }
            metrics.record(request.getOperation(), review.dryRun(), decision, took);
            log.record(request, review, decision, said, took);
        });
    }

    private void admitted(PolicyReview review, Decision decision) {
        review.subject().match(unconcerned -> false, refused -> false, changed -> {
            boolean isNews = isNews(changed.change());
            state.admitted(changed.change());
            if (isNews) {
                Overrides.in(decision, changed.change(), review.requester()).forEach(overrides::overridden);
            }
            return true;
        });
    }

    /** Whether the cluster is not already as the change would make it, as it is for a review that repeats an earlier one. */
    private boolean isNews(Change change) {
        return change.match(
                create -> !known(create.policy()).equals(Optional.of(create.created())),
                update -> !known(update.policy()).equals(Optional.of(update.updated())),
                delete -> known(delete.policy()).isPresent(),
                other -> true);
    }

    private Optional<Policy> known(PolicyRef ref) {
        return state.known()
                .map(ClusterState.Known::snapshot)
                .flatMap((Snapshot snapshot) -> snapshot.namespace(ref.namespace()))
                .flatMap(shard -> shard.policy(ref.name()));
    }
}
