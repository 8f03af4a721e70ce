package dev.flowguard.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.admission.decision.Decision;
import dev.flowguard.admission.decision.DecisionProcess;
import dev.flowguard.admission.decision.DecisionSettings;
import dev.flowguard.admission.decision.FakeClusterState;
import dev.flowguard.admission.decision.PolicyReview;
import dev.flowguard.admission.decision.Requester;
import dev.flowguard.admission.decision.Wording;
import dev.flowguard.assess.Change;
import dev.flowguard.cluster.ClusterModel;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.feed.LoadedManifests;
import dev.flowguard.feed.Manifests;
import dev.flowguard.kubernetes.ObjectReader;
import dev.flowguard.testing.CommandRun;
import dev.flowguard.testing.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The wording, word for word, as in {@link DemoGoldenTest}. */
@DisplayName("What is said of the demo cluster on Calico")
class CalicoDemoTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/calico");
    private static final String CLUSTER = "deploy/demo/calico";
    private static final String CHANGES = CLUSTER + "/changes/";

    private static Map<String, List<String>> cases() {
        Map<String, List<String>> cases = new LinkedHashMap<>();
        cases.put("state", List.of("check"));
        for (String change : List.of(
                "01-typo-in-selector",
                "02-earlier-tier-decides",
                "03-order-behind-networkpolicies",
                "04-tier-passes",
                "05-platform-closes-orders")) {
            cases.put(change, List.of("check", "--change", CHANGES + change + ".yaml"));
        }
        cases.put("staged", List.of("check", "--staged"));
        cases.put("delete-set", List.of("check", "--delete", "GlobalNetworkSet/known-bad"));
        cases.put("connections", List.of("connections"));
        cases.put("explain", List.of("explain", "--from", "shop/orders", "--to", "data/db", "--port", "5432"));
        cases.put("explain-denied", List.of("explain", "--from", "shop/checkout", "--to", "data/db", "--port", "5432"));
        return cases;
    }

    static Stream<String> names() {
        return cases().keySet().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void asWritten(String name) throws IOException {
        List<String> arguments = new ArrayList<>(cases().get(name));
        arguments.addAll(List.of("--manifests", CLUSTER, "--cni", "calico"));
        CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
        Golden.assertSame(GOLDEN.resolve(name + ".txt"), run.out() + run.err() + "exit code " + run.exitCode() + "\n");
    }

    @Test
    @DisplayName("no golden file is left over")
    void noneLeftOver() throws IOException {
        Golden.assertNoneLeftOver(GOLDEN, cases().keySet());
    }

    @Test
    @DisplayName("K24 a staged policy is admitted, with a warning of what enforcing it would break")
    void stagedIsWarned() throws IOException {
        LoadedManifests loaded = Manifests.read(Path.of(CLUSTER), false);
        Snapshot cluster = new ClusterModel(ClusterSettings.DEFAULT.withCni("calico")).apply(loaded.observations());
        Observation staged = loaded.observations().stream()
                .filter(each -> each.object().kind().startsWith("StagedGlobalNetworkPolicy"))
                .findFirst()
                .orElseThrow();
        PolicyReview review = new PolicyReview(
                "",
                new Requester("ann", List.of()),
                false,
                new PolicyReview.Changed(
                        new Change.OfOther(staged.object(), Observation.gone(staged.object()), staged),
                        false,
                        false,
                        ""));

        Decision decision =
                new DecisionProcess(FakeClusterState.knowing(cluster), DecisionSettings.DEFAULT).decide(review);

        assertThat(decision.isRejection()).isFalse();
        assertThat(Wording.of(decision).warnings())
                .containsExactly(
                        "staged, so that nothing changes yet; enforcing it would:",
                        "breaks shop/orders -> data/db:5432/TCP (database/orders-reads-db): egress blocked by"
                                + " GlobalNetworkPolicy default-deny");
    }

    @Test
    @DisplayName("both APIs of Calico tell the same of its objects")
    void bothApis() throws IOException {
        LoadedManifests loaded = Manifests.read(Path.of(CLUSTER), false);
        assertThat(loaded.observations()).isNotEmpty();
        ObjectNode object = (ObjectNode)
                new JsonMapper()
                        .readTree(
                                "{\"apiVersion\":\"crd.projectcalico.org/v1\",\"kind\":\"Tier\",\"metadata\":{\"name\":\"t\"},\"spec\":{\"order\":5}}");
        Observation stored = read(object);
        Observation written = read(object.deepCopy().put("apiVersion", "projectcalico.org/v3"));
        assertThat(stored.facts()).isEqualTo(written.facts()).isNotEmpty();
    }

    private static Observation read(ObjectNode object) {
        return ObjectReader.read(object)
                .match(
                        observed -> observed.observation(),
                        refused -> {
                            throw new AssertionError(refused.problems());
                        },
                        notRead -> {
                            throw new AssertionError(notRead.kind());
                        });
    }
}
