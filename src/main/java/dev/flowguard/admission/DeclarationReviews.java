package dev.flowguard.admission;

import dev.flowguard.admission.decision.ClusterState;
import dev.flowguard.admission.decision.Wording;
import dev.flowguard.admission.declaration.DeclarationCheck;
import dev.flowguard.admission.declaration.DeclarationMapping;
import dev.flowguard.admission.declaration.DeclarationReview;
import dev.flowguard.admission.declaration.Opinion;
import dev.flowguard.cluster.object.Observation;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import java.time.Duration;
import java.util.List;

/** Answers reviews of contracts and annotated objects: maps, checks, words, and keeps the books. Nothing is ever refused. */
@ApplicationScoped
@Typed(DeclarationReviews.class)
class DeclarationReviews implements ReviewHandler {
    private final ClusterState state;
    private final DeclarationCheck check;
    private final DecisionLog log;
    private final DecisionMetrics metrics;

    DeclarationReviews(ClusterState state, DecisionMetrics metrics) {
        this.state = state;
        this.check = new DeclarationCheck(state);
        this.log = new DecisionLog();
        this.metrics = metrics;
    }

    @Override
    public Answer handle(AdmissionRequest request) {
        long start = System.nanoTime();
        DeclarationReview review = DeclarationMapping.map(request);
        Opinion opinion = check.check(review);
        Wording.Said said = opinion.said();
        if (!review.dryRun()) {
            // Before the answer: once that is out, the change lands, and may be undone again.
            admitted(review.subject()).forEach(state::observe);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return new Answer(ReviewAnswer.admitted(request, said), () -> {
            metrics.record(request.getOperation(), review.dryRun(), opinion, took);
            log.record(request, review, opinion, said, took);
        });
    }

    /** What the cluster looks like from now on, as far as the request says. */
    private static List<Observation> admitted(DeclarationReview.Subject subject) {
        return subject.match(
                unconcerned -> List.of(),
                refused -> List.of(),
                removed -> List.of(Observation.gone(removed.object())),
                written -> List.of(written.observation()));
    }
}
