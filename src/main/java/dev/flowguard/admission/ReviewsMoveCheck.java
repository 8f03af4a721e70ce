package dev.flowguard.admission;

import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Dead when every place for a review is taken by one that does not end: nothing but a restart helps then. */
@Liveness
class ReviewsMoveCheck implements HealthCheck {
    /** Far beyond any deadline: restarting what is merely slow makes it slower. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Places judgements;
    private final Places opinions;

    ReviewsMoveCheck(Places judgements, @OnDeclarations Places opinions) {
        this.judgements = judgements;
        this.opinions = opinions;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("reviews come to an end")
                .status(!judgements.stuckFor(PATIENCE) && !opinions.stuckFor(PATIENCE))
                .build();
    }
}
