package dev.flowguard.audit.status;

import dev.flowguard.audit.api.Leadership;
import dev.flowguard.audit.api.TokenBucket;
import dev.flowguard.contract.ObjectRef;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The statuses that are still to be written: no more of them per second than allowed, bad news first, and none while another replica
 * leads. What cannot be written is tried again after growing pauses, and said once. For one thread.
 */
public final class StatusQueue {
    private static final Logger LOG = Logger.getLogger(StatusQueue.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);
    private static final Duration AT_A_TIME = Duration.ofMillis(200);

    /** Learns of every status that was written, and of what it replaces. */
    public interface Listener {
        void written(SeenContract before, ContractStatus after);
    }

    /**
     * A status to be written.
     *
     * @param seen what it was made for
     * @param failures how often it could not be written
     * @param notBefore when to try again
     */
    private record Waiting(SeenContract seen, ContractStatus wanted, int failures, long notBefore) {
        boolean isBadNews() {
            return wanted.condition(StatusCondition.READY)
                    .filter(ready -> ready.status().equals(StatusCondition.FALSE))
                    .isPresent();
        }
    }

    private final StatusWriter writer;
    private final Leadership leadership;
    private final TokenBucket rate;
    private final Listener listener;
    private final Consumer<StatusWriter.Outcome> count;
    private final LongSupplier nanos;
    private final Map<ObjectRef, Waiting> waiting = new LinkedHashMap<>();

    /** What we have written, by the version on which it was based, until it comes back through the feed. */
    private final Map<ObjectRef, Map.Entry<String, SeenContract>> ahead = new HashMap<>();

    private volatile int size;
    private int failures;
    private long pausedUntil;

    /** What was last said of a problem; empty where all is well. */
    private String said = "";

    /** @param count counts the outcomes */
    public StatusQueue(
            StatusWriter writer,
            Leadership leadership,
            TokenBucket rate,
            Listener listener,
            Consumer<StatusWriter.Outcome> count,
            LongSupplier nanos) {
        this.writer = writer;
        this.leadership = leadership;
        this.rate = rate;
        this.listener = listener;
        this.count = count;
        this.nanos = nanos;
        this.pausedUntil = nanos.getAsLong();
    }

    /** The contract as it is by now, which may be newer than what was seen. */
    public SeenContract current(SeenContract seen) {
        Map.@Nullable Entry<String, SeenContract> written = ahead.get(seen.object());
        if (written == null) {
            return seen;
        }
        if (written.getKey().equals(seen.version())) {
            return written.getValue();
        }
        ahead.remove(seen.object());
        return seen;
    }

    public void put(SeenContract seen, ContractStatus wanted) {
        @Nullable Waiting before = waiting.get(seen.object());
        boolean sameAgain = before != null && before.seen().version().equals(seen.version());
        waiting.put(
                seen.object(),
                new Waiting(
                        seen,
                        wanted,
                        sameAgain && before != null ? before.failures() : 0,
                        sameAgain && before != null ? before.notBefore() : nanos.getAsLong()));
    }

    public void remove(ObjectRef contract) {
        waiting.remove(contract);
    }

    /** Forgets all others. */
    public void retain(Set<ObjectRef> contracts) {
        waiting.keySet().retainAll(contracts);
        ahead.keySet().retainAll(contracts);
    }

    /** How many are waiting; for any thread. */
    public int size() {
        return size;
    }

    /** Writes what may be written now, and returns soon: what is worth writing may change while the rest waits. */
    public void write() {
        long begin = nanos.getAsLong();
        Optional<Waiting> next = next();
        while (next.isPresent() && nanos.getAsLong() - begin < AT_A_TIME.toNanos() && rate.take()) {
            write(next.get());
            size = waiting.size();
            next = next();
        }
        size = waiting.size();
    }

    private Optional<Waiting> next() {
        long now = nanos.getAsLong();
        if (waiting.isEmpty() || now - pausedUntil < 0 || !leadership.isLeader()) {
            return Optional.empty();
        }
        return waiting.values().stream()
                .filter(each -> now - each.notBefore() >= 0)
                .min(Comparator.comparing(each -> !each.isBadNews()));
    }

    private void write(Waiting next) {
        StatusWriter.Answer answer = writer.write(next.seen(), next.wanted());
        count.accept(answer.outcome());
        switch (answer.outcome()) {
            case WRITTEN -> written(next, answer.version());
            case GONE -> waiting.remove(next.seen().object());
            case CONFLICT -> postpone(next);
            case REFUSED -> {
                say("The status of " + next.seen().object() + " is refused", answer.problem());
                postpone(next);
            }
            case FORBIDDEN, FAILED -> {
                say("The status of contracts cannot be written, trying again", answer.problem());
                pausedUntil = nanos.getAsLong() + pause(failures++).toNanos();
            }
        }
    }

    private void written(Waiting next, String version) {
        SeenContract seen = next.seen();
        waiting.remove(seen.object());
        ahead.put(
                seen.object(),
                Map.entry(
                        basis(seen),
                        new SeenContract(
                                seen.object(),
                                seen.uid(),
                                seen.generation(),
                                version,
                                seen.declared(),
                                next.wanted())));
        if (failures > 0) {
            LOG.info("The status of contracts can be written again");
        }
        failures = 0;
        said = "";
        listener.written(seen, next.wanted());
    }

    /** The version that the feed knows, where several writes follow each other before it hears of the first. */
    private String basis(SeenContract seen) {
        Map.@Nullable Entry<String, SeenContract> before = ahead.get(seen.object());
        return before != null && before.getValue().version().equals(seen.version()) ? before.getKey() : seen.version();
    }

    private void postpone(Waiting next) {
        waiting.put(
                next.seen().object(),
                new Waiting(
                        next.seen(),
                        next.wanted(),
                        next.failures() + 1,
                        nanos.getAsLong() + pause(next.failures()).toNanos()));
    }

    private static Duration pause(int failures) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    private void say(String what, String why) {
        String text = what + ": " + why;
        if (!text.equals(said)) {
            LOG.warn(text);
            said = text;
        }
    }
}
