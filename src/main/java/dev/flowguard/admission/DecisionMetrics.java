package dev.flowguard.admission;

import dev.flowguard.admission.decision.Decision;
import dev.flowguard.admission.declaration.Opinion;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code flowguard_admission_decisions_total} and {@code flowguard_admission_duration_seconds}, by webhook, operation, decision, reason
 * and dry run. The duration is that of mapping, judging and wording, without the network.
 */
@ApplicationScoped
public class DecisionMetrics {
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

    /** Webhooks, by the first word of their names in the webhook configuration. */
    private static final String POLICIES = "networkpolicies";

    private static final String CONTRACTS = "contracts";

    /** What is worth an alert or a number of its own is there at zero from the start, so that the first one shows as an increase. */
    private static final List<String> UNJUDGED =
            List.of(Decision.STATE_NOT_READY, Unjudged.LATE, Unjudged.OVERLOADED, Unjudged.FAILED, Unjudged.TOO_LARGE);

    private static final List<String> SELDOM_REJECTED = Stream.concat(
                    Stream.of(Decision.BREAKS_FLOWS, Decision.FINDING_DENIED), UNJUDGED.stream())
            .toList();
    private static final List<String> SELDOM_ADMITTED = Stream.concat(
                    Stream.of(Decision.OVERRIDDEN, Decision.UNCONFIRMED, Decision.STAGED), UNJUDGED.stream())
            .toList();

    private final MeterRegistry registry;

    /** To look for a meter in the registry takes longer than to count. */
    private final Map<Counted, Counter> counters = new ConcurrentHashMap<>();

    private final Map<Timed, Timer> timers = new ConcurrentHashMap<>();

    public DecisionMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (String operation : List.of("CREATE", "UPDATE", "DELETE")) {
            SELDOM_REJECTED.forEach(reason -> counter(POLICIES, operation, true, reason, false));
            SELDOM_ADMITTED.forEach(reason -> counter(POLICIES, operation, false, reason, false));
        }
        List.of("loading", "out-of-touch", "unavailable").forEach(this::notReady);
    }

    /** Counts a decision on a change of a policy. */
    void record(@Nullable String operation, boolean dryRun, Decision decision, Duration took) {
        count(POLICIES, operation, decision.isRejection(), decision.reason(), dryRun);
        time(POLICIES, operation, decision.isRejection(), took);
        if (decision instanceof Decision.NotReady notReady) {
            notReady(notReady.cause()).increment();
        }
    }

    private Counter notReady(String cause) {
        return Counter.builder("flowguard.admission.not.ready")
                .description("Changes of policies that were answered while the cluster was not known well enough")
                .tag("cause", cause)
                .register(registry);
    }

    /** Counts an opinion on a declaration. */
    void record(@Nullable String operation, boolean dryRun, Opinion opinion, Duration took) {
        count(CONTRACTS, operation, false, opinion.outcome().reason(), dryRun);
        time(CONTRACTS, operation, false, took);
    }

    /** Counts an answer without a verdict on a change of a policy. It has no duration: judging did not end, or never began. */
    void unjudgedPolicy(AdmissionRequest request, boolean rejected, String reason) {
        count(POLICIES, request.getOperation(), rejected, reason, isDryRun(request));
    }

    /** Counts an answer without an opinion on a declaration. */
    void unjudgedDeclaration(AdmissionRequest request, boolean rejected, String reason) {
        count(CONTRACTS, request.getOperation(), rejected, reason, isDryRun(request));
    }

    private static boolean isDryRun(AdmissionRequest request) {
        return Boolean.TRUE.equals(request.getDryRun());
    }

    private void count(String webhook, @Nullable String operation, boolean rejected, String reason, boolean dryRun) {
        counter(webhook, operation, rejected, reason, dryRun).increment();
    }

    private Counter counter(
            String webhook, @Nullable String operation, boolean rejected, String reason, boolean dryRun) {
        return counters.computeIfAbsent(
                new Counted(webhook, known(operation), word(rejected), reason, dryRun), this::counter);
    }

    private Counter counter(Counted labels) {
        return Counter.builder("flowguard.admission.decisions")
                .description("Decisions on admission requests")
                .tags("webhook", labels.webhook, "operation", labels.operation, "decision", labels.decision)
                .tags("reason", labels.reason, "dryrun", Boolean.toString(labels.dryRun))
                .register(registry);
    }

    private void time(String webhook, @Nullable String operation, boolean rejected, Duration took) {
        timers.computeIfAbsent(new Timed(webhook, known(operation), word(rejected)), this::timer)
                .record(took);
    }

    private Timer timer(Timed labels) {
        return Timer.builder("flowguard.admission.duration")
                .description("Time to map, judge and word one admission request")
                .tags("webhook", labels.webhook, "operation", labels.operation, "decision", labels.decision)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private static String word(boolean rejected) {
        return rejected ? "reject" : "admit";
    }

    /** Text from a request must not make new time series. */
    private static String known(@Nullable String operation) {
        return operation != null && OPERATIONS.contains(operation) ? operation.toLowerCase(Locale.ROOT) : "other";
    }

    private record Counted(String webhook, String operation, String decision, String reason, boolean dryRun) {}

    private record Timed(String webhook, String operation, String decision) {}
}
