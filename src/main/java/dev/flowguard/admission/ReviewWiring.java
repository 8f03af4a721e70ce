package dev.flowguard.admission;

import dev.flowguard.config.FlowguardConfig;
import dev.flowguard.config.WhenUnsure;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the handler behind its guards, as configured. */
@ApplicationScoped
class ReviewWiring {
    /** An opinion that waits holds a thread that a policy's review may need. */
    private static final int PART_OF_WAIT = 10;

    private final Unjudged unjudged;
    private final Unjudged admitting;
    private final Duration deadline;
    private final int atOnce;

    ReviewWiring(FlowguardConfig config, DecisionMetrics metrics) {
        this.unjudged = new Unjudged(config.whenUnjudged(), metrics::unjudgedPolicy);
        this.admitting = new Unjudged(WhenUnsure.ADMIT, metrics::unjudgedDeclaration);
        this.deadline = config.deadline();
        this.atOnce = config.maxConcurrentReviews()
                .orElseGet(() -> Runtime.getRuntime().availableProcessors());
    }

    @Produces
    @Singleton
    BodyBudget bodies(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize largest) {
        return BodyBudget.ofHeap(largest.asLongValue());
    }

    /** A review waits for half of its time at most: with less than that left, a verdict would hardly come in time. */
    @Produces
    @Singleton
    @Typed(BoundedReviews.class)
    BoundedReviews guarded(ReviewHandler handler) {
        return new BoundedReviews(new FailSafeReviews(handler, unjudged), unjudged, atOnce, deadline.dividedBy(2));
    }

    /**
     * Opinions have places of their own: a flood of Deployments must not keep a policy from being judged. And whatever becomes of
     * one, the object is admitted.
     */
    @Produces
    @Singleton
    @Typed(BoundedReviews.class)
    @OnDeclarations
    BoundedReviews guardedOpinions(DeclarationReviews handler) {
        return new BoundedReviews(
                new FailSafeReviews(handler, admitting), admitting, atOnce, deadline.dividedBy(PART_OF_WAIT));
    }

    @Produces
    @Singleton
    @OnDeclarations
    ReviewDesk deskOfOpinions(ReviewReader reader, @OnDeclarations BoundedReviews opinions, OwnReviews own) {
        return new ReviewDesk(
                reader, opinions, admitting, deadline, Arc.container().getExecutorService(), own::include);
    }

    @Produces
    @Singleton
    ReviewDesk desk(ReviewReader reader, BoundedReviews reviews, OwnReviews own) {
        return new ReviewDesk(
                reader, reviews, unjudged, deadline, Arc.container().getExecutorService(), own::include);
    }
}
