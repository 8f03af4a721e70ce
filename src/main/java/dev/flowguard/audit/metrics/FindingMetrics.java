package dev.flowguard.audit.metrics;

import dev.flowguard.assess.Finding;
import dev.flowguard.assess.finding.FindingLevels;
import dev.flowguard.assess.finding.Findings;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.ObjectRef;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** How many policies have each finding. Dearer than an audit of flows, and less urgent: so not a part of it, and seldom. */
public final class FindingMetrics {
    private static final Duration REST = Duration.ofSeconds(60);

    private final FindingLevels levels;
    private final Map<String, AtomicLong> counts = new LinkedHashMap<>();
    private final LongSupplier nanos;
    private long generation = -1;
    private long restUntil;

    public FindingMetrics(MeterRegistry registry, FindingLevels levels, LongSupplier nanos) {
        this.levels = levels;
        this.nanos = nanos;
        this.restUntil = nanos.getAsLong();
        for (FindingKind kind : Findings.kinds()) {
            AtomicLong count = new AtomicLong();
            counts.put(kind.id(), count);
            Gauge.builder("flowguard.policies.with.finding", count, AtomicLong::get)
                    .description("Policies of any kind with that finding")
                    .tag("finding", kind.id())
                    .strongReference(true)
                    .register(registry);
        }
    }

    /** Does nothing where the snapshot is the one before, or the last time was less than a minute ago. */
    public void update(Snapshot snapshot) {
        if (snapshot.generation() == generation || nanos.getAsLong() - restUntil < 0) {
            return;
        }
        generation = snapshot.generation();
        Map<String, Set<ObjectRef>> found = Findings.inForce(snapshot, levels).stream()
                .collect(Collectors.groupingBy(Finding::id, Collectors.mapping(Finding::policy, Collectors.toSet())));
        counts.forEach((id, count) -> count.set(found.getOrDefault(id, Set.of()).size()));
        restUntil = nanos.getAsLong() + REST.toNanos();
    }
}
