package dev.flowguard.admission;

import dev.flowguard.admission.decision.ClusterState;
import dev.flowguard.admission.decision.DecisionSettings;
import dev.flowguard.admission.decision.Wording;
import dev.flowguard.admission.declaration.ChangeCheck;
import dev.flowguard.admission.declaration.DeclarationMapping;
import dev.flowguard.admission.declaration.DeclarationReview;
import dev.flowguard.admission.declaration.Opinion;
import dev.flowguard.cluster.object.Observation;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import java.time.Duration;
import java.util.List;

/** Answers reviews of Namespaces, pod templates and Services by what their change cuts. Nothing is ever refused. */
@ApplicationScoped
@Typed(ChangeReviews.class)
class ChangeReviews implements ReviewHandler {
    private final ClusterState state;
    private final ChangeCheck check;
    private final DecisionLog log;
    private final DecisionMetrics metrics;

    ChangeReviews(ClusterState state, DecisionSettings settings, DecisionMetrics metrics) {
        this.state = state;
        this.check = new ChangeCheck(state, settings);
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
            // Before the answer, as of declarations: what comes after it may be asked at once.
            written(review.subject()).forEach(state::observe);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return new Answer(ReviewAnswer.admitted(request, said), () -> {
            metrics.record(request.getOperation(), review.dryRun(), opinion, took);
            log.record(request, review, opinion, said, took);
        });
    }

    private static List<Observation> written(DeclarationReview.Subject subject) {
        return subject.match(
                unconcerned -> List.of(),
                refused -> List.of(),
                removed -> List.of(),
                written -> List.of(written.observation()));
    }
}
