package dev.flowguard.admission;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code flowguard_admission_decisions_total} and {@code flowguard_admission_duration_seconds}, by webhook, operation, decision, reason
 * and dry run. The duration is that of mapping, judging and wording, without the network.
 */
@ApplicationScoped
class DecisionMetrics {
    private static final Duration[] BUCKETS = {
        Duration.ofNanos(100_000),
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(3)
    };

    private static final Set<String> OPERATIONS = Set.of("CREATE", "UPDATE", "DELETE", "CONNECT");

    private final MeterRegistry registry;

    /** To look for a meter in the registry takes longer than to count. */
    private final Map<Labels, Meters> meters = new ConcurrentHashMap<>();

    DecisionMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Counts a decision on a change of a policy. */
    void record(@Nullable String operation, boolean dryRun, Decision decision, Duration took) {
        record(
                "networkpolicies",
                operation,
                decision.isRejection() ? "reject" : "admit",
                decision.reason(),
                dryRun,
                took);
    }

    /** Counts an opinion on a declaration. */
    void record(@Nullable String operation, boolean dryRun, Opinion opinion, Duration took) {
        record("contracts", operation, "admit", opinion.outcome().reason(), dryRun, took);
    }

    /** @param webhook the first word of its name in the webhook configuration */
    private void record(
            String webhook, @Nullable String operation, String decision, String reason, boolean dryRun, Duration took) {
        meters.computeIfAbsent(new Labels(webhook, known(operation), decision, reason, dryRun), this::register)
                .record(took);
    }

    private Meters register(Labels labels) {
        return new Meters(
                Counter.builder("flowguard.admission.decisions")
                        .description("Decisions on admission requests")
                        .tags("webhook", labels.webhook, "operation", labels.operation, "decision", labels.decision)
                        .tags("reason", labels.reason, "dryrun", Boolean.toString(labels.dryRun))
                        .register(registry),
                Timer.builder("flowguard.admission.duration")
                        .description("Time to map, judge and word one admission request")
                        .tags("webhook", labels.webhook, "operation", labels.operation, "decision", labels.decision)
                        .serviceLevelObjectives(BUCKETS)
                        .register(registry));
    }

    /** Text from a request must not make new time series. */
    private static String known(@Nullable String operation) {
        return operation != null && OPERATIONS.contains(operation) ? operation.toLowerCase(Locale.ROOT) : "other";
    }

    private record Labels(String webhook, String operation, String decision, String reason, boolean dryRun) {}

    private record Meters(Counter decisions, Timer duration) {
        void record(Duration took) {
            decisions.increment();
            duration.record(took);
        }
    }
}
