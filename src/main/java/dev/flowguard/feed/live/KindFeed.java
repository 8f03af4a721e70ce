package dev.flowguard.feed.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.audit.status.SeenContract;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.feed.live.api.ApiProblem;
import dev.flowguard.feed.live.api.ApiServer;
import dev.flowguard.feed.live.api.ObjectTree;
import dev.flowguard.feed.live.api.Resource;
import dev.flowguard.feed.live.api.Role;
import dev.flowguard.feed.live.api.WatchStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Follows the objects of one kind: lists them, then watches for changes, and lists them again only when the API server no longer knows
 * the changes in between. A list is compared with what is known, so that only differences go on, deletions that nobody reported
 * included. Runs on a thread of its own until it is interrupted.
 */
final class KindFeed implements Runnable {
    private static final Logger LOG = Logger.getLogger(KindFeed.class);

    /** After so many errors the version is not believed in any more: that of a restored cluster may be from its future. */
    private static final int ENOUGH_FAILURES = 5;

    private final Resource resource;
    private final ApiServer api;
    private final ObjectObserver observer;
    private final ContractShelf contracts;
    private final Consumer<Observation> arrived;
    private final Arrivals arrivals;
    private final KindHealth health;
    private final FeedTiming timing;
    private final Ticker ticker;
    private final Pause pause;
    private final KnownObjects known = new KnownObjects();

    /** Up to where everything is known; empty: a list is needed. */
    private String version = "";

    /** Watches that the API server has refused or ended with an error, one after the other. */
    private int failures;

    /**
     * @param arrived takes what is observed
     * @param arrivals where that has gone, for what must come after it
     */
    KindFeed(
            Resource resource,
            ApiServer api,
            ObjectObserver observer,
            ContractShelf contracts,
            Consumer<Observation> arrived,
            Arrivals arrivals,
            KindHealth health,
            FeedTiming timing,
            Ticker ticker) {
        this.resource = resource;
        this.api = api;
        this.observer = observer;
        this.contracts = contracts;
        this.arrived = arrived;
        this.arrivals = arrivals;
        this.health = health;
        this.timing = timing;
        this.ticker = ticker;
        this.pause = new Pause(timing.firstPause(), timing.longestPause());
    }

    @Override
    public void run() {
        try {
            boolean served = true;
            if (resource.role() == Role.OTHER_POLICY) {
                mayConcernEveryPod();
            }
            while (served) {
                served = follow();
            }
            health.dropped();
        } catch (InterruptedException e) {
            health.dropped();
        }
    }

    /** Lists where that is needed, and watches until the watch ends; false where it is of no use to go on. */
    private boolean follow() throws InterruptedException {
        try {
            if (version.isEmpty()) {
                list();
            }
            watch();
            return true;
        } catch (ApiProblem problem) {
            return cope(problem);
        } catch (RuntimeException | Error e) {
            // Even an Error: a thread that ended would leave behind what looks like a kind that is followed.
            LOG.errorf(e, "Following %s failed", resource);
            return cope(ApiProblem.noAnswer("internal error, see the log"));
        }
    }

    private void list() throws ApiProblem, InterruptedException {
        Set<ObjectRef> present = new HashSet<>();
        String listed = api.listAll(resource, item -> present.add(observe(item)), () -> health.listing(present.size()));
        known.forgetAllBut(present).forEach(this::reportGone);
        reportGone(unreadable());
        version = listed;
    }

    private void watch() throws ApiProblem, InterruptedException {
        BlockingQueue<Boolean> bell = RenewedWatch.bell();
        Runnable ring = () -> bell.offer(true);
        WatchStream first = api.watch(resource, version, watchFor(), ring);
        boolean heard = false;
        try (RenewedWatch watch = new RenewedWatch(
                first, bell, () -> api.open(resource, version, watchFor(), ring), health, timing, ticker)) {
            // In touch only when all that came before is part of the snapshot.
            health.listening(arrivals::whenApplied);
            Optional<byte[]> line = watch.next();
            while (line.isPresent()) {
                take(event(line.get()));
                pause.reset();
                failures = 0;
                heard = true;
                line = watch.next();
            }
        }
        health.ended("the API server ended the watch");
        if (!heard) {
            // A proxy that ends every watch at once would otherwise be asked without a pause.
            pause.await();
        }
    }

    /** After which the API server itself is to end a watch. */
    private Duration watchFor() {
        return timing.watch()
                .plusMillis(ThreadLocalRandom.current().nextLong(timing.watch().toMillis()));
    }

    private JsonNode event(byte[] line) throws ApiProblem {
        try {
            return ObjectTree.event(line, resource);
        } catch (IOException e) {
            throw ApiProblem.noAnswer("the watch sent something that is not JSON: " + ApiServer.reason(e));
        }
    }

    private void take(JsonNode event) throws ApiProblem {
        if (!(event.get("object") instanceof ObjectNode object)) {
            throw ApiProblem.noAnswer("the watch sent an event without an object");
        }
        switch (event.path("type").asText()) {
            case "ERROR" ->
                throw ApiProblem.answered(
                        object.path("code").asInt(), object.path("message").asText());
            case "BOOKMARK" -> {
                // Tells nothing but the version.
            }
            case "DELETED" -> {
                ObjectRef ref = resource.ref(object);
                if (known.forget(ref)) {
                    reportGone(ref);
                }
            }
            default -> observe(object);
        }
        version = version(object);
    }

    private ObjectRef observe(ObjectNode object) {
        ObjectRef ref = known.canonical(observer.compact(resource.ref(object)));
        if (known.isNews(ref, version(object))) {
            arrived.accept(observer.observe(ref, object));
            if (isOfContracts()) {
                SeenContract seen = SeenContract.of(ref, object);
                arrivals.whenApplied(() -> contracts.put(seen));
            }
        }
        return ref;
    }

    private void reportGone(ObjectRef ref) {
        arrived.accept(Observation.gone(ref));
        if (isOfContracts()) {
            arrivals.whenApplied(() -> contracts.remove(ref));
        }
    }

    private boolean isOfContracts() {
        return resource.role() == Role.CONTRACT;
    }

    /** Whether it is of use to go on. */
    private boolean cope(ApiProblem problem) throws InterruptedException {
        failures = problem.isAnswer() ? failures + 1 : failures;
        if (problem.isRefusal() || failures >= ENOUGH_FAILURES) {
            version = "";
        }
        if (problem.isAbsent()) {
            forgetAll();
            reportGone(unreadable());
            if (comesAndGoes()) {
                return false;
            }
            health.absent("the cluster has no such kind");
            Pause.sleep(isOfContracts() ? timing.comeback() : timing.recheck());
            return true;
        }
        if (problem.isForbidden() && !health.hasBeenInTouch() || isHopeless(problem)) {
            forgetAll();
            if (resource.role() == Role.OTHER_POLICY) {
                mayConcernEveryPod();
            }
            health.withheld(
                    problem.isForbidden()
                            ? problem.clause() + "; grant get, list and watch on " + resource
                            : problem.clause());
            Pause.sleep(timing.recheck());
            return true;
        }
        if (problem.isGone()) {
            health.ended(problem.clause());
        } else {
            health.broken(problem.clause());
        }
        pause.await();
        return true;
    }

    /** What is known no more has to be listed before it can be watched. */
    private void forgetAll() {
        known.forgetAllBut(Set.of()).forEach(this::reportGone);
        version = "";
    }

    /**
     * Whether everything else had better go on without this kind: for a while nothing has come but failures, as when the server of an
     * extension is down. One of the API server's own kinds that has been known stays known, and what needs it is undetermined; one that
     * has never been known is given more time, since its failures are mostly those of all kinds, and pass.
     */
    private boolean isHopeless(ApiProblem problem) {
        if (!resource.role().isDispensable() || problem.isGone()) {
            return false;
        }
        boolean isOfExtension = comesAndGoes();
        boolean isAboutThisKind = problem.isAnswer() || isOfExtension && health.essentialsAreInTouch();
        boolean isKnown = health.hasBeenInTouch() && !isOfExtension && !problem.isForbidden();
        Duration atLeast = isOfExtension || problem.isForbidden()
                ? timing.recheck()
                : timing.recheck().multipliedBy(10);
        return isAboutThisKind && !isKnown && health.outOfTouchFor().compareTo(atLeast) >= 0;
    }

    /** A kind that is followed because it was found served; when it is served no more, it will be found again if it comes back. */
    private boolean comesAndGoes() {
        return resource.role().comesAndGoes();
    }

    private void mayConcernEveryPod() {
        arrived.accept(observer.someOtherPolicies(unreadable()));
    }

    /** Stands for all objects of a kind that exists and may not be read. */
    private ObjectRef unreadable() {
        return resource.ref("", "*");
    }

    private static String version(ObjectNode object) {
        return object.path("metadata").path("resourceVersion").asText();
    }
}
