package dev.flowguard.feed.live;

import dev.flowguard.feed.live.api.Resource;
import dev.flowguard.feed.live.api.Role;
import java.time.Duration;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** How it stands with one kind; a feed tells it step by step. */
final class KindHealth {
    private static final Logger LOG = Logger.getLogger(KindHealth.class);

    private final Resource resource;
    private final FeedHealth health;
    private final Ticker ticker;
    private long lastHeard;
    private final long wantedSince;
    private long lostSince;
    private boolean lost;
    private boolean hasBeenInTouch;

    /** Judging waits for the first list. */
    private boolean awaited;

    /** Why the kind could not be read when that was last said; empty while it can. */
    private String unavailable = "";

    /** Which watch is open; what was started for one that is over means nothing any more. */
    private int watch;

    /** @param awaited whether judging has to wait for the first list */
    KindHealth(Resource resource, FeedHealth health, Ticker ticker, boolean awaited) {
        this.resource = resource;
        this.health = health;
        this.ticker = ticker;
        this.wantedSince = ticker.nanos();
        this.lostSince = wantedSince;
        this.lost = true;
        this.awaited = awaited;
        health.put(resource, awaited ? loading(0, "") : unavailable("not listed yet", true));
    }

    private Contact loading(int soFar, String problem) {
        return new Contact.Loading(wantedSince, soFar, problem);
    }

    /** The time since the kind was last followed, or since it was first wanted; zero while it is followed. */
    synchronized Duration outOfTouchFor() {
        return lost ? ticker.since(lostSince) : Duration.ZERO;
    }

    synchronized boolean hasBeenInTouch() {
        return hasBeenInTouch;
    }

    /** A list is under way; one that repairs a lost contact is none that is waited for. */
    synchronized void listing(int soFar) {
        if (!hasBeenInTouch && awaited) {
            health.put(resource, loading(soFar, ""));
        }
    }

    /**
     * A watch is open.
     *
     * @param afterwards does something as soon as all that has been observed is part of the snapshot
     */
    synchronized void listening(Consumer<Runnable> afterwards) {
        int mine = ++watch;
        lastHeard = ticker.nanos();
        afterwards.accept(() -> inTouch(mine));
    }

    private synchronized void inTouch(int sinceWatch) {
        if (sinceWatch == watch) {
            hasBeenInTouch = true;
            lost = false;
            if (!unavailable.isEmpty()) {
                LOG.infof("%s can be read now", resource);
                unavailable = "";
            }
            health.inTouch(resource, lastHeard);
        }
    }

    /** Something came in on the watch, or it could be opened once more: so nothing has been missed. */
    synchronized void heard() {
        lastHeard = ticker.nanos();
        if (hasBeenInTouch) {
            lost = false;
            health.inTouch(resource, lastHeard);
        }
    }

    /** The API server has ended the watch, as it does with all after a while. */
    synchronized void ended(String why) {
        lastHeard = ticker.nanos();
        watch++;
        lost(why);
    }

    /** The watch broke off, or could not be opened. Whether all came in that was sent before is not certain. */
    synchronized void broken(String why) {
        watch++;
        failed(why);
    }

    /** Something did not work, and the watch, if there is one, is still listened to. */
    synchronized void failed(String why) {
        lost(why);
        health.failed(resource, why);
    }

    private void lost(String why) {
        if (!lost) {
            lostSince = lastHeard;
            lost = true;
        }
        if (hasBeenInTouch) {
            health.put(resource, new Contact.Lost(lostSince, why));
        } else {
            health.put(resource, awaited ? loading(0, why) : unavailable(why, true));
        }
    }

    private Contact unavailable(String why, boolean isThere) {
        boolean nothingIsJudged = isThere && resource.role() == Role.CONTRACT;
        String loss = nothingIsJudged ? Role.ESSENTIAL.loss() : resource.role().loss();
        return new Contact.Unavailable(why, loss, isThere);
    }

    /** Whether all is seen of those kinds without which nothing can be judged. */
    boolean essentialsAreInTouch() {
        return health.essentialsAreInTouch();
    }

    /** The cluster has no such kind. */
    synchronized void absent(String why) {
        doneWithout(why, false);
    }

    /** The kind is there and cannot be read, and may never be. */
    synchronized void withheld(String why) {
        doneWithout(why, true);
    }

    private void doneWithout(String why, boolean isThere) {
        watch++;
        hasBeenInTouch = false;
        awaited &= !resource.role().isDispensable();
        if (!why.equals(unavailable)) {
            LOG.warnf(
                    "%s cannot be read: %s. So %s",
                    resource, why, resource.role().loss());
        }
        unavailable = why;
        health.put(resource, unavailable(why, isThere));
    }

    /** Nobody follows this kind any more. */
    synchronized void dropped() {
        watch++;
        health.drop(resource);
    }
}
