package dev.flowguard.wiring;

import dev.flowguard.admission.decision.ClusterState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The metric that says how old what is judged by may be. */
@Startup
@Singleton
class SnapshotAge {
    private static final double NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

    SnapshotAge(MeterRegistry registry, ClusterState state) {
        Gauge.builder("flowguard.snapshot.age", state, SnapshotAge::seconds)
                .description("Time since all that is known of the cluster was last known to be true")
                .baseUnit("seconds")
                .strongReference(true)
                .register(registry);
    }

    private static double seconds(ClusterState state) {
        return state.health().age().toNanos() / NANOS_PER_SECOND;
    }
}
