package dev.flowguard.audit;

import dev.flowguard.assess.FlowStanding;
import dev.flowguard.assess.FlowState;
import dev.flowguard.assess.StandingLevel;
import dev.flowguard.audit.status.ContractObjects;
import dev.flowguard.audit.status.FlowStatus;
import dev.flowguard.audit.status.SeenContract;
import dev.flowguard.contract.ContractSource;
import dev.flowguard.contract.ObjectRef;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * How flows and contracts stand, as gauges. There is a series for a namespace and a state only while it counts something, and one for a
 * contract only while it is broken: so their number grows with what is declared, and not with the cluster.
 */
final class StandingMetrics implements Reconciler.Listener {
    /** Of contracts that are named; more than that nobody looks at one by one. */
    private static final int MOST_BROKEN = 200;

    /** In place of the namespace of contracts that speak for the whole cluster; no namespace can be called so. */
    private static final String EVERYWHERE = "*";

    private record Where(String namespace, String kind, String state) {}

    private record FlowKey(ContractSource source, String flow) {}

    /** Some gauges of one name. They are registered anew only when what they show has changed: mostly an audit finds what the last one found. */
    private static final class Series<T> {
        private final MultiGauge gauges;
        private final Function<T, List<MultiGauge.Row<?>>> rows;
        private T shown;

        Series(MultiGauge gauges, T shown, Function<T, List<MultiGauge.Row<?>>> rows) {
            this.gauges = gauges;
            this.shown = shown;
            this.rows = rows;
        }

        void show(T news) {
            if (!news.equals(shown)) {
                gauges.register(rows.apply(news), true);
                shown = news;
            }
        }
    }

    private final Series<Map<Where, Integer>> flows;
    private final Series<Map<Where, Integer>> contracts;
    private final Series<Map<ContractSource, Instant>> broken;
    private final Timer duration;
    private final ContractObjects objects;
    private final InstantSource clock;
    private Map<FlowKey, Instant> brokenSince = Map.of();

    StandingMetrics(MeterRegistry registry, ContractObjects objects, InstantSource clock) {
        this.objects = objects;
        this.clock = clock;
        this.flows = new Series<>(
                MultiGauge.builder("flowguard.flows")
                        .description("Declared flows by the namespace of their contract and how they stand")
                        .register(registry),
                Map.of(),
                StandingMetrics::rows);
        this.contracts = new Series<>(
                MultiGauge.builder("flowguard.contracts")
                        .description("Contracts by namespace, kind and the state of their worst flow")
                        .register(registry),
                Map.of(),
                StandingMetrics::rows);
        this.broken = new Series<>(
                MultiGauge.builder("flowguard.contract.broken.timestamp")
                        .description("Since when a contract has had a broken flow, in seconds since 1970; at most 200"
                                + " contracts")
                        .baseUnit("seconds")
                        .register(registry),
                Map.of(),
                StandingMetrics::oldest);
        this.duration = Timer.builder("flowguard.audit.duration")
                .description("Time to judge all declared flows")
                .register(registry);
    }

    @Override
    public void completed(Duration took) {
        duration.record(took);
    }

    @Override
    public void audited(Audit audit) {
        Map<Where, Integer> flowCounts = new HashMap<>();
        Map<Where, Integer> contractCounts = new HashMap<>();
        Map<ContractSource, Instant> brokenContracts = new TreeMap<>();
        Map<FlowKey, Instant> since = new HashMap<>();
        Map<ObjectRef, SeenContract> seen = objects.seen();
        for (Audit.Judged each : audit.contracts()) {
            ContractSource source = each.contract().source();
            for (FlowStanding standing : each.standings()) {
                flowCounts.merge(where(source, standing.state().word()), 1, Integer::sum);
                if (standing.state() == FlowState.BROKEN) {
                    FlowKey key = new FlowKey(source, standing.flow().flow().name());
                    Instant start = Optional.ofNullable(seen.get(source.object()))
                            .flatMap(object -> object.status().flow(key.flow()))
                            .filter(FlowStatus::isBroken)
                            .map(FlowStatus::since)
                            .or(() -> Optional.ofNullable(brokenSince.get(key)))
                            .orElseGet(clock::instant);
                    since.put(key, start);
                    brokenContracts.merge(source, start, (a, b) -> a.isBefore(b) ? a : b);
                }
            }
            contractCounts.merge(where(source, state(each)), 1, Integer::sum);
        }
        for (FlowStanding standing : audit.implied()) {
            if (standing.state() != FlowState.BROKEN
                    || StandingLevel.of(standing, audit.snapshot()).isPresent()) {
                flowCounts.merge(
                        where(
                                standing.flow().contract().source(),
                                standing.state().word()),
                        1,
                        Integer::sum);
            }
        }
        brokenSince = since;
        flows.show(flowCounts);
        contracts.show(contractCounts);
        broken.show(brokenContracts);
    }

    private static List<MultiGauge.Row<?>> oldest(Map<ContractSource, Instant> brokenContracts) {
        return brokenContracts.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .limit(MOST_BROKEN)
                .<MultiGauge.Row<?>>map(entry -> MultiGauge.Row.of(
                        tags(entry.getKey()), (double) entry.getValue().getEpochSecond()))
                .toList();
    }

    /** That of the worst flow; of a contract with mistakes, that it has some, unless a flow is broken. */
    private static String state(Audit.Judged judged) {
        Optional<FlowState> worst = judged.standings().stream()
                .map(FlowStanding::state)
                .min(Comparator.comparing(StandingMetrics::gravity));
        boolean isBroken = worst.filter(state -> state == FlowState.BROKEN).isPresent();
        if (!judged.contract().problems().isEmpty() && !isBroken) {
            return "invalid";
        }
        return worst.map(FlowState::word).orElse("satisfied");
    }

    private static int gravity(FlowState state) {
        return List.of(
                        FlowState.BROKEN,
                        FlowState.UNDETERMINED,
                        FlowState.UNENFORCED,
                        FlowState.UNBOUND,
                        FlowState.SATISFIED)
                .indexOf(state);
    }

    private static Where where(ContractSource source, String state) {
        return new Where(namespace(source), kind(source), state);
    }

    private static String namespace(ContractSource source) {
        return source.isClusterWide() ? EVERYWHERE : source.homeNamespace();
    }

    private static String kind(ContractSource source) {
        if (source.isImplied()) {
            return source.implied();
        }
        return source.isAnnotation() ? "annotation" : source.object().kind();
    }

    private static Tags tags(ContractSource source) {
        ObjectRef object = source.object();
        return Tags.of(
                "namespace",
                namespace(source),
                "kind",
                kind(source),
                "contract",
                source.isAnnotation() ? object.kind() + " " + object.name() : object.name(),
                "annotation",
                source.annotation());
    }

    private static List<MultiGauge.Row<?>> rows(Map<Where, Integer> counts) {
        return counts.entrySet().stream()
                .<MultiGauge.Row<?>>map(entry -> MultiGauge.Row.of(
                        Tags.of(
                                "namespace",
                                entry.getKey().namespace(),
                                "kind",
                                entry.getKey().kind(),
                                "state",
                                entry.getKey().state()),
                        entry.getValue()))
                .toList();
    }
}
