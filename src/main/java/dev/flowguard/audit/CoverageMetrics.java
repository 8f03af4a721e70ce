package dev.flowguard.audit;

import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.Mapped;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.WorkloadSet;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.chain.RuledPolicy;
import dev.flowguard.verdict.match.EndsMatcher;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * How much of the cluster policies protect at all, by direction: workloads that none isolates, and namespaces that have workloads and
 * none that is isolated. Those on the host network are left out: no policy can select them.
 */
final class CoverageMetrics implements Reconciler.Listener {
    private final AtomicLong namespaces = new AtomicLong();
    private final AtomicLong workloads = new AtomicLong();
    private final AtomicLong policies = new AtomicLong();
    private final MultiGauge others;
    private Map<Other, Integer> shownOthers = Map.of();
    private final Map<Direction, AtomicLong> openNamespaces = new EnumMap<>(Direction.class);
    private final Map<Direction, AtomicLong> openWorkloads = new EnumMap<>(Direction.class);

    /** @param effect {@code evaluated}, {@code ignored} where it surely has none, {@code undetermined} where that is not known */
    private record Other(String kind, String effect) {}

    CoverageMetrics(MeterRegistry registry) {
        others = MultiGauge.builder("flowguard.other.policies")
                .description("Policies of other kinds than NetworkPolicy, by kind and by what becomes of them")
                .register(registry);
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
        Map<Direction, Map<String, WorkloadSet>> byOthers = isolatedByOthers(audit.snapshot());
        for (NamespaceShard shard : audit.snapshot().namespaces()) {
            int selectable = shard.podNetwork().size();
            written += shard.policies().size();
            if (selectable == 0) {
                continue;
            }
            inhabited++;
            all += selectable;
            for (Direction direction : Direction.values()) {
                int isolated = isolated(shard, direction)
                        .or(byOthers.getOrDefault(direction, Map.of()).getOrDefault(shard.name(), WorkloadSet.EMPTY))
                        .size();
                bareWorkloads.merge(direction, (long) selectable - isolated, Long::sum);
                bareNamespaces.merge(direction, isolated == 0 ? 1L : 0L, Long::sum);
            }
        }
        show(audit.snapshot().mapped());
        namespaces.set(inhabited);
        workloads.set(all);
        policies.set(written);
        openNamespaces.forEach((direction, gauge) -> gauge.set(bareNamespaces.getOrDefault(direction, 0L)));
        openWorkloads.forEach((direction, gauge) -> gauge.set(bareWorkloads.getOrDefault(direction, 0L)));
    }

    /** Registered anew only where they have changed, which is seldom. */
    private void show(List<Mapped> known) {
        Map<Other, Integer> counts =
                new TreeMap<>(Comparator.comparing(Other::kind).thenComparing(Other::effect));
        for (Mapped mapped : known) {
            String effect =
                    mapped.mapping().match(ruled -> "evaluated", ignored -> "ignored", unclear -> "undetermined");
            counts.merge(new Other(mapped.source().ref().qualifiedKind(), effect), 1, Integer::sum);
        }
        if (!counts.equals(shownOthers)) {
            others.register(
                    counts.entrySet().stream()
                            .<MultiGauge.Row<?>>map(count -> MultiGauge.Row.of(
                                    Tags.of(
                                            "kind", count.getKey().kind(),
                                            "effect", count.getKey().effect()),
                                    count.getValue()))
                            .toList(),
                    true);
            shownOthers = counts;
        }
    }

    /** What policies of other kinds surely isolate, by direction and namespace. */
    private static Map<Direction, Map<String, WorkloadSet>> isolatedByOthers(Snapshot cluster) {
        Map<Direction, Map<String, WorkloadSet>> isolated = new EnumMap<>(Direction.class);
        EndsMatcher ends = new EndsMatcher(cluster);
        for (RuledPolicy policy : cluster.ruled().all()) {
            List<Direction> directions = Stream.of(Direction.values())
                    .filter(direction -> policy.section(direction).isolates())
                    .toList();
            for (NamespaceShard shard : directions.isEmpty() ? List.<NamespaceShard>of() : cluster.holding(policy)) {
                WorkloadSet selected = shard.keeping(
                        shard.candidates(policy.subject()),
                        workload -> ends.selects(policy.subject(), workload).isYes());
                directions.forEach(direction -> isolated.computeIfAbsent(direction, key -> new HashMap<>())
                        .merge(shard.name(), selected, WorkloadSet::or));
            }
        }
        return isolated;
    }

    private static WorkloadSet isolated(NamespaceShard shard, Direction direction) {
        return shard.policies().stream()
                .filter(policy -> policy.policy().isolates(direction))
                .map(CompiledPolicy::selected)
                .reduce(WorkloadSet.EMPTY, WorkloadSet::or);
    }
}
