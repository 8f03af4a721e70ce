package dev.flowguard.feed.live;

import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.ServiceEntry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Whether changes may come into the cluster by API servers that ask other replicas, so that nothing here knows of them before a watch
 * shows them; and how often the state may be read for that.
 */
final class OtherApiServers {
    /** Above so many readings per second changes are judged by what is known, so that the API server is not flooded. */
    static final int MOST_PER_SECOND = 100;

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final IntPredicate areSeveral;
    private final Ticker ticker;
    private long secondBegan;
    private int read;
    private Optional<Long> failed = Optional.empty();

    /** @param areSeveral what to make of the number of addresses behind {@code default/kubernetes} */
    OtherApiServers(IntPredicate areSeveral, Ticker ticker) {
        this.areSeveral = areSeveral;
        this.ticker = ticker;
        this.secondBegan = ticker.nanos();
    }

    /** Whether there are any, as the cluster shows: API servers publish their addresses behind {@code default/kubernetes}. */
    boolean areThere(Snapshot known) {
        long addresses = known.namespace(ServiceEntry.API_NAMESPACE).stream()
                .flatMap(shard -> shard.endpoints(ServiceEntry.API_SERVICE).stream())
                .flatMap(slice -> slice.addresses().stream())
                .distinct()
                .count();
        return areSeveral.test((int) addresses);
    }

    /** Whether the state may be read now; if so, that counts as once. For a second after a failure it may not: nobody is to wait again. */
    synchronized boolean mayRead() {
        if (ticker.since(secondBegan).compareTo(SECOND) >= 0) {
            secondBegan = ticker.nanos();
            read = 0;
        }
        boolean hasFailed =
                failed.filter(at -> ticker.since(at).compareTo(SECOND) < 0).isPresent();
        if (hasFailed || read >= MOST_PER_SECOND) {
            return false;
        }
        read++;
        return true;
    }

    /** Takes note that a reading brought nothing. */
    synchronized void failed() {
        failed = Optional.of(ticker.nanos());
    }
}
