package dev.flowguard.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.admission.decision.OverrideListener;
import dev.flowguard.audit.api.TokenBucket;
import dev.flowguard.audit.event.Announcement;
import dev.flowguard.audit.event.EventOutcome;
import dev.flowguard.audit.event.EventStore;
import dev.flowguard.audit.event.Events;
import dev.flowguard.audit.event.OverrideEvent;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.PolicyRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An Event")
class EventsTest {
    private static final ObjectRef ORDERS = new ObjectRef("FlowContract", "shop", "orders");
    private static final ObjectRef DENY = new ObjectRef("NetworkPolicy", "shop", "deny");
    private static final int RATE = 5;

    private final ManualTime time = new ManualTime();
    private final Store store = new Store();
    private final Map<EventOutcome, Integer> outcomes = new EnumMap<>(EventOutcome.class);
    private final Events events = new Events(
            store, new TokenBucket(RATE, time), outcome -> outcomes.merge(outcome, 1, Integer::sum), time, time);

    @Test
    @DisplayName("is written on the object, with its uid")
    void created() {
        events.accept(broken("a"));
        events.step();
        assertThat(store.log)
                .containsExactly("create FlowContract shop/orders uid-orders FlowBroken: flow a is broken");
        assertThat(outcomes).containsOnly(Map.entry(EventOutcome.WRITTEN, 1));
    }

    @Test
    @DisplayName("that repeats another is counted there, until the API server has forgotten that one")
    void repeated() {
        for (int i = 0; i < 3; i++) {
            events.accept(broken("a"));
            events.accept(broken("b"));
            events.step();
            time.passes(Duration.ofMinutes(1));
        }
        store.forgotten = true;
        events.accept(broken("a"));
        events.step();
        time.passes(Duration.ofHours(2));
        events.accept(broken("b"));
        events.step();
        assertThat(store.log)
                .containsExactly(
                        "create FlowContract shop/orders uid-orders FlowBroken: flow a is broken",
                        "create FlowContract shop/orders uid-orders FlowBroken: flow b is broken",
                        "event-1 for the 2. time",
                        "event-2 for the 2. time",
                        "event-1 for the 3. time",
                        "event-2 for the 3. time",
                        "event-1 is forgotten",
                        "create FlowContract shop/orders uid-orders FlowBroken: flow a is broken",
                        "create FlowContract shop/orders uid-orders FlowBroken: flow b is broken");
    }

    @Test
    @DisplayName("waits where there are too many, and the oldest are left out where there are far too many")
    void storm() {
        for (int i = 0; i < 1_100; i++) {
            events.accept(broken("f" + i));
        }
        assertThat(outcomes).containsOnly(Map.entry(EventOutcome.DROPPED, 100));
        for (int second = 0; second < 10; second++) {
            events.step();
            time.passes(Duration.ofSeconds(1));
        }
        assertThat(store.log).hasSize(10 * RATE);
        assertThat(store.log.get(0)).endsWith("flow f100 is broken");
    }

    @Test
    @DisplayName("about an object that is gone is not written")
    void gone() {
        store.gone.add(ORDERS);
        events.accept(broken("a"));
        events.step();
        assertThat(store.log).isEmpty();
    }

    @Test
    @DisplayName("about an override waits for the policy that is about to be created")
    void overrideOfCreate() {
        store.gone.add(DENY);
        events.accept(override(OverrideListener.Kind.CREATE));
        events.step();
        time.passes(Duration.ofSeconds(1));
        store.gone.clear();
        events.step();
        assertThat(store.log)
                .containsExactly("create NetworkPolicy shop/deny uid-deny OverrideUsed:"
                        + " jane overrode a rejection: incident 42. Breaks shop/orders/a");
    }

    @Test
    @DisplayName("about an override is not written for a policy that somebody else has refused")
    void overrideOfNothing() {
        store.gone.add(DENY);
        events.accept(override(OverrideListener.Kind.CREATE));
        for (int second = 0; second < 20; second++) {
            events.step();
            time.passes(Duration.ofSeconds(1));
        }
        store.gone.clear();
        events.step();
        assertThat(store.log).isEmpty();
    }

    @Test
    @DisplayName("about an override of a deletion is written although the policy is gone")
    void overrideOfDelete() {
        store.gone.add(DENY);
        events.accept(override(OverrideListener.Kind.DELETE));
        events.step();
        assertThat(store.log).hasSize(1);
    }

    @Test
    @DisplayName("that may not be written is counted as such, and stops nothing")
    void forbidden() {
        store.forbids = true;
        events.accept(broken("a"));
        events.step();
        store.forbids = false;
        events.accept(broken("b"));
        events.step();
        assertThat(outcomes).containsOnly(Map.entry(EventOutcome.FORBIDDEN, 1), Map.entry(EventOutcome.WRITTEN, 1));
    }

    private static Announcement broken(String flow) {
        return new Announcement(
                ORDERS,
                Announcement.IfGone.SKIP,
                Announcement.Gravity.WARNING,
                "FlowBroken",
                flow,
                "flow " + flow + " is broken");
    }

    private static Announcement override(OverrideListener.Kind change) {
        return OverrideEvent.of(new OverrideListener.Overridden(
                new PolicyRef("shop", "deny"), change, "jane", "incident 42", List.of("shop/orders/a")));
    }

    /** Remembers what it was told. */
    private static final class Store implements EventStore {
        private final List<String> log = new ArrayList<>();
        private final Set<ObjectRef> gone = new HashSet<>();
        private boolean forgotten;
        private boolean forbids;
        private int created;

        @Override
        public Looked uid(ObjectRef object) {
            return Looked.of(gone.contains(object) ? Optional.empty() : Optional.of("uid-" + object.name()));
        }

        @Override
        public String create(Announcement announcement, String uid, Instant now) throws NotWritten {
            if (forbids) {
                throw new NotWritten(EventOutcome.FORBIDDEN, "because the test says so");
            }
            log.add("create " + announcement.regarding() + " " + uid + " " + announcement.reason() + ": "
                    + announcement.message());
            return "event-" + ++created;
        }

        @Override
        public boolean repeat(ObjectRef regarding, String event, int count, String message, Instant now) {
            log.add(event + (forgotten ? " is forgotten" : " for the " + count + ". time"));
            return !forgotten;
        }
    }
}
