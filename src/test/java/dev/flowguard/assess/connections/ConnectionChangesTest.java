package dev.flowguard.assess.connections;

import static dev.flowguard.testing.Given.block;
import static dev.flowguard.testing.Given.from;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.cluster.ClusterModel;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.cluster.object.Owner;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.net.PortSet;
import dev.flowguard.testing.PolicyPart;
import dev.flowguard.testing.Scenario;
import dev.flowguard.testing.TestCluster;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConnectionChangesTest {
    private static final TestCluster BASE = TestCluster.with(
            pods("shop", "app=web"),
            pods("shop", "app=db"),
            policy("shop/web")
                    .selects("app=web")
                    .isolatesIngress()
                    .isolatesEgress()
                    .egress(tcp(5432), tcp(80)),
            policy("shop/db")
                    .selects("app=db")
                    .ingress(from("app=web"), tcp(5432))
                    .isolatesEgress());

    @Test
    @DisplayName("a port that opens is gained, one that closes is lost, all else is left out")
    void ports() {
        ConnectionChanges changes = to(policy("shop/db")
                .selects("app=db")
                .ingress(from("app=web"), tcp(80))
                .isolatesEgress());

        assertThat(Listing.of(changes.gained())).containsExactly("shop/web -> shop/db: TCP 80");
        assertThat(Listing.of(changes.lost())).containsExactly("shop/web -> shop/db: TCP 5432");
        assertThat(changes.appeared()).isEmpty();
        assertThat(changes.vanished()).isEmpty();
    }

    @Test
    @DisplayName("of the outside only the addresses are told whose answer changes, joined where they change alike")
    void outside() {
        ConnectionChanges changes = to(policy("shop/db")
                .selects("app=db")
                .ingress(from("app=web"), tcp(5432))
                .ingress(block("203.0.113.0/25"), block("203.0.113.128/25"), tcp(22))
                .isolatesEgress());

        assertThat(Listing.of(changes.gained()))
                .contains("203.0.113.0/24 -> shop/db: TCP 22")
                .filteredOn(line -> line.contains("-> shop/db") && !line.startsWith("shop/"))
                .hasSize(1);
        assertThat(changes.lost()).isEmpty();
    }

    @Test
    @DisplayName("what becomes undetermined is gained or lost without being sure")
    void undetermined() {
        ConnectionChanges changes = to(policy("shop/db")
                .selects("app=db")
                .ingress(block("0.0.0.0/0"), tcp(5432), tcp(80))
                .isolatesEgress());

        assertThat(Listing.of(changes.gained())).contains("shop/web -> shop/db: ? TCP 80");
        assertThat(Listing.of(changes.lost())).containsExactly("shop/web -> shop/db: ? TCP 5432");
    }

    @Test
    @DisplayName("all connections of what is new are gained, those of what is gone are lost")
    void workloads() {
        TestCluster more = BASE.and(pods("shop", "app=job"));
        ConnectionChanges grown = ConnectionChanges.between(BASE.snapshot(), more.snapshot());
        ConnectionChanges shrunk = ConnectionChanges.between(more.snapshot(), BASE.snapshot());

        assertThat(grown.appeared())
                .containsExactly(new ConnectionEnd.Deployed("shop", new Owner("Deployment", "job")));
        assertThat(Listing.of(grown.gained()))
                .contains("shop/web -> shop/job: TCP 80,5432", "shop/job -> 0.0.0.0/0: everything");
        assertThat(grown.lost()).isEmpty();
        assertThat(shrunk.vanished()).isEqualTo(grown.appeared());
        assertThat(shrunk.lost()).isEqualTo(grown.gained());
        assertThat(shrunk.gained()).isEmpty();
    }

    @Test
    @DisplayName("on clusters out of seeds: what was, without what is lost, with what is gained, is what is")
    void addsUp() {
        for (long seed = 0; seed < 1_000; seed++) {
            Scenario.check(seed, scenario -> {
                Snapshot before = scenario.snapshot();
                Snapshot after = changed(scenario);
                assertThat(ConnectionChanges.between(before, before).areNone()).isTrue();
                ConnectionChanges changes = ConnectionChanges.between(before, after);
                Map<List<ConnectionEnd>, Connection> was =
                        byEnds(Connections.of(before).list());
                Map<List<ConnectionEnd>, Connection> is =
                        byEnds(Connections.of(after).list());
                Map<List<ConnectionEnd>, Connection> gained = byEnds(changes.gained());
                Map<List<ConnectionEnd>, Connection> lost = byEnds(changes.lost());
                Set<List<ConnectionEnd>> ends = new HashSet<>(was.keySet());
                ends.addAll(is.keySet());
                for (List<ConnectionEnd> pair : ends) {
                    PortSet sureBefore = allowed(was, pair);
                    PortSet possibleBefore = sureBefore.or(undetermined(was, pair));
                    PortSet sureAfter = allowed(is, pair);
                    PortSet possibleAfter = sureAfter.or(undetermined(is, pair));
                    assertThat(allowed(gained, pair)).isEqualTo(sureAfter.without(possibleBefore));
                    assertThat(allowed(lost, pair)).isEqualTo(sureBefore.without(possibleAfter));
                    assertThat(allowed(gained, pair).or(undetermined(gained, pair)))
                            .isEqualTo(sureAfter.without(sureBefore).or(possibleAfter.without(possibleBefore)));
                    assertThat(allowed(lost, pair).or(undetermined(lost, pair)))
                            .isEqualTo(sureBefore.without(sureAfter).or(possibleBefore.without(possibleAfter)));
                }
            });
        }
    }

    private static Snapshot changed(Scenario scenario) {
        List<Observation> observations = new ArrayList<>(scenario.observations());
        ObjectRef policy = new ObjectRef(
                "NetworkPolicy",
                scenario.change().policy().namespace(),
                scenario.change().policy().name());
        observations.add(new Observation(
                policy,
                scenario.change().after().stream()
                        .<Fact>map(Fact.NetworkPolicy::new)
                        .toList()));
        return new ClusterModel(scenario.settings()).apply(observations);
    }

    /** Those between workloads; addresses are cut otherwise in a comparison. */
    private static Map<List<ConnectionEnd>, Connection> byEnds(List<Connection> connections) {
        Map<List<ConnectionEnd>, Connection> byEnds = new HashMap<>();
        connections.stream()
                .filter(connection -> isDeployed(connection.from()) && isDeployed(connection.to()))
                .forEach(connection -> byEnds.put(List.of(connection.from(), connection.to()), connection));
        return byEnds;
    }

    private static boolean isDeployed(ConnectionEnd end) {
        return end.match(deployed -> true, addresses -> false, () -> false);
    }

    private static PortSet allowed(Map<List<ConnectionEnd>, Connection> connections, List<ConnectionEnd> pair) {
        return connections.containsKey(pair) ? connections.get(pair).allowed() : PortSet.NONE;
    }

    private static PortSet undetermined(Map<List<ConnectionEnd>, Connection> connections, List<ConnectionEnd> pair) {
        return connections.containsKey(pair) ? connections.get(pair).undetermined() : PortSet.NONE;
    }

    private static ConnectionChanges to(PolicyPart db) {
        return ConnectionChanges.between(BASE.snapshot(), BASE.and(db).snapshot());
    }
}
