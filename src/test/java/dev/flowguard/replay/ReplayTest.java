package dev.flowguard.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.assess.FlowState;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.feed.LoadedManifests;
import dev.flowguard.feed.Manifests;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With the default configuration every client delivers a release that is right, and its upgrade. */
@DisplayName("A release delivered by")
class ReplayTest {
    /** A controller comes again and again; who needs more attempts than this is stuck. */
    private static final int ATTEMPTS = 3;

    private static final List<Observation> CLUSTER = folder("cluster");
    private static final List<Observation> FIRST = folder("v1");
    private static final List<Observation> SECOND = folder("v2");

    static Stream<Named<Client>> clients() {
        return Stream.concat(
                Stream.of(Named.of("Helm", Clients::helm), Named.of("Flux", Clients::flux)),
                LongStream.range(0, 20).mapToObj(seed -> Named.of("Argo CD, order " + seed, Clients.argoCd(seed))));
    }

    @DisplayName("is installed, upgraded and rolled back without a refusal, and all flows work")
    @ParameterizedTest(name = "{0}")
    @MethodSource("clients")
    void delivers(Client client) {
        ReplayedCluster cluster = new ReplayedCluster(CLUSTER);

        deliver(client, List.of(), FIRST, cluster);
        deliver(client, FIRST, SECOND, cluster);
        deliver(client, SECOND, FIRST, cluster);

        assertThat(cluster.refusals()).isEmpty();
    }

    @Test
    @DisplayName(
            "kubectl apply is installed, upgraded and rolled back; what comes too early is refused, and taken when it is applied again")
    void kubectl() {
        ReplayedCluster cluster = new ReplayedCluster(CLUSTER);

        deliver(Clients::kubectl, List.of(), FIRST, cluster);
        assertThat(cluster.refusals())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal)
                        .startsWith("store/default-deny: breaks 1 declared flow in namespace store"));

        deliver(Clients::kubectl, FIRST, SECOND, cluster);
        deliver(Clients::kubectl, SECOND, FIRST, cluster);
        assertThat(cluster.refusals()).hasSize(1);
    }

    private static void deliver(
            Client client, List<Observation> before, List<Observation> after, ReplayedCluster cluster) {
        List<ObjectRef> names = after.stream().map(Observation::object).toList();
        List<ObjectRef> superseded = before.stream()
                .map(Observation::object)
                .filter(Predicate.not(names::contains))
                .toList();
        int attempts = 1;
        while (!client.deliver(after, superseded, cluster)) {
            assertThat(attempts++).as("refused: " + cluster.refusals()).isLessThan(ATTEMPTS);
        }
        assertThat(cluster.flows())
                .isNotEmpty()
                .allSatisfy(flow -> assertThat(flow.state()).as(flow.toString()).isEqualTo(FlowState.SATISFIED));
    }

    /** Pods that run, contracts that hold, and no policy yet: whichever comes first cuts what the others would allow. */
    private static ReplayedCluster running(List<Observation> more) {
        List<Observation> objects = new ArrayList<>(CLUSTER);
        objects.addAll(more);
        FIRST.stream().filter(object -> !isPolicy(object)).forEach(objects::add);
        return new ReplayedCluster(objects);
    }

    @Test
    @DisplayName(
            "kubectl, to pods that run and have no policy yet, is refused: each step would cut traffic for a while")
    void firstPolicies() {
        ReplayedCluster cluster = running(List.of());

        assertThat(Clients.kubectl(FIRST, List.of(), cluster)).isFalse();
        assertThat(cluster.flows()).allSatisfy(flow -> assertThat(flow.state()).isEqualTo(FlowState.SATISFIED));
    }

    @Test
    @DisplayName(
            "kubectl, to pods that run and have no policy yet, passes with a policy that allows all in front of them")
    void bridge() {
        ReplayedCluster cluster = running(List.of());
        List<Observation> bridge = folder("bridge");
        List<Observation> all = new ArrayList<>(bridge);
        all.addAll(FIRST);

        assertThat(Clients.kubectl(all, bridge.stream().map(Observation::object).toList(), cluster))
                .as("refused: " + cluster.refusals())
                .isTrue();
        assertThat(cluster.flows()).allSatisfy(flow -> assertThat(flow.state()).isEqualTo(FlowState.SATISFIED));
    }

    @Test
    @DisplayName(
            "kubectl, to pods that run and have no policy yet, passes with warnings where the namespace only warns")
    void warnedNamespace() {
        ReplayedCluster cluster = running(folder("warned"));

        assertThat(Clients.kubectl(FIRST, List.of(), cluster)).isTrue();
        assertThat(cluster.warnings()).anyMatch(warning -> warning.startsWith("breaks "));
        assertThat(cluster.flows()).allSatisfy(flow -> assertThat(flow.state()).isEqualTo(FlowState.SATISFIED));
    }

    private static boolean isPolicy(Observation object) {
        return object.object().kind().equals("NetworkPolicy");
    }

    private static List<Observation> folder(String name) {
        LoadedManifests loaded =
                Manifests.read(Path.of("src/test/resources/replay").resolve(name), false);
        assertThat(loaded.problems()).isEmpty();
        return loaded.observations();
    }
}
