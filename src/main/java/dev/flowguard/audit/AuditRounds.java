package dev.flowguard.audit;

import dev.flowguard.admission.decision.ClusterState;
import dev.flowguard.admission.decision.OverrideListener;
import dev.flowguard.audit.api.Leadership;
import dev.flowguard.audit.api.Lease;
import dev.flowguard.audit.api.TokenBucket;
import dev.flowguard.audit.event.Announcement;
import dev.flowguard.audit.event.ApiEvents;
import dev.flowguard.audit.event.Events;
import dev.flowguard.audit.event.OverrideEvent;
import dev.flowguard.audit.metrics.FeedMetrics;
import dev.flowguard.audit.metrics.FeedView;
import dev.flowguard.audit.metrics.FindingMetrics;
import dev.flowguard.audit.metrics.WriteMetrics;
import dev.flowguard.audit.status.ApiStatusWriter;
import dev.flowguard.audit.status.ContractObjects;
import dev.flowguard.audit.status.StatusQueue;
import dev.flowguard.config.FlowguardConfig;
import dev.flowguard.config.OwnNamespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;

/** Puts the audit together and keeps it going, apart from all that answers reviews. */
@ApplicationScoped
class AuditRounds implements OverrideListener {
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration LOOK_FOR_FINDINGS = Duration.ofSeconds(1);

    /** For one answer of the API server. Nobody waits for it but the next write. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final FlowguardConfig config;
    private final ClusterState state;
    private final ContractObjects contracts;
    private final FeedView feed;
    private final MeterRegistry registry;
    private final Instance<KubernetesClient> client;
    private final List<AutoCloseable> running = new ArrayList<>();
    private volatile Optional<Events> events = Optional.empty();
    private volatile Leadership leadership = Leadership.NEVER;

    AuditRounds(
            FlowguardConfig config,
            ClusterState state,
            ContractObjects contracts,
            FeedView feed,
            MeterRegistry registry,
            Instance<KubernetesClient> client) {
        this.config = config;
        this.state = state;
        this.contracts = contracts;
        this.feed = feed;
        this.registry = registry;
        this.client = client;
    }

    void start(@Observes StartupEvent start) {
        WriteMetrics writes = new WriteMetrics(registry);
        FeedMetrics feedMetrics = new FeedMetrics(registry, feed);
        FindingMetrics findings = new FindingMetrics(registry, config.findings(), System::nanoTime);
        boolean publishes = config.audit().publish() && contracts != ContractObjects.NONE;
        Reconciler reconciler = publishes ? publishing(writes) : measuring();
        ChangeSetRounds changeSets = new ChangeSetRounds(registry, this::announce);
        run("flowguard-audit", LOOK, () -> {
            reconciler.step();
            feedMetrics.update();
        });
        run(
                "flowguard-findings",
                LOOK_FOR_FINDINGS,
                () -> state.known().ifPresent(known -> {
                    changeSets.update(known.snapshot(), Instant.now());
                    findings.update(known.snapshot());
                }));
    }

    private Reconciler measuring() {
        StatusQueue nothing = new StatusQueue(
                (seen, wanted) -> {
                    throw new IllegalStateException("Only a leader writes, and this replica never leads");
                },
                Leadership.NEVER,
                new TokenBucket(1, System::nanoTime),
                (before, after) -> {},
                outcome -> {},
                System::nanoTime);
        return reconciler(nothing, List.of());
    }

    private Reconciler publishing(WriteMetrics writes) {
        KubernetesClient patient = client.get()
                .newClient(new RequestConfigBuilder()
                        .withRequestRetryBackoffLimit(0)
                        .withRequestTimeout((int) PATIENCE.toMillis())
                        .build())
                .adapt(KubernetesClient.class);
        String replica = Optional.ofNullable(System.getenv("HOSTNAME")).orElse("flowguard") + "-"
                + UUID.randomUUID().toString().substring(0, 8);
        Lease lease = new Lease(
                patient,
                OwnNamespace.of(client.get().getNamespace(), "flowguard.audit.publish=true"),
                replica,
                Arc.container().getExecutorService());
        LongSupplier nanos = System::nanoTime;
        int rate = config.audit().writesPerSecond();
        Clock clock = Clock.systemUTC();
        Events told = new Events(
                new ApiEvents(patient, replica, clock.instant()),
                new TokenBucket(rate, nanos),
                writes::event,
                clock,
                nanos);
        Announcer announcer = new Announcer(told, lease);
        StatusQueue queue = new StatusQueue(
                new ApiStatusWriter(patient), lease, new TokenBucket(rate, nanos), announcer, writes::status, nanos);
        leader(lease, queue);
        events = Optional.of(told);
        leadership = lease;
        run("flowguard-events", LOOK, told::step);
        running.add(lease);
        lease.start();
        return reconciler(queue, List.of(announcer));
    }

    private Reconciler reconciler(StatusQueue queue, List<Reconciler.Listener> more) {
        Clock clock = Clock.systemUTC();
        List<Reconciler.Listener> listeners = new ArrayList<>(more);
        listeners.add(new StandingMetrics(registry, contracts, clock));
        listeners.add(new CoverageMetrics(registry));
        AuditTurns turns = new AuditTurns(config.audit().maxPairs());
        return new Reconciler(state, contracts, queue, turns, listeners, System::nanoTime, clock);
    }

    private void leader(Leadership leadership, StatusQueue queue) {
        Gauge.builder("flowguard.leader", leadership, some -> some.isLeader() ? 1 : 0)
                .description("Whether this replica writes the status of contracts")
                .strongReference(true)
                .register(registry);
        Gauge.builder("flowguard.status.waiting", queue, StatusQueue::size)
                .description("Contracts whose status is not what it ought to be")
                .strongReference(true)
                .register(registry);
    }

    private void run(String name, Duration pause, Runnable task) {
        running.add(Rounds.start(name, pause, task));
    }

    void stop(@Observes ShutdownEvent stop) throws Exception {
        Collections.reverse(running);
        for (AutoCloseable each : running) {
            each.close();
        }
    }

    /** Of what all replicas see, one tells. */
    private void announce(Announcement announcement) {
        if (leadership.isLeader()) {
            events.ifPresent(told -> told.accept(announcement));
        }
    }

    @Override
    public void overridden(Overridden what) {
        events.ifPresent(told -> told.accept(OverrideEvent.of(what)));
    }
}
