package dev.flowguard.feed.live;

import dev.flowguard.admission.decision.ClusterState;
import dev.flowguard.admission.decision.Grounds;
import dev.flowguard.admission.decision.Ledger;
import dev.flowguard.admission.decision.Requester;
import dev.flowguard.assess.Change;
import dev.flowguard.audit.metrics.FeedState;
import dev.flowguard.audit.metrics.FeedView;
import dev.flowguard.audit.status.ContractObjects;
import dev.flowguard.cluster.ClusterModel;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.feed.live.api.ApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;

/** A real cluster: what is known of it comes from a {@link LiveFeed}, what must be certain is asked of the API server. */
public final class LiveCluster implements ClusterState, FeedView, AutoCloseable {
    /** Of the budget, for what an admission rests on: it is most likely right, and need not wait as long as a rejection. */
    private static final int PART_OF_READING = 2;

    private final ClusterModel model;
    private final LiveFeed feed;
    private final CurrentState current;
    private final OverrideRight overrides;
    private final OtherApiServers otherApiServers;
    private final Duration stalest;
    private final Duration budget;
    private final Ledger ledger = new Ledger();

    /** Begins to follow a cluster of one API server, or one where nothing is admitted. */
    public static LiveCluster follow(
            KubernetesClient client, ClusterSettings settings, Duration stalest, Duration budget) {
        return follow(client, settings, stalest, budget, addresses -> false);
    }

    /**
     * Begins to follow the cluster.
     *
     * @param stalest how long ago the state may last have been known to be true, for judging by it
     * @param budget for a question to the API server while a review waits
     * @param areSeveral whether changes come in by more than one API server, by the number of addresses behind {@code default/kubernetes}
     */
    public static LiveCluster follow(
            KubernetesClient client,
            ClusterSettings settings,
            Duration stalest,
            Duration budget,
            IntPredicate areSeveral) {
        FeedTiming timing = FeedTiming.DEFAULT.provingWithin(stalest);
        return new LiveCluster(client, settings, stalest, budget, timing, Ticker.SYSTEM, areSeveral);
    }

    LiveCluster(
            KubernetesClient client,
            ClusterSettings settings,
            Duration stalest,
            Duration budget,
            FeedTiming timing,
            Ticker ticker,
            IntPredicate areSeveral) {
        this.otherApiServers = new OtherApiServers(areSeveral, ticker);
        ApiServer api = new ApiServer(client, timing.patience());
        this.model = new ClusterModel(settings);
        this.feed = new LiveFeed(api, model, ledger, timing, ticker);
        this.current = new CurrentState(api, budget, feed::otherPolicies);
        this.overrides = new OverrideRight(api, budget, ticker);
        this.stalest = stalest;
        this.budget = budget;
        feed.start();
    }

    @Override
    public Optional<Known> known() {
        Duration age = feed.age();
        return age.compareTo(stalest) <= 0 && feed.gaps().isEmpty()
                ? Optional.of(new Known(model.snapshot(), age, feed.lacks(stalest)))
                : Optional.empty();
    }

    @Override
    public String whyNotKnown() {
        return feed.gaps().isEmpty() ? "out-of-touch" : feed.isLoading() ? "loading" : "unavailable";
    }

    @Override
    public boolean isBehind() {
        return true;
    }

    @Override
    public Health health() {
        return new Health(feed.age(), feed.troubles());
    }

    @Override
    public Confirmation confirm(Snapshot judged, Grounds grounds) {
        return current.confirm(judged, grounds);
    }

    @Override
    public Optional<Function<Grounds, Confirmation>> rereading(Snapshot judged) {
        return otherApiServers.areThere(judged) && otherApiServers.mayRead()
                ? Optional.of(grounds -> reread(judged, grounds))
                : Optional.empty();
    }

    private Confirmation reread(Snapshot judged, Grounds grounds) {
        Confirmation read = current.confirm(judged, grounds, budget.dividedBy(PART_OF_READING));
        read.match(confirmed -> true, unconfirmed -> {
            otherApiServers.failed();
            return false;
        });
        return read;
    }

    @Override
    public Permission mayOverride(Requester requester, String namespace) {
        return overrides.of(requester, namespace);
    }

    @Override
    public Permission mayStage(Requester requester, String namespace) {
        return overrides.of(OverrideRight.STAGE, requester, namespace);
    }

    @Override
    public Ledger ledger() {
        return ledger;
    }

    /** The API server will report it; until then the ledger has it from the decision. */
    @Override
    public void admitted(Change change) {}

    @Override
    public void observe(Observation admitted) {
        ledger.record(admitted);
    }

    /** The contracts as objects, with their status. */
    public ContractObjects contracts() {
        return feed.contracts();
    }

    @Override
    public Duration lag() {
        return feed.lag();
    }

    @Override
    public Map<String, FeedState> kinds() {
        return feed.kinds();
    }

    @Override
    public void close() {
        feed.close();
    }
}
