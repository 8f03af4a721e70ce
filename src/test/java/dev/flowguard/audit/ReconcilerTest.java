package dev.flowguard.audit;

import static dev.flowguard.testing.Given.annotated;
import static dev.flowguard.testing.Given.contract;
import static dev.flowguard.testing.Given.flow;
import static dev.flowguard.testing.Given.namespace;
import static dev.flowguard.testing.Given.number;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.flowguard.audit.api.TokenBucket;
import dev.flowguard.audit.event.Announcement;
import dev.flowguard.audit.status.ContractStatus;
import dev.flowguard.audit.status.FlowStatus;
import dev.flowguard.audit.status.StatusCondition;
import dev.flowguard.audit.status.StatusQueue;
import dev.flowguard.audit.status.StatusWriter;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.net.Protocol;
import dev.flowguard.testing.FlowPart;
import dev.flowguard.testing.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("The reconciler")
class ReconcilerTest {
    private static final ObjectRef ORDERS = contractRef("orders");
    private static final ObjectRef DENY = new ObjectRef("NetworkPolicy", "shop", "deny");
    private static final int RATE = 20;
    private static final int MOST_PAIRS = 1_000_000;

    private final ManualTime time = new ManualTime();
    private final AuditedCluster cluster = new AuditedCluster();
    private final AtomicBoolean leads = new AtomicBoolean(true);
    private final List<Announcement> told = new ArrayList<>();
    private final Map<StatusWriter.Outcome, Integer> outcomes = new EnumMap<>(StatusWriter.Outcome.class);
    private int audits;
    private Reconciler reconciler = started();

    private Reconciler started() {
        Announcer announcer = new Announcer(told::add, leads::get);
        StatusQueue queue = new StatusQueue(
                cluster,
                leads::get,
                new TokenBucket(RATE, time),
                announcer,
                outcome -> outcomes.merge(outcome, 1, Integer::sum),
                time);
        return new Reconciler(
                cluster, cluster, queue, new AuditTurns(MOST_PAIRS), List.of(announcer, audit -> audits++), time, time);
    }

    @BeforeEach
    void aShop() {
        cluster.has(
                namespace("shop", ""),
                pods("shop", "app=checkout"),
                pods("shop", "app=orders"),
                contract("shop/orders", checkoutCallsOrders("checkout-calls-orders")));
        cluster.hasObject(ORDERS, 1);
    }

    @Test
    @DisplayName("writes what a contract's state is, and then no more until something changes")
    void quiet() {
        passes(Duration.ofSeconds(2));
        assertThat(ready(ORDERS)).isEqualTo("True AllSatisfied");
        assertThat(cluster.status(ORDERS).observedGeneration()).isEqualTo(1);

        passes(Duration.ofMinutes(10));
        assertThat(cluster.attempts()).isEqualTo(1);
        assertThat(audits).isEqualTo(1);
        assertThat(told).isEmpty();
    }

    @Test
    @DisplayName("shows within a second and a bit that a flow has broken, and since when; and its repair")
    void breaksAndRepairs() {
        passes(Duration.ofSeconds(5));
        deny();
        passes(Duration.ofMillis(500));

        FlowStatus flow = cluster.status(ORDERS).flows().get(0);
        assertThat(flow.message())
                .isEqualTo("checkout -> orders:8080/TCP: blocked on ingress by NetworkPolicy shop/deny");
        assertThat(flow.since()).isEqualTo(ManualTime.START.plusSeconds(5));
        assertThat(flow.blockedBy()).hasSize(1);
        assertThat(ready(ORDERS)).isEqualTo("False FlowsBroken");
        assertThat(told)
                .extracting(Announcement::regarding, Announcement::reason)
                .containsExactly(tuple(ORDERS, "FlowBroken"), tuple(DENY, "BreaksFlow"));

        told.clear();
        allow();
        passes(Duration.ofMillis(500));
        assertThat(ready(ORDERS)).isEqualTo("True AllSatisfied");
        assertThat(told).extracting(Announcement::reason).containsExactly("FlowRepaired", "NoLongerBreaksFlow");
    }

    @Test
    @DisplayName("waits for the end of a burst of changes, but not for longer than a second")
    void debounce() {
        passes(Duration.ofSeconds(2));
        int before = audits;
        for (int i = 0; i < 20; i++) {
            cluster.has(pods("shop", "app=burst-" + i));
            passes(Duration.ofMillis(100));
        }
        assertThat(audits - before).isBetween(1, 3);
    }

    @Test
    @DisplayName("after a restart writes nothing and tells nothing, for nothing has changed")
    void restart() {
        deny();
        passes(Duration.ofSeconds(2));
        int attempts = cluster.attempts();
        told.clear();

        time.passes(Duration.ofHours(1));
        reconciler = started();
        passes(Duration.ofMinutes(1));

        assertThat(cluster.attempts()).isEqualTo(attempts);
        assertThat(told).isEmpty();
        assertThat(cluster.status(ORDERS).flows().get(0).since()).isEqualTo(ManualTime.START);
    }

    @Test
    @DisplayName("names the new generation when the spec has changed in a way that means the same")
    void newGeneration() {
        passes(Duration.ofSeconds(2));
        cluster.hasObject(ORDERS, 2);
        passes(Duration.ofSeconds(3));
        assertThat(cluster.status(ORDERS).observedGeneration()).isEqualTo(2);
        assertThat(told).isEmpty();
    }

    @Test
    @DisplayName("puts right what somebody else has written into a status")
    void edited() {
        passes(Duration.ofSeconds(2));
        cluster.hasStatus(ORDERS, ContractStatus.NONE);
        passes(Duration.ofSeconds(2));
        assertThat(ready(ORDERS)).isEqualTo("True AllSatisfied");
    }

    @Test
    @DisplayName("writes nothing that rests on knowledge too old to judge by")
    void unknown() {
        cluster.isKnown(false);
        passes(Duration.ofMinutes(1));
        assertThat(cluster.attempts()).isZero();
    }

    @Test
    @DisplayName("does not repeat a write that the feed has not brought back yet")
    void lag() {
        passes(Duration.ofSeconds(2));
        cluster.hidesContracts();
        deny();
        passes(Duration.ofSeconds(2));
        cluster.has(pods("shop", "app=other"));
        passes(Duration.ofSeconds(5));
        assertThat(cluster.attempts()).isEqualTo(2);

        cluster.showsContracts();
        passes(Duration.ofSeconds(5));
        assertThat(cluster.attempts()).isEqualTo(2);
    }

    @Nested
    @DisplayName("when a write fails")
    class Failures {
        @Test
        @DisplayName("because the contract has changed meanwhile, writes what is right for the new one")
        void conflict() {
            cluster.answers(StatusWriter.Outcome.CONFLICT);
            passes(Duration.ofMillis(500));
            assertThat(cluster.status(ORDERS)).isEqualTo(ContractStatus.NONE);
            passes(Duration.ofSeconds(2));
            assertThat(ready(ORDERS)).isEqualTo("True AllSatisfied");
            assertThat(outcomes)
                    .containsEntry(StatusWriter.Outcome.CONFLICT, 1)
                    .containsEntry(StatusWriter.Outcome.WRITTEN, 1);
        }

        @Test
        @DisplayName("because the contract is gone, forgets it")
        void deleted() {
            cluster.hidesContracts();
            cluster.loses(ORDERS);
            passes(Duration.ofMinutes(1));
            assertThat(cluster.attempts()).isEqualTo(1);
            assertThat(outcomes).containsOnlyKeys(StatusWriter.Outcome.GONE);
        }

        @Test
        @DisplayName("because it may not write, tries again ever more seldom, and goes on when it may")
        void forbidden() {
            StatusWriter.Outcome no = StatusWriter.Outcome.FORBIDDEN;
            cluster.answers(no, no, no, no, no);
            passes(Duration.ofSeconds(10));
            assertThat(cluster.attempts()).as("after 0, 1, 3 and 7 seconds").isEqualTo(4);
            passes(Duration.ofMinutes(2));
            assertThat(ready(ORDERS)).isEqualTo("True AllSatisfied");
            assertThat(outcomes).containsEntry(no, 5);
        }

        @Test
        @DisplayName("for one contract that is refused, the others do not wait")
        void refused() {
            cluster.has(contract("shop/second", checkoutCallsOrders("same")));
            cluster.hasObject(contractRef("second"), 1);
            cluster.answers(StatusWriter.Outcome.REFUSED);
            passes(Duration.ofMillis(500));
            assertThat(outcomes)
                    .containsEntry(StatusWriter.Outcome.REFUSED, 1)
                    .containsEntry(StatusWriter.Outcome.WRITTEN, 1);
        }
    }

    @Nested
    @DisplayName("of a replica that does not lead")
    class Followers {
        @Test
        @DisplayName("writes nothing, and all that is due as soon as it leads")
        void takesOver() {
            leads.set(false);
            deny();
            passes(Duration.ofMinutes(1));
            assertThat(cluster.attempts()).isZero();
            assertThat(audits).isEqualTo(1);

            leads.set(true);
            passes(Duration.ofMillis(100));
            assertThat(ready(ORDERS)).isEqualTo("False FlowsBroken");
        }
    }

    @Nested
    @DisplayName("in a storm")
    class Storms {
        private static final int CONTRACTS = 1_000;

        @Test
        @DisplayName("writes at most so much per second, bad news first, and in the end everything")
        void bounded() {
            for (int i = 0; i < CONTRACTS; i++) {
                cluster.has(contract("shop/c" + i, checkoutCallsOrders("f")));
                cluster.hasObject(contractRef("c" + i), 1);
            }
            cluster.has(
                    pods("shop", "app=lonely"),
                    contract(
                            "shop/broken",
                            flow("g")
                                    .from("shop", "app=checkout")
                                    .to("shop", "app=lonely")
                                    .on(number(Protocol.TCP, 80))),
                    policy("shop/lonely").selects("app=lonely").isolatesIngress());
            cluster.hasObject(contractRef("broken"), 1);

            int before = 0;
            for (int second = 0; second < CONTRACTS / RATE + 10; second++) {
                cluster.has(pods("shop", "app=churn-" + second));
                passes(Duration.ofSeconds(1));
                assertThat(cluster.attempts() - before).isLessThanOrEqualTo(second == 0 ? 2 * RATE : RATE + 1);
                before = cluster.attempts();
            }
            assertThat(cluster.written().get(0).object()).isEqualTo(contractRef("broken"));
            assertThat(cluster.written()).hasSize(CONTRACTS + 2);
            assertThat(outcomes).containsOnlyKeys(StatusWriter.Outcome.WRITTEN);
        }
    }

    @Test
    @DisplayName(
            "tells on the annotated object what becomes of a flow that an annotation declares, but not what was so before it began")
    void annotations() {
        Part annotatedFlow = annotated(
                "Deployment", "shop/checkout", "flowguard.dev/egress-to", checkoutCallsOrders("service orders"));
        cluster.has(annotatedFlow);
        deny();
        passes(Duration.ofSeconds(2));
        ObjectRef checkout = new ObjectRef("Deployment", "shop", "checkout");
        assertThat(told).extracting(Announcement::regarding).doesNotContain(checkout);

        allow();
        passes(Duration.ofSeconds(2));
        deny();
        passes(Duration.ofSeconds(2));
        assertThat(told)
                .filteredOn(each -> each.regarding().equals(checkout))
                .extracting(Announcement::message)
                .containsExactly(
                        "flow service orders (annotation flowguard.dev/egress-to) is satisfied again",
                        "flow service orders (annotation flowguard.dev/egress-to) is broken:"
                                + " checkout -> orders:8080/TCP: blocked on ingress by NetworkPolicy shop/deny");
    }

    private void deny() {
        cluster.has(policy("shop/deny").selects("app=orders").isolatesIngress());
    }

    private void allow() {
        cluster.has(() -> List.of(Observation.gone(DENY)));
    }

    private void passes(Duration total) {
        Duration look = Duration.ofMillis(100);
        for (Duration left = total; left.toMillis() > 0; left = left.minus(look)) {
            reconciler.step();
            time.passes(look);
        }
    }

    private String ready(ObjectRef contract) {
        return cluster.status(contract)
                .condition(StatusCondition.READY)
                .map(condition -> condition.status() + " " + condition.reason())
                .orElse("none");
    }

    private static FlowPart checkoutCallsOrders(String name) {
        return flow(name).from("shop", "app=checkout").to("shop", "app=orders").on(number(Protocol.TCP, 8080));
    }

    private static ObjectRef contractRef(String name) {
        return new ObjectRef("FlowContract", "shop", name);
    }
}
