package dev.flowguard.audit;

import static dev.flowguard.testing.Given.contract;
import static dev.flowguard.testing.Given.flow;
import static dev.flowguard.testing.Given.namespace;
import static dev.flowguard.testing.Given.number;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.audit.event.Announcement;
import dev.flowguard.audit.status.ContractStatus;
import dev.flowguard.audit.status.SeenContract;
import dev.flowguard.audit.status.StatusJudgement;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Policy;
import dev.flowguard.testing.PolicyPart;
import dev.flowguard.testing.TestCluster;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A change set of which some policies are missing")
class ChangeSetRoundsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final PolicyPart DENY = policy("shop/a-deny").selects("").isolatesIngress();
    private static final PolicyPart OTHER =
            policy("shop/b-other").selects("app=web").isolatesEgress();
    private static final TestCluster SHOP = TestCluster.with(
            namespace("shop", ""),
            pods("shop", "app=web"),
            pods("shop", "app=orders"),
            contract(
                    "shop/orders",
                    flow("web-calls-orders")
                            .from("shop", "app=web")
                            .to("shop", "app=orders")
                            .on(number(Protocol.TCP, 8080))));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<Announcement> told = new ArrayList<>();
    private final ChangeSetRounds rounds = new ChangeSetRounds(registry, told::add);

    @Test
    @DisplayName("is told after a minute: by a metric for the alert, and once by an Event on a member that names it")
    void afterAMinute() {
        Snapshot cluster = with(member(DENY, "web-7", 2));

        rounds.update(cluster, NOON.plusSeconds(59));
        assertThat(broken()).isZero();
        assertThat(told).isEmpty();

        rounds.update(cluster, NOON.plusSeconds(61));
        rounds.update(cluster, NOON.plusSeconds(71));
        assertThat(broken()).isEqualTo(1);
        assertThat(told).singleElement().satisfies(event -> {
            assertThat(event.regarding()).isEqualTo(ObjectRef.of(DENY.policy().ref()));
            assertThat(event.reason()).isEqualTo("ChangeSetIncomplete");
            assertThat(event.message()).startsWith("change set web-7 has 1 of 2 policies");
        });
    }

    @Test
    @DisplayName("is forgotten when it is complete, and told again under another name")
    void completed() {
        rounds.update(with(member(DENY, "web-7", 2)), NOON.plusSeconds(61));

        rounds.update(with(member(DENY, "web-7", 2), member(OTHER, "web-7", 2)), NOON.plusSeconds(62));
        assertThat(broken()).isZero();

        rounds.update(with(member(DENY, "web-8", 2)), NOON.plusSeconds(63));
        assertThat(broken()).isEqualTo(1);
        assertThat(told).extracting(Announcement::about).containsExactly("web-7", "web-8");
    }

    @Test
    @DisplayName("is named in the status of a contract whose flow its members block, the remedy first")
    void status() {
        ContractStatus waiting = status(with(member(DENY, "web-7", 2)));

        assertThat(waiting.flows().get(0).message())
                .startsWith(
                        "apply the rest of change set web-7, of which 1 of 2 policies are there, or delete those; web");
        assertThat(waiting.condition("Ready").orElseThrow().message()).contains("change set web-7");
    }

    @Test
    @DisplayName("is not named once it is complete")
    void complete() {
        ContractStatus complete = status(with(member(DENY, "web-7", 2), member(OTHER, "web-7", 2)));

        assertThat(complete.flows().get(0).message()).startsWith("web -> orders:8080/TCP: blocked");
    }

    private static ContractStatus status(Snapshot cluster) {
        Audit.Judged judged =
                Audits.of(cluster, Long.MAX_VALUE).contracts().iterator().next();
        return new StatusJudgement(cluster)
                .judge(
                        judged.contract(),
                        judged.standings(),
                        new SeenContract(ObjectRef.of(DENY.policy().ref()), "uid", 1, "1", 1, ContractStatus.NONE),
                        NOON);
    }

    private double broken() {
        return registry.get("flowguard.change.sets.broken").gauge().value();
    }

    private static Snapshot with(Observation... members) {
        return SHOP.snapshot().with(List.of(members));
    }

    private static Observation member(PolicyPart part, String set, int count) {
        Policy policy = part.policy();
        return new Observation(
                ObjectRef.of(policy.ref()),
                List.of(
                        new Fact.NetworkPolicy(policy),
                        new Fact.Staged(policy.ref(), set, count, NOON.getEpochSecond())));
    }
}
