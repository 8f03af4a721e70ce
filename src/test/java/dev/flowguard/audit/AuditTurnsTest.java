package dev.flowguard.audit;

import static dev.flowguard.testing.Given.contract;
import static dev.flowguard.testing.Given.flow;
import static dev.flowguard.testing.Given.from;
import static dev.flowguard.testing.Given.namespace;
import static dev.flowguard.testing.Given.number;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.assess.FlowStanding;
import dev.flowguard.assess.FlowState;
import dev.flowguard.assess.StateAssessor;
import dev.flowguard.cluster.ClusterModel;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ContractSource;
import dev.flowguard.net.Protocol;
import dev.flowguard.testing.Dice;
import dev.flowguard.testing.FlowPart;
import dev.flowguard.testing.Part;
import dev.flowguard.testing.PolicyPart;
import dev.flowguard.testing.Scenario;
import dev.flowguard.testing.TestCluster;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Audits take turns")
class AuditTurnsTest {
    private static final int WORKLOADS = 100;
    private static final long PAIRS = (long) WORKLOADS * WORKLOADS;

    /** In {@code big} there is a contract of some ten thousand pairs for each of its flows, in {@code shop} one of one pair. */
    private static final TestCluster CLUSTER = cluster(20);

    private static TestCluster cluster(int flows) {
        TestCluster cluster = TestCluster.with(
                namespace("big", ""),
                namespace("shop", ""),
                pods("shop", "app=checkout"),
                pods("shop", "app=orders"),
                contract("shop/orders", calls("shop", "app=checkout", "app=orders", "only")),
                contract(
                        "big/all",
                        IntStream.range(0, flows)
                                .mapToObj(i -> calls("big", "tier=a", "tier=b", "f" + i))
                                .toArray(FlowPart[]::new)));
        List<Part> many = new ArrayList<>();
        for (int i = 0; i < WORKLOADS; i++) {
            many.add(pods("big", "app=a" + i + ",tier=a"));
            many.add(pods("big", "app=b" + i + ",tier=b"));
        }
        for (int i = 0; i < WORKLOADS; i++) {
            PolicyPart in = policy("big/in-b" + i).selects("app=b" + i).ingress(from("tier=a"));
            // So that every workload is told from every other, and each pair is judged by itself.
            for (int each = 0; i == 0 && each < WORKLOADS; each++) {
                in = in.ingress(from("app=a" + each));
            }
            many.add(in);
        }
        return cluster.and(many.toArray(Part[]::new));
    }

    private final AuditTurns turns = new AuditTurns(Long.MAX_VALUE);

    @Test
    @DisplayName("so one contract of very many pairs delays nobody")
    void fair() {
        turns.take(moment(CLUSTER));
        turns.goOn(2 * AuditTurns.SLICE);
        assertThat(judged()).containsOnlyKeys("shop/orders");
        assertThat(turns.isDone()).isFalse();

        assertThat((2 + finish()) * AuditTurns.SLICE)
                .as("and is judged in portions that are no larger than what is asked for")
                .isGreaterThan(20 * PAIRS);
        assertThat(standing("big/all")).allSatisfy(flow -> {
            assertThat(flow.state()).isEqualTo(FlowState.SATISFIED);
            assertThat(flow.pairs()).isEqualTo(PAIRS);
        });
    }

    @Test
    @DisplayName("and what changes is told while a long judgement goes on, which ends nevertheless")
    void goesOn() {
        turns.take(moment(CLUSTER));
        turns.goOn(2 * AuditTurns.SLICE);
        TestCluster changing = CLUSTER;
        int rounds = 0;
        while (!judged().containsKey("big/all")) {
            // The contract of many pairs is never left alone for long enough.
            changing = changing.and(
                            policy("big/churn").selects("app=churn-" + rounds).isolatesIngress())
                    .and(
                            rounds % 2 == 0
                                    ? policy("shop/p").selects("app=orders").isolatesIngress()
                                    : policy("shop/p").selects("app=nobody").isolatesIngress());
            turns.take(moment(changing));
            turns.goOn(4 * AuditTurns.SLICE);
            assertThat(standing("shop/orders").get(0).state())
                    .as("round %d", rounds)
                    .isEqualTo(rounds % 2 == 0 ? FlowState.BROKEN : FlowState.SATISFIED);
            rounds++;
            assertThat(rounds).isLessThan(200);
        }
        assertThat(rounds).isGreaterThan(5);
    }

    @Test
    @DisplayName(
            "a contract above the limit is judged as far as that goes, wherever it was interrupted, and others are whole")
    void tooLarge() {
        long most = 2 * PAIRS + PAIRS / 2;
        Audit atOnce = Audits.of(CLUSTER.snapshot(), most);
        Map<String, List<FlowStanding>> whole = byName(atOnce);
        assertThat(whole.get("big/all"))
                .extracting(flow -> flow.state() + " " + flow.pairs())
                .startsWith("SATISFIED 10000", "SATISFIED 10000", "UNDETERMINED 5000", "UNDETERMINED 0")
                .endsWith("UNDETERMINED 0");
        assertThat(whole.get("shop/orders")).noneMatch(FlowStanding::partial);

        AuditTurns portions = new AuditTurns(most);
        portions.take(AuditMoment.of(CLUSTER.snapshot(), Map.of()));
        while (!portions.isDone()) {
            portions.goOn(77);
        }
        assertThat(portions.audit().orElseThrow().contracts()).isEqualTo(atOnce.contracts());
    }

    @Test
    @DisplayName("a pair that is surely broken counts in a contract above the limit too")
    void brokenAndTooLarge() {
        TestCluster broken = CLUSTER.and(policy("big/in-b3").selects("app=b3").isolatesIngress());
        List<FlowStanding> flows = Objects.requireNonNull(
                byName(Audits.of(broken.snapshot(), PAIRS / 2)).get("big/all"));
        assertThat(flows.get(0).state()).isEqualTo(FlowState.BROKEN);
        assertThat(flows.get(0).partial()).isTrue();
        assertThat(flows.get(1).state()).isEqualTo(FlowState.UNDETERMINED);
    }

    @Test
    @DisplayName("where a contract ends does not depend on what was known of its flows before")
    void sameForAll() {
        TestCluster small = cluster(1).and(pods("shop", "app=extra"));
        long most = 3 * PAIRS / 2;
        AuditTurns grown = new AuditTurns(most);
        grown.take(moment(small));
        finish(grown);
        TestCluster now = small.and(
                contract("big/all", calls("big", "tier=a", "tier=b", "f0"), calls("big", "tier=a", "tier=b", "f1")));
        grown.take(moment(now));
        finish(grown);
        assertThat(states(grown.audit().orElseThrow()))
                .isEqualTo(states(Audits.of(now.snapshot(), most)))
                .containsEntry("big/all", List.of("SATISFIED 10000", "UNDETERMINED 5000"));
    }

    @Test
    @DisplayName(
            "on random clusters, event by event and interrupted anywhere, the end is as if all were judged from scratch")
    void randomly() {
        int interrupted = 0;
        for (long seed = 0; seed < 150; seed++) {
            Scenario scenario = Scenario.of(seed);
            Dice dice = new Dice(~seed);
            ClusterModel model = new ClusterModel(scenario.settings());
            AuditTurns some = new AuditTurns(Long.MAX_VALUE);
            Snapshot now = model.apply(scenario.observations());
            some.take(AuditMoment.of(now, Map.of()));
            List<Observation> events = dice.shuffled(Scenario.of(seed + 1_000).observations());
            for (Observation event : events) {
                some.goOn(dice.below(120));
                interrupted += some.isDone() ? 0 : 1;
                now = model.apply(List.of(event));
                some.take(AuditMoment.of(now, Map.of()));
            }
            finish(some);
            Map<ContractSource, List<FlowStanding>> expected = new StateAssessor(now)
                    .assess().stream()
                            .collect(Collectors.groupingBy(
                                    standing -> standing.flow().contract().source()));
            Audit audit = some.audit().orElseThrow();
            for (Audit.Judged judged : audit.contracts()) {
                assertThat(judged.standings())
                        .as("seed %d", seed)
                        .isEqualTo(Optional.ofNullable(
                                        expected.remove(judged.contract().source()))
                                .orElse(List.of()));
            }
            assertThat(expected.values().stream().mapToInt(List::size).sum())
                    .isEqualTo(audit.implied().size());
        }
        assertThat(interrupted).isGreaterThan(150);
    }

    private static AuditMoment moment(TestCluster cluster) {
        return AuditMoment.of(cluster.snapshot(), Map.of());
    }

    private long finish() {
        return finish(turns);
    }

    private static long finish(AuditTurns turns) {
        long portions = 0;
        while (!turns.isDone()) {
            turns.goOn(AuditTurns.SLICE);
            portions++;
        }
        return portions;
    }

    private Map<String, List<FlowStanding>> judged() {
        return byName(turns.audit().orElseThrow());
    }

    private List<FlowStanding> standing(String contract) {
        return Optional.ofNullable(judged().get(contract)).orElseThrow();
    }

    private static Map<String, List<FlowStanding>> byName(Audit audit) {
        Map<String, List<FlowStanding>> found = new HashMap<>();
        audit.contracts()
                .forEach(each -> found.put(
                        each.contract().source().object().namespace() + "/"
                                + each.contract().source().object().name(),
                        each.standings()));
        return found;
    }

    private static Map<String, List<String>> states(Audit audit) {
        Map<String, List<String>> states = new HashMap<>();
        byName(audit)
                .forEach((name, flows) -> states.put(
                        name,
                        flows.stream()
                                .map(flow -> flow.state() + " " + flow.pairs())
                                .toList()));
        return states;
    }

    private static FlowPart calls(String namespace, String from, String to, String name) {
        return flow(name).from(namespace, from).to(namespace, to).on(number(Protocol.TCP, 8080));
    }
}
