package dev.flowguard.audit;

import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.WorkloadSet;
import dev.flowguard.policy.Direction;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of the cluster policies protect at all, by direction: workloads that none isolates, and namespaces that have workloads and
 * none that is isolated. Those on the host network are left out: no policy can select them.
 */
final class CoverageMetrics implements Reconciler.Listener {
    private final AtomicLong namespaces = new AtomicLong();
    private final AtomicLong workloads = new AtomicLong();
    private final AtomicLong policies = new AtomicLong();
    private final Map<Direction, AtomicLong> openNamespaces = new EnumMap<>(Direction.class);
    private final Map<Direction, AtomicLong> openWorkloads = new EnumMap<>(Direction.class);

    CoverageMetrics(MeterRegistry registry) {
        gauge(
                registry,
                "flowguard.namespaces",
                "Namespaces with workloads that policies can select",
                Tags.empty(),
                namespaces);
        gauge(registry, "flowguard.workloads", "Workloads that policies can select", Tags.empty(), workloads);
        gauge(registry, "flowguard.policies", "NetworkPolicies", Tags.empty(), policies);
        for (Direction direction : Direction.values()) {
            Tags tags = Tags.of("direction", direction.section());
            gauge(
                    registry,
                    "flowguard.namespaces.uncovered",
                    "Namespaces with workloads of which no policy isolates any in that direction",
                    tags,
                    openNamespaces.computeIfAbsent(direction, key -> new AtomicLong()));
            gauge(
                    registry,
                    "flowguard.workloads.uncovered",
                    "Workloads that no policy isolates in that direction",
                    tags,
                    openWorkloads.computeIfAbsent(direction, key -> new AtomicLong()));
        }
    }

    private static void gauge(MeterRegistry registry, String name, String description, Tags tags, AtomicLong value) {
        Gauge.builder(name, value, AtomicLong::get)
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    @Override
    public void audited(Audit audit) {
        long inhabited = 0;
        long all = 0;
        long written = 0;
        Map<Direction, Long> bareNamespaces = new EnumMap<>(Direction.class);
        Map<Direction, Long> bareWorkloads = new EnumMap<>(Direction.class);
        for (NamespaceShard shard : audit.snapshot().namespaces()) {
            int selectable = shard.podNetwork().size();
            written += shard.policies().size();
            if (selectable == 0) {
                continue;
            }
            inhabited++;
            all += selectable;
            for (Direction direction : Direction.values()) {
                int isolated = isolated(shard, direction);
                bareWorkloads.merge(direction, (long) selectable - isolated, Long::sum);
                bareNamespaces.merge(direction, isolated == 0 ? 1L : 0L, Long::sum);
            }
        }
        namespaces.set(inhabited);
        workloads.set(all);
        policies.set(written);
        openNamespaces.forEach((direction, gauge) -> gauge.set(bareNamespaces.getOrDefault(direction, 0L)));
        openWorkloads.forEach((direction, gauge) -> gauge.set(bareWorkloads.getOrDefault(direction, 0L)));
    }

    private static int isolated(NamespaceShard shard, Direction direction) {
        return shard.policies().stream()
                .filter(policy -> policy.policy().isolates(direction))
                .map(CompiledPolicy::selected)
                .reduce(WorkloadSet.EMPTY, WorkloadSet::or)
                .size();
    }
}
