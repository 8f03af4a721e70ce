package dev.flowguard.admission;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;
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

    private final MeterRegistry registry;

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
        String[] tags = {
            "webhook", webhook,
            "operation", known(operation),
            "decision", decision,
            "reason", reason,
            "dryrun", Boolean.toString(dryRun)
        };
        Counter.builder("flowguard.admission.decisions")
                .description("Decisions on admission requests")
                .tags(tags)
                .register(registry)
                .increment();
        Timer.builder("flowguard.admission.duration")
                .description("Time to map, judge and word one admission request")
                .tags("webhook", webhook, "operation", known(operation), "decision", decision)
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(took);
    }

    /** Text from a request must not make new time series. */
    private static String known(@Nullable String operation) {
        return operation != null && operation.matches("CREATE|UPDATE|DELETE|CONNECT")
                ? operation.toLowerCase(Locale.ROOT)
                : "other";
    }
}
