package dev.flowguard.audit;

import static dev.flowguard.testing.Given.create;
import static dev.flowguard.testing.Given.delete;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.update;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.admission.decision.OverrideListener;
import dev.flowguard.assess.Change;
import dev.flowguard.audit.api.TokenBucket;
import dev.flowguard.audit.event.Announcement;
import dev.flowguard.audit.event.EventOutcome;
import dev.flowguard.audit.event.EventStore;
import dev.flowguard.audit.event.Events;
import dev.flowguard.audit.event.OverrideEvent;
import dev.flowguard.audit.event.Proof;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.testing.PolicyPart;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("An Event")
class EventsTest {
    private static final ObjectRef ORDERS = new ObjectRef("FlowContract", "shop", "orders");
    private static final ObjectRef DENY = new ObjectRef("NetworkPolicy", "shop", "deny");
    private static final PolicyPart OPEN =
            policy("shop/deny").selects("app=nobody").isolatesIngress();
    private static final PolicyPart CLOSED =
            policy("shop/deny").selects("app=orders").isolatesIngress();
    private static final int RATE = 5;

    private final ManualTime time = new ManualTime();
    private final Store store = new Store();
    private final Map<EventOutcome, Integer> outcomes = new EnumMap<>(EventOutcome.class);
    private final Events events = new Events(
            store, new TokenBucket(RATE, time), outcome -> outcomes.merge(outcome, 1, Integer::sum), time, time);

    @BeforeEach
    void aContract() {
        store.shown.putObject("metadata").put("uid", "uid-orders");
    }

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
    @DisplayName("about an override waits until the policy shows what was reviewed, the reason in its annotation")
    void overrideOfCreate() {
        store.gone.add(DENY);
        events.accept(override(create(CLOSED)));
        events.step();
        time.passes(Duration.ofSeconds(1));
        store.gone.clear();
        store.shown = shown("incident 42", "{app: orders}");
        events.step();
        assertThat(store.log)
                .containsExactly("create NetworkPolicy shop/deny uid-deny OverrideUsed:"
                        + " jane overrode a rejection: incident 42. Breaks shop/orders/a");
    }

    @ParameterizedTest(name = "about an override is not written where the policy {0}")
    @CsvSource(delimiter = '|', textBlock = """
        says another reason  | incident 41 | {app: orders}
        gives no reason      | ''          | {app: orders}
        has another spec     | incident 42 | {app: checkout}
        """)
    void overrideNotShown(String how, String reason, String selector) {
        store.shown = shown(reason, selector);
        for (Change change : List.of(create(CLOSED), update(OPEN, CLOSED))) {
            events.accept(override(change));
        }
        passes(20);
        assertThat(store.log).as(how).isEmpty();
    }

    @Test
    @DisplayName("about an override is not written for a policy that somebody else has refused, or that is invented")
    void overrideOfNothing() {
        store.gone.add(DENY);
        events.accept(override(create(CLOSED)));
        passes(20);
        store.gone.clear();
        store.shown = shown("incident 42", "{app: orders}");
        events.step();
        assertThat(store.log).isEmpty();
    }

    @Test
    @DisplayName("about an override of a deletion is written once the policy is gone, and not while it is there")
    void overrideOfDelete() {
        store.shown = shown("incident 42", "{app: orders}");
        events.accept(override(delete(CLOSED)));
        events.step();
        assertThat(store.log).isEmpty();
        time.passes(Duration.ofSeconds(1));
        store.gone.add(DENY);
        events.step();
        assertThat(store.log).hasSize(1);
    }

    @Test
    @DisplayName("about an override is not written where the API server cannot be asked")
    void overrideUnknown() {
        store.silent = true;
        events.accept(override(delete(CLOSED)));
        passes(20);
        assertThat(store.log).isEmpty();
    }

    @Test
    @DisplayName("that is invented displaces none, however many there are")
    void inventions() {
        store.gone.add(DENY);
        events.accept(broken("a"));
        for (int i = 0; i < 5_000; i++) {
            events.accept(override(create(CLOSED)));
        }
        events.step();
        assertThat(store.log)
                .containsExactly("create FlowContract shop/orders uid-orders FlowBroken: flow a is broken");
        passes(300);
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
                Proof.NONE_NEEDED,
                Announcement.Gravity.WARNING,
                "FlowBroken",
                flow,
                "flow " + flow + " is broken");
    }

    private void passes(int seconds) {
        for (int second = 0; second < seconds; second++) {
            events.step();
            time.passes(Duration.ofSeconds(1));
        }
    }

    private static Announcement override(Change change) {
        return OverrideEvent.of(
                new OverrideListener.Overridden(change, "jane", "incident 42", List.of("shop/orders/a")));
    }

    private static ObjectNode shown(String reason, String selector) {
        return new KubernetesSerialization().unmarshal("""
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: deny, namespace: shop, uid: uid-deny, annotations: {flowguard.dev/override: %s}}
                spec: {podSelector: {matchLabels: %s}, policyTypes: [Ingress]}
                """.formatted(reason, selector), ObjectNode.class);
    }

    /** Remembers what it was told. */
    private static final class Store implements EventStore {
        private final List<String> log = new ArrayList<>();
        private final Set<ObjectRef> gone = new HashSet<>();
        private ObjectNode shown = JsonNodeFactory.instance.objectNode();
        private boolean silent;
        private boolean forgotten;
        private boolean forbids;
        private int created;

        @Override
        public Looked look(ObjectRef object) {
            if (silent) {
                return Looked.NOT_KNOWN;
            }
            return gone.contains(object) ? Looked.GONE : Looked.at(shown);
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
