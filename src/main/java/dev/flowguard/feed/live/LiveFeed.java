package dev.flowguard.feed.live;

import dev.flowguard.admission.decision.ClusterState.Lack;
import dev.flowguard.admission.decision.Ledger;
import dev.flowguard.audit.metrics.FeedState;
import dev.flowguard.cluster.ClusterModel;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.feed.live.api.ApiServer;
import dev.flowguard.feed.live.api.Resource;
import dev.flowguard.feed.live.api.Resources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a model in step with a live cluster, from {@link #start()} to {@link #close()}. Whatever happens to the connection, it goes on
 * trying, and says how well the cluster is known meanwhile.
 */
final class LiveFeed implements AutoCloseable {
    private static final Duration STOPPING = Duration.ofSeconds(2);

    private final FeedTiming timing;
    private final boolean otherPolicies;
    private final Ledger ledger;
    private final ApiServer api;
    private final Ticker ticker;
    private final FeedHealth health;
    private final Arrivals arrivals;
    private final SnapshotWriter writer;
    private final ObjectObserver observer = new ObjectObserver();
    private final ContractShelf contracts = new ContractShelf();
    private final Map<String, Thread> threads = new HashMap<>();
    private boolean closed;

    /** Other kinds of policies that the cluster has served at some time. */
    private final Set<Resource> served = ConcurrentHashMap.newKeySet();

    /**
     * @param model which nobody else writes to
     * @param ledger which is told what has landed of what it awaits
     */
    LiveFeed(ApiServer api, ClusterModel model, Ledger ledger, FeedTiming timing, Ticker ticker) {
        this.ledger = ledger;
        this.api = api;
        this.timing = timing;
        this.otherPolicies = model.snapshot().settings().considerOtherPolicies();
        this.ticker = ticker;
        this.health = new FeedHealth(ticker);
        this.arrivals = new Arrivals(ticker);
        this.writer = new SnapshotWriter(arrivals, model);
    }

    /** Returns at once; until all has been listed, {@link #gaps()} says what is missing. */
    void start() {
        run("snapshots", () -> writer);
        Resources.ALWAYS.forEach(resource -> follow(resource, true));
        if (otherPolicies) {
            KindHealth discovery = new KindHealth(Resources.DISCOVERY, health, ticker, true);
            // Of a kind that comes later, judging does not wait for the first list: until then it may concern every
            // pod.
            run(
                    Resources.DISCOVERY.name(),
                    () -> new OtherPolicyDiscovery(api, discovery, timing, resource -> {
                        served.add(resource);
                        follow(resource, !discovery.hasBeenInTouch());
                    }));
        }
    }

    /** Why what is known is not enough to judge by, in sentences; empty where it is. How old it may be is the caller's choice. */
    List<String> gaps() {
        synchronized (threads) {
            if (threads.isEmpty()) {
                return List.of("the cluster is not followed yet");
            }
        }
        List<String> gaps = new ArrayList<>(health.gaps());
        writer.trouble().ifPresent(gaps::add);
        return gaps;
    }

    /** All that is not as it should be, in sentences, whether or not it is in the way of judging. */
    List<String> troubles() {
        List<String> troubles = new ArrayList<>(health.troubles());
        writer.trouble().ifPresent(troubles::add);
        return troubles;
    }

    /** The time since the snapshot was last known to be what the cluster is. */
    Duration age() {
        Duration behind = arrivals.lag();
        Duration outOfTouch = health.age();
        return behind.compareTo(outOfTouch) > 0 ? behind : outOfTouch;
    }

    /** Whether some kind is being listed for the first time. */
    boolean isLoading() {
        return health.kinds().containsValue(FeedState.LOADING);
    }

    /** What can be done without and has been out of touch for longer than that. */
    Set<Lack> lacks(Duration stalest) {
        return health.lacks(stalest);
    }

    /** How long what has come in has been waiting to become part of the snapshot. */
    Duration lag() {
        return arrivals.lag();
    }

    /** How it stands with each kind. */
    Map<String, FeedState> kinds() {
        return health.kinds();
    }

    /** The kinds of policies beside NetworkPolicy that are followed. */
    Set<Resource> otherPolicies() {
        return served;
    }

    ContractShelf contracts() {
        return contracts;
    }

    /** Ends the watches. The model stays as it is. */
    @Override
    public void close() {
        List<Thread> running;
        synchronized (threads) {
            closed = true;
            running = List.copyOf(threads.values());
        }
        running.forEach(Thread::interrupt);
        long start = System.nanoTime();
        try {
            for (Thread thread : running) {
                long left = STOPPING.minusNanos(System.nanoTime() - start).toMillis();
                thread.join(Math.max(1, left));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(Resource resource, boolean awaited) {
        run(
                resource.name(),
                () -> new KindFeed(
                        resource,
                        api,
                        observer,
                        contracts,
                        this::arrived,
                        arrivals,
                        new KindHealth(resource, health, ticker, awaited),
                        timing,
                        ticker));
    }

    /** Only the last of several observations of an object becomes part of a snapshot; the ledger may have waited for any of them. */
    private void arrived(Observation observation) {
        arrivals.add(observation);
        if (ledger.awaits(observation.object())) {
            arrivals.whenApplied(() -> ledger.landed(observation));
        }
    }

    /** Does nothing where one of that name is running already. */
    private void run(String name, Supplier<Runnable> task) {
        synchronized (threads) {
            @Nullable Thread running = threads.get(name);
            if (closed || running != null && running.isAlive()) {
                return;
            }
            Thread thread = new Thread(task.get(), "flowguard-feed " + name);
            thread.setDaemon(true);
            threads.put(name, thread);
            thread.start();
        }
    }
}
