package dev.flowguard.admission.decision;

import dev.flowguard.assess.Change;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Observation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Where a decision gets its knowledge: the port to whatever feeds Flowguard. */
public interface ClusterState {
    /** So many namespaces are confirmed faster one by one than with all others. */
    int FEW_NAMESPACES = 4;

    /** What is known now; empty while it is not enough to judge by. Never waits. */
    Optional<Known> known();

    /** Why it is not enough to judge by, in a word for metrics; of use only while it is not. */
    default String whyNotKnown() {
        return "unknown";
    }

    /** How well the cluster is known, whether or not that is enough: for readiness, metrics and people. Never waits. */
    default Health health() {
        return Health.PERFECT;
    }

    /**
     * Step 7: reads again what a rejection rests on. May wait for a short, bounded time.
     *
     * @param judged the state by which the change is about to be rejected
     */
    Confirmation confirm(Snapshot judged, Grounds grounds);

    /**
     * Before an admission: how to read again what it rests on, where changes may be in the cluster already that neither a watch nor the
     * {@link #ledger()} has shown, because they came by another API server; empty where that cannot be, or where too much is read already.
     * To read may take a short, bounded time; whoever has asked for it reads once.
     *
     * @param judged the state by which the change is about to be admitted
     */
    default Optional<Function<Grounds, Confirmation>> rereading(Snapshot judged) {
        return Optional.empty();
    }

    /** What has been admitted and may not be known yet. Where what is admitted is known at once, one that nobody else has. */
    default Ledger ledger() {
        return new Ledger();
    }

    /** Step 6: whether the requester may override in that namespace. May wait for a short, bounded time. */
    Permission mayOverride(Requester requester, String namespace);

    /** Whether the requester may bring in policies as a set, of which the first may break flows for a moment. As {@link #mayOverride}. */
    default Permission mayStage(Requester requester, String namespace) {
        return mayOverride(requester, namespace);
    }

    /**
     * Takes note of an admitted change where no API server will report it.
     */
    void admitted(Change change);

    /** Takes note of an admitted object of another kind: that it is so, or where an API server will report it, that it will be. */
    default void observe(Observation admitted) {}

    /**
     * A state to judge by.
     *
     * @param age the time since all that nothing can be judged without was last known to be true
     * @param lacks what is out of touch besides, so that what needs it is not certain
     */
    record Known(Snapshot snapshot, Duration age, Set<Lack> lacks) {
        public Known {
            lacks = Set.copyOf(lacks);
        }

        public Known(Snapshot snapshot, Duration age) {
            this(snapshot, age, Set.of());
        }
    }

    /** Objects that are known only as they were, and which flows need. */
    enum Lack {
        SERVICES("Services are"),
        ENDPOINTS("EndpointSlices are"),
        NODES("Nodes are"),
        TEMPLATES("a kind of controllers is");

        private final String subject;

        Lack(String subject) {
            this.subject = subject;
        }

        /** For people: {@code Services are out of touch}. */
        String clause() {
            return subject + " out of touch";
        }
    }

    /** Whether objects exist before they are known here, as with every watch. */
    default boolean isBehind() {
        return false;
    }

    /**
     * How well the cluster is known.
     *
     * @param age the time since all that is known was last known to be true
     * @param troubles all that is not as it should be, in sentences
     */
    record Health(Duration age, List<String> troubles) {
        public static final Health PERFECT = new Health(Duration.ZERO, List.of());

        public Health {
            troubles = List.copyOf(troubles);
        }
    }

    /** What a confirmation brought. */
    sealed interface Confirmation {
        <T> T match(Function<Confirmed, T> confirmed, Function<Unconfirmed, T> unconfirmed);

        /**
         * It has been read.
         *
         * @param now the state judged by, with what the source says of the grounds in place of what was known of them
         */
        record Confirmed(Snapshot now) implements Confirmation {
            @Override
            public <T> T match(Function<Confirmed, T> confirmed, Function<Unconfirmed, T> unconfirmed) {
                return confirmed.apply(this);
            }
        }

        /** No answer in time, or an error. */
        record Unconfirmed(String why) implements Confirmation {
            @Override
            public <T> T match(Function<Confirmed, T> confirmed, Function<Unconfirmed, T> unconfirmed) {
                return unconfirmed.apply(this);
            }
        }
    }

    /** The answer to a question of permission. */
    enum Permission {
        GRANTED,
        REFUSED,
        /** It could not be asked. */
        NOT_KNOWN
    }
}
