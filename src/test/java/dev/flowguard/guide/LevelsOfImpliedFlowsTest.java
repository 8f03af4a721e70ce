package dev.flowguard.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.admission.decision.Decision;
import dev.flowguard.admission.decision.DecisionProcess;
import dev.flowguard.admission.decision.DecisionSettings;
import dev.flowguard.admission.decision.FlowRuling;
import dev.flowguard.admission.decision.PolicyReview;
import dev.flowguard.admission.decision.Requester;
import dev.flowguard.assess.Change;
import dev.flowguard.assess.Effect;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ImpliedKind;
import dev.flowguard.contract.ImpliedLevels;
import dev.flowguard.feed.InMemoryCluster;
import dev.flowguard.feed.Manifests;
import dev.flowguard.policy.Policy;
import dev.flowguard.testing.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How far each kind of implied flow goes, chosen for the cluster or for the namespace of the change, at the webhook and on the command line. */
@DisplayName("A level of implied flows")
class LevelsOfImpliedFlowsTest {
    private static final Path CASES = Path.of("src/test/resources/cases/outages");
    private static final Requester ANYBODY = new Requester("ann", List.of());

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static Stream<Arguments> levels() {
        return Stream.of(ImpliedKind.values())
                .flatMap(kind -> Stream.of("Off", "Warn", "Deny").map(level -> Arguments.of(kind.id(), level)));
    }

    @ParameterizedTest(name = "{0}={1}")
    @MethodSource("levels")
    @DisplayName("for the cluster is that of the webhook and of --implied:")
    void ofCluster(String kind, String level) {
        assertDecided(
                kind,
                level,
                decision(
                        ClusterSettings.DEFAULT.withImplied(ImpliedLevels.parse(kind + "=" + level)), cluster(), kind));

        assertThat(check(kind, CASES.resolve("cluster.yaml"), "--implied", kind + "=" + level)
                        .exitCode())
                .isEqualTo(level.equals("Deny") ? 1 : 0);
    }

    @ParameterizedTest(name = "{0}={1}")
    @MethodSource("levels")
    @DisplayName("for the namespace of the change goes before that of the cluster:")
    void ofNamespace(String kind, String level) throws IOException {
        Policy policy = policy(kind);
        String namespace = policy.ref().namespace();
        String written = Files.readString(CASES.resolve("cluster.yaml"))
                .replace(
                        "kind: Namespace, metadata: {name: " + namespace + ",",
                        "kind: Namespace, metadata: {name: " + namespace + ", annotations: {flowguard.dev/implied: "
                                + kind + "=" + level + "},");
        Path annotated = Files.writeString(folder.resolve("cluster.yaml"), written);
        // Of DNS each client's own namespace says whether it is told of at all.
        String opposite = !level.equals("Deny") ? "Deny" : kind.equals("cluster-dns") ? "Warn" : "Off";

        assertDecided(
                kind,
                level,
                decision(
                        ClusterSettings.DEFAULT.withImplied(ImpliedLevels.parse(kind + "=" + opposite)),
                        Manifests.read(annotated, false).observations(),
                        kind));

        assertThat(check(kind, annotated, "--implied", kind + "=" + opposite).exitCode())
                .isEqualTo(level.equals("Deny") ? 1 : 0);
    }

    private static void assertDecided(String kind, String level, Decision decision) {
        List<FlowRuling> rulings = decision.match(passed -> List.of(), notReady -> List.of(), Decision.Judged::rulings);
        Set<String> told = rulings.stream()
                .filter(ruling -> ruling.flow().count(Effect.NEWLY_BROKEN) > 0)
                .map(ruling -> ruling.flow().flow().contract().source().implied())
                .collect(Collectors.toSet());
        assertThat(decision.isRejection()).isEqualTo(level.equals("Deny"));
        if (level.equals("Off")) {
            assertThat(told).doesNotContain(kind);
        } else {
            assertThat(told).contains(kind);
        }
    }

    private static Decision decision(ClusterSettings settings, List<Observation> cluster, String kind) {
        return new DecisionProcess(new InMemoryCluster(settings, cluster), DecisionSettings.DEFAULT)
                .decide(new PolicyReview(
                        "1",
                        ANYBODY,
                        true,
                        new PolicyReview.Changed(new Change.Create(policy(kind)), false, false, "")));
    }

    private static List<Observation> cluster() {
        return Manifests.read(CASES.resolve("cluster.yaml"), false).observations();
    }

    private static Policy policy(String kind) {
        return Manifests.read(CASES.resolve(kind + ".yaml"), false).observations().stream()
                .flatMap(observation -> observation.policies().stream())
                .findFirst()
                .orElseThrow();
    }

    private static CommandRun check(String kind, Path cluster, String... options) {
        return CommandRun.of(Stream.concat(
                        Stream.of(
                                "check",
                                "--manifests",
                                cluster.toString(),
                                "--change",
                                CASES.resolve(kind + ".yaml").toString()),
                        Stream.of(options))
                .toArray(String[]::new));
    }
}
