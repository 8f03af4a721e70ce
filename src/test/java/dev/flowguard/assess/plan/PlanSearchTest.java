package dev.flowguard.assess.plan;

import static dev.flowguard.testing.Given.contract;
import static dev.flowguard.testing.Given.create;
import static dev.flowguard.testing.Given.delete;
import static dev.flowguard.testing.Given.flow;
import static dev.flowguard.testing.Given.from;
import static dev.flowguard.testing.Given.number;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.tcp;
import static dev.flowguard.testing.Given.to;
import static dev.flowguard.testing.Given.unknownField;
import static dev.flowguard.testing.Given.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.flowguard.assess.Change;
import dev.flowguard.net.Protocol;
import dev.flowguard.testing.FlowPart;
import dev.flowguard.testing.Part;
import dev.flowguard.testing.PolicyPart;
import dev.flowguard.testing.TestCluster;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** shop/web and shop/api talk to shop/db, and that is declared. */
class PlanSearchTest {
    private static final PolicyPart DENY = policy("shop/deny").isolatesIngress();

    private static TestCluster cluster(Part... policies) {
        FlowPart web = flow("web").from("shop", "app=web").to("shop", "app=db").on(number(Protocol.TCP, 5432));
        FlowPart api = flow("api").from("shop", "app=api").to("shop", "app=db").on(number(Protocol.TCP, 5432));
        return TestCluster.with(
                        pods("shop", "app=web"),
                        pods("shop", "app=api"),
                        pods("shop", "app=db"),
                        contract("shop/db", web, api))
                .and(policies);
    }

    /** Admits these pods to the database. */
    private static PolicyPart admits(String name, String pods) {
        return policy("shop/" + name).selects("app=db").ingress(from(pods), tcp(5432));
    }

    @Test
    @DisplayName("allows come before the deny, in one wave if the deny is in force")
    void allowsFirst() {
        Plan plan = plan(
                cluster(),
                create(DENY),
                create(admits("web-to-db", "app=web")),
                create(admits("all-to-db", "app in (web,api)")));

        assertThat(waves(plan)).containsExactly(List.of("shop/all-to-db"), List.of("shop/deny", "shop/web-to-db"));
        assertThat(waves(plan(
                        cluster(DENY), create(admits("web-to-db", "app=web")), create(admits("api-to-db", "app=api")))))
                .containsExactly(List.of("shop/web-to-db", "shop/api-to-db"));
    }

    @Test
    @DisplayName(
            "a rule is taken away after another policy has taken over, and the policy that is not needed is deleted last")
    void takesOver() {
        PolicyPart both = admits("both", "app in (web,api)");
        Plan plan = plan(
                cluster(both, admits("old", "app=web")),
                delete(admits("old", "app=web")),
                update(both, admits("both", "app=api")),
                create(admits("web", "app=web")));

        assertThat(waves(plan)).containsExactly(List.of("shop/web", "shop/both"), List.of("shop/old"));
    }

    @Test
    @DisplayName("a deletion comes first where only that is safe")
    void deletionFirst() {
        PolicyPart leak = policy("shop/leak").selects("app=web").ingress(from("app=api"));
        PolicyPart narrow = policy("shop/api").selects("app=api").egress(to("app=db"));
        PolicyPart wide = policy("shop/api").selects("app=api").egress(to(""));
        FlowPart apart =
                flow("apart").from("shop", "app=api").to("shop", "app=web").mustBeBlocked();
        Plan plan = plan(
                cluster(narrow, leak, contract("shop/apart", apart)),
                update(narrow, wide),
                delete(leak),
                create(policy("shop/web").selects("app=web").isolatesIngress()));

        assertThat(steps(plan)).containsExactly("shop/web", "shop/leak", "shop/api");
    }

    @Test
    @DisplayName("the first way that offers itself leads nowhere: it is left again")
    void goesBack() {
        PolicyPart one = admits("one", "app=web");
        PolicyPart two = admits("two", "app=api");
        PolicyPart spare = admits("a-spare", "app in (web,api)");
        PolicyPart spareLess = admits("a-spare", "app=nobody");

        Plan plan = plan(
                cluster(one, two, spare),
                update(spare, spareLess),
                update(one, admits("one", "app=api")),
                update(two, admits("two", "app=web")));

        assertThat(waves(plan)).containsExactly(List.of("shop/one", "shop/two"), List.of("shop/a-spare"));
    }

    @Test
    @DisplayName("two policies that swap what they admit each need the other first")
    void swap() {
        PolicyPart one = admits("one", "app=web");
        PolicyPart two = admits("two", "app=api");

        Plan plan = plan(
                cluster(one, two),
                create(admits("three", "app=nobody")),
                update(one, admits("one", "app=api")),
                update(two, admits("two", "app=web")));

        assertThat(plan.isSafe()).isFalse();
        assertThat(plan.isComplete()).isTrue();
        assertThat(plan.cutInTheEnd()).isEmpty();
        assertThat(waves(plan)).containsExactly(List.of("shop/three"));
        assertThat(plan.obstacles())
                .extracting(
                        obstacle -> obstacle.change().policy().toString(),
                        obstacle -> obstacle.cut().stream()
                                .map(flow -> flow.flow().flow().name())
                                .toList())
                .containsExactly(tuple("shop/one", List.of("web")), tuple("shop/two", List.of("api")));
    }

    @Test
    @DisplayName("what is broken when all is done is cut whatever the order, and the rest is still planned")
    void brokenInTheEnd() {
        Plan plan = plan(
                cluster(),
                create(DENY),
                create(admits("both", "app in (web,api)")),
                create(policy("shop/web").selects("app=web").isolatesEgress()));

        assertThat(plan.isSafe()).isFalse();
        assertThat(plan.cutInTheEnd())
                .extracting(flow -> flow.flow().flow().name())
                .containsExactly("web");
        assertThat(steps(plan)).containsExactly("shop/both", "shop/deny");
    }

    @Test
    @DisplayName("a flow that is broken already holds nothing up, and what repairs it is no obstacle")
    void brokenBefore() {
        assertThat(waves(plan(cluster(DENY), create(admits("web", "app=web"))))).containsExactly(List.of("shop/web"));
    }

    @Test
    @DisplayName("what repairs a flow comes after what would break it again")
    void repairedOnce() {
        PolicyPart other = policy("shop/other").selects("app=web").egress(to("app=db"));
        Plan plan = plan(
                cluster(DENY, other),
                create(admits("web", "app=web")),
                update(other, policy("shop/other").selects("app=web").isolatesEgress()));

        assertThat(steps(plan)).containsExactly("shop/other", "shop/web");
    }

    @Test
    @DisplayName("a step that leaves a flow undetermined is taken only where no sure one is left, and says so")
    void undetermined() {
        PolicyPart unclear = policy("shop/unclear").selects("app=db").ingress(unknownField("spec.ingress[0].future"));
        Plan plan = plan(cluster(), create(unclear), create(admits("web", "app in (web,api)")));

        assertThat(steps(plan)).containsExactly("shop/web", "shop/unclear");
        assertThat(plan.steps()).allMatch(step -> step.leftOpen().isEmpty());
        assertThat(plan(cluster(), create(unclear)).steps().get(0).leftOpen())
                .extracting(flow -> flow.flow().flow().name())
                .containsExactly("web", "api");
    }

    @Test
    @DisplayName("where the network plugin does not enforce policies, every order is safe")
    void notEnforced() {
        Plan plan = PlanSearch.plan(cluster().on("flannel").snapshot(), List.of(create(DENY)));

        assertThat(plan.isSafe()).isTrue();
        assertThat(plan.flows()).isZero();
    }

    @Test
    @DisplayName("many policies of one namespace are planned at once")
    void many() {
        Change[] changes = Stream.concat(
                        Stream.of(create(DENY)),
                        IntStream.range(0, 60)
                                .mapToObj(i -> create(policy("shop/p" + i)
                                        .selects("app=db")
                                        .ingress(from("app in (web,api)"), tcp(5400 + i)))))
                .toArray(Change[]::new);
        Plan plan = plan(cluster(admits("first", "app in (web,api)")), changes);

        assertThat(plan.isSafe()).isTrue();
        assertThat(plan.steps()).hasSize(61);
        assertThat(plan.waves()).as("at most eight at once concern one pair").hasSize(8);
    }

    @Test
    @DisplayName("a swap goes by way of copies of the policies as they were")
    void detourByCopies() {
        PolicyPart one = admits("one", "app=web");
        PolicyPart two = admits("two", "app=api");
        Detour detour =
                detour(cluster(one, two), update(one, admits("one", "app=api")), update(two, admits("two", "app=web")));

        assertThat(detour.temporary()).allMatch(temporary -> temporary.kind() == Detour.Temporary.Kind.COPY);
        assertThat(waves(detour.plan()))
                .containsExactly(
                        List.of("shop/one-meanwhile", "shop/two-meanwhile"),
                        List.of("shop/one", "shop/two"),
                        List.of("shop/one-meanwhile", "shop/two-meanwhile"));
    }

    @Test
    @DisplayName(
            "a first rollout of policies that only together admit everybody goes by way of one that lets all through")
    void detourByOpening() {
        Detour detour =
                detour(cluster(), create(DENY), create(admits("web", "app=web")), create(admits("api", "app=api")));

        assertThat(waves(detour.plan()))
                .containsExactly(
                        List.of("shop/open-meanwhile"),
                        List.of("shop/deny", "shop/web", "shop/api"),
                        List.of("shop/open-meanwhile"));
    }

    @Test
    @DisplayName(
            "there is no detour by what would open a flow that must stay blocked, nor to an end in which a flow is broken")
    void noDetour() {
        FlowPart apart =
                flow("apart").from("shop", "app=web").to("shop", "app=api").mustBeBlocked();
        Part contract = contract("shop/apart", apart);
        PolicyPart api = policy("shop/closed").selects("app=api").isolatesIngress();
        List<Change> rollout = List.of(create(admits("web", "app=web")), create(admits("api", "app=api")));
        TestCluster cluster = cluster(api, contract);

        assertThat(Detour.around(PlanSearch.plan(cluster.snapshot(), rollout), cluster.snapshot(), rollout))
                .isEmpty();
        List<Change> deny = List.of(create(DENY));
        assertThat(Detour.around(PlanSearch.plan(cluster.snapshot(), deny), cluster.snapshot(), deny))
                .isEmpty();
    }

    private static Detour detour(TestCluster cluster, Change... changes) {
        Plan failed = plan(cluster, changes);
        assertThat(failed.isSafe()).isFalse();
        return Detour.around(failed, cluster.snapshot(), List.of(changes)).orElseThrow();
    }

    private static Plan plan(TestCluster cluster, Change... changes) {
        return PlanSearch.plan(cluster.snapshot(), List.of(changes));
    }

    private static List<String> steps(Plan plan) {
        return plan.steps().stream()
                .map(step -> step.change().policy().toString())
                .toList();
    }

    private static List<List<String>> waves(Plan plan) {
        return plan.waves().stream()
                .map(wave -> wave.steps().stream()
                        .map(step -> step.change().policy().toString())
                        .toList())
                .toList();
    }
}
