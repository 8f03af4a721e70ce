package dev.flowguard.audit.metrics;

import dev.flowguard.audit.event.EventOutcome;
import dev.flowguard.audit.status.StatusWriter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of writes, from the start at zero so that the first one shows as an increase. */
public final class WriteMetrics {
    private final Map<StatusWriter.Outcome, Counter> statuses = new EnumMap<>(StatusWriter.Outcome.class);
    private final Map<EventOutcome, Counter> events = new EnumMap<>(EventOutcome.class);

    public WriteMetrics(MeterRegistry registry) {
        for (StatusWriter.Outcome outcome : StatusWriter.Outcome.values()) {
            statuses.put(
                    outcome,
                    Counter.builder("flowguard.status.writes")
                            .description("Attempts to write the status of a contract")
                            .tag("outcome", outcome.label())
                            .register(registry));
        }
        for (EventOutcome outcome : EventOutcome.values()) {
            events.put(
                    outcome,
                    Counter.builder("flowguard.events")
                            .description("Events to be told")
                            .tag("outcome", outcome.label())
                            .register(registry));
        }
    }

    public void status(StatusWriter.Outcome outcome) {
        @Nullable Counter counter = statuses.get(outcome);
        if (counter != null) {
            counter.increment();
        }
    }

    public void event(EventOutcome outcome) {
        @Nullable Counter counter = events.get(outcome);
        if (counter != null) {
            counter.increment();
        }
    }
}
