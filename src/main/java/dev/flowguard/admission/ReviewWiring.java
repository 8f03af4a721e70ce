package dev.flowguard.admission;

import dev.flowguard.admission.decision.Waiting;
import dev.flowguard.admission.http.BodyBudget;
import dev.flowguard.admission.http.ReviewReader;
import dev.flowguard.admission.http.WeightBudget;
import dev.flowguard.admission.rehearsal.OwnReviews;
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
    /** While one review waits for the API server, others need not. */
    private static final int FEWEST = 2;

    private final Unjudged unjudged;
    private final Unjudged admitting;
    private final Duration deadline;
    private final int atOnce;
    private final RecentReviews recent;

    ReviewWiring(FlowguardConfig config, DecisionMetrics metrics, RecentReviews recent) {
        this.recent = recent;
        this.unjudged = new Unjudged(config.whenUnjudged(), metrics::unjudgedPolicy);
        this.admitting = new Unjudged(WhenUnsure.ADMIT, metrics::unjudgedDeclaration);
        this.deadline = config.deadline();
        this.atOnce = config.maxConcurrentReviews()
                .orElseGet(() -> Math.max(FEWEST, Runtime.getRuntime().availableProcessors()));
    }

    @Produces
    @Singleton
    BodyBudget bodies(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize largest) {
        return BodyBudget.ofHeap(largest.asLongValue());
    }

    @Produces
    @Singleton
    WeightBudget weights() {
        return WeightBudget.ofHeap();
    }

    @Produces
    @Singleton
    @Typed({Places.class, Waiting.class})
    Places places() {
        return new Places(atOnce, Arc.container().getExecutorService());
    }

    /** Opinions have places of their own: a flood of Deployments must not keep a policy from being judged. */
    @Produces
    @Singleton
    @Typed(Places.class)
    @OnDeclarations
    Places placesOfOpinions() {
        return new Places(atOnce, Arc.container().getExecutorService());
    }

    @Produces
    @Singleton
    ReviewDesk desk(ReviewReader reader, ReviewHandler handler, WeightBudget weights, Places places, OwnReviews own) {
        return new ReviewDesk(reader, guarded(handler, unjudged), unjudged, deadline, weights, places, own::include);
    }

    /** Whatever becomes of an opinion, the object is admitted. */
    @Produces
    @Singleton
    @OnDeclarations
    ReviewDesk deskOfOpinions(
            ReviewReader reader,
            DeclarationReviews handler,
            WeightBudget weights,
            @OnDeclarations Places places,
            OwnReviews own) {
        return new ReviewDesk(reader, guarded(handler, admitting), admitting, deadline, weights, places, own::include);
    }

    /** These come by the hundred when something is rolled out, so they have few places, and none of the others'. */
    @Produces
    @Singleton
    @Typed(Places.class)
    @OnChanges
    Places placesOfChanges() {
        return new Places(Math.max(1, atOnce / 2), Arc.container().getExecutorService());
    }

    /** Whatever a change cuts, the object is admitted. */
    @Produces
    @Singleton
    @OnChanges
    ReviewDesk deskOfChanges(
            ReviewReader reader,
            ChangeReviews handler,
            WeightBudget weights,
            @OnChanges Places places,
            OwnReviews own) {
        return new ReviewDesk(reader, guarded(handler, admitting), admitting, deadline, weights, places, own::include);
    }

    private ReviewHandler guarded(ReviewHandler handler, Unjudged failing) {
        return recent.remembering(new FailSafeReviews(handler, failing));
    }
}
