package dev.flowguard.feed.live;

import dev.flowguard.admission.decision.ClusterState.Lack;
import dev.flowguard.audit.metrics.FeedState;
import dev.flowguard.feed.live.api.Resource;
import dev.flowguard.feed.live.api.Role;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * How well the cluster is known, kind by kind, and whether that is enough to judge by. What changes for the worse is said once in the
 * log, and once more when it is over.
 */
final class FeedHealth {
    private static final Logger LOG = Logger.getLogger(FeedHealth.class);

    private final Map<Resource, Contact> contacts = new ConcurrentHashMap<>();
    private final AtomicBoolean outage = new AtomicBoolean();
    private final Ticker ticker;

    FeedHealth(Ticker ticker) {
        this.ticker = ticker;
    }

    void put(Resource resource, Contact contact) {
        contacts.put(resource, contact);
    }

    void drop(Resource resource) {
        contacts.remove(resource);
    }

    /** @param proved when that was last certain */
    void inTouch(Resource resource, long proved) {
        contacts.put(resource, new Contact.InTouch(proved));
        if (outage.get()
                && contacts.values().stream().noneMatch(FeedHealth::isBroken)
                && outage.compareAndSet(true, false)) {
            LOG.info("Changes in the cluster are seen again");
        }
    }

    private static boolean isBroken(Contact contact) {
        return !contact.isAnswered() || contact.state() == FeedState.OUT_OF_TOUCH;
    }

    /** An attempt to list or watch failed; it will be made again. */
    void failed(Resource resource, String why) {
        LOG.debugf("%s: %s", resource, why);
        if (outage.compareAndSet(false, true)) {
            LOG.warnf(
                    "Changes in the cluster are not seen at the moment; trying again. First noticed with %s: %s",
                    resource, why);
        }
    }

    /** Why what is known is not enough to judge by, in sentences; empty where it is. Its age is another matter. */
    List<String> gaps() {
        return contacts.entrySet().stream()
                .filter(entry -> !entry.getValue().isAnswered()
                        || isMissed(entry.getKey().role(), entry.getValue()))
                .sorted(BY_NAME)
                .map(entry -> describe(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** What contracts protect would go unprotected without a word; where there are none, there is nothing to miss. */
    private static boolean isMissed(Role role, Contact contact) {
        return switch (role) {
            case ESSENTIAL -> !contact.isFollowed();
            case CONTRACT -> contact.isWithheld();
            case SERVICE, ENDPOINTS, NODE, INGRESS, TEMPLATE, SIDE_INPUT, IMPLYING, OTHER_POLICY -> false;
        };
    }

    /** Whether all is seen of those kinds without which nothing can be judged. */
    boolean essentialsAreInTouch() {
        return contacts.entrySet().stream()
                .filter(entry -> entry.getKey().role() == Role.ESSENTIAL)
                .allMatch(entry -> entry.getValue().state() == FeedState.FOLLOWED);
    }

    /** The time since all that nothing can be judged without was last known to be true. */
    Duration age() {
        return contacts.entrySet().stream()
                .filter(entry -> !entry.getKey().role().isDispensable())
                .map(entry -> entry.getValue().age(ticker))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** What can be done without and has been out of touch for longer than that. */
    Set<Lack> lacks(Duration stalest) {
        if (!outage.get()) {
            return Set.of();
        }
        Set<Lack> lacks = EnumSet.noneOf(Lack.class);
        contacts.forEach((resource, contact) -> {
            if (contact.state() == FeedState.OUT_OF_TOUCH && contact.age(ticker).compareTo(stalest) > 0) {
                lacks.addAll(resource.role().lacks());
            }
        });
        return lacks;
    }

    /** All that is not well, in sentences; first what is in the way of judging. */
    List<String> troubles() {
        return contacts.entrySet().stream()
                .filter(entry -> entry.getValue().trouble(ticker).isPresent())
                .sorted(GRAVEST_FIRST)
                .map(entry -> describe(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** How it stands with each kind, by its name. */
    Map<String, FeedState> kinds() {
        Map<String, FeedState> kinds = new TreeMap<>();
        contacts.forEach((resource, contact) -> kinds.put(resource.name(), contact.state()));
        return kinds;
    }

    private static final Comparator<Map.Entry<Resource, Contact>> BY_NAME =
            Comparator.comparing(entry -> entry.getKey().name());

    private static final Comparator<Map.Entry<Resource, Contact>> GRAVEST_FIRST =
            Comparator.<Map.Entry<Resource, Contact>, Boolean>comparing(
                            entry -> entry.getKey().role().isDispensable())
                    .thenComparing(BY_NAME);

    private String describe(Resource resource, Contact contact) {
        return resource + ": " + contact.trouble(ticker).orElse("followed");
    }
}
