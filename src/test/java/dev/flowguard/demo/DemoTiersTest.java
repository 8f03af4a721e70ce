package dev.flowguard.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.flowguard.admission.Answer;
import dev.flowguard.admission.DecisionMetrics;
import dev.flowguard.admission.PolicyReviews;
import dev.flowguard.admission.Requests;
import dev.flowguard.admission.decision.DecisionSettings;
import dev.flowguard.admission.decision.Waiting;
import dev.flowguard.admission.http.ReviewReader;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.feed.InMemoryCluster;
import dev.flowguard.feed.Manifests;
import dev.flowguard.testing.CommandRun;
import dev.flowguard.testing.Golden;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The wording, word for word. To accept new wording, run with {@code -Dgolden=write} and read what git shows as changed.
 */
@DisplayName("What is said of the demo cluster with policies of its administrators")
class DemoTiersTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/tiers");
    private static final String FOLDER = "deploy/demo/tiers";
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private static Map<String, List<String>> cases() throws IOException {
        Map<String, List<String>> cases = new LinkedHashMap<>();
        cases.put("check", List.of("check"));
        cases.put("explain-scraped", explain("platform/scraper", "orders/api", "9090"));
        cases.put("explain-closed", explain("platform/scraper", "billing/invoices", "8080"));
        cases.put("explain-baseline", explain("platform/scraper", "orders/api", "8080"));
        cases.put("delete-scraping", List.of("check", "--delete", "ClusterNetworkPolicy/scraping"));
        cases.put("delete-closed-by-default", List.of("check", "--delete", "clusternetworkpolicies/closed-by-default"));
        try (Stream<Path> changes = Files.list(Path.of(FOLDER, "changes"))) {
            for (Path change : changes.sorted().toList()) {
                String name = change.getFileName().toString().replace(".yaml", "");
                cases.put(name, List.of("check", "--change", change.toString()));
            }
        }
        return cases;
    }

    private static List<String> explain(String from, String to, String port) {
        return List.of("explain", "--from", from, "--to", to, "--port", port);
    }

    static Stream<String> names() throws IOException {
        return cases().keySet().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void asWritten(String name) throws IOException {
        List<String> arguments = new ArrayList<>(cases().get(name));
        arguments.addAll(List.of("--manifests", FOLDER));
        CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
        String said = run.out() + run.err() + "exit code " + run.exitCode() + "\n";
        Golden.assertSame(GOLDEN.resolve(name + ".txt"), said);
    }

    @Test
    @DisplayName("no golden file is left over")
    void noneLeftOver() throws IOException {
        Golden.assertNoneLeftOver(GOLDEN, cases().keySet());
    }

    @ParameterizedTest(name = "{0} {1}: allowed {2}, warnings {3}")
    @CsvSource({
        "CREATE, 01-teams-apart, true, 1",
        "CREATE, 02-teams-apart-first, false, 1",
        "UPDATE, 03-scraping-later, true, 0",
        "CREATE, 05-not-a-tier, true, 1",
    })
    @DisplayName("the webhook answers a change as check does")
    void webhook(String operation, String change, boolean allowed, int warnings) throws IOException {
        ObjectNode object = (ObjectNode)
                YAML.readTree(Path.of(FOLDER, "changes", change + ".yaml").toFile());
        ObjectNode review = review(operation, object);

        Answer answer = ask(review);

        assertThat(answer.response().getAllowed()).isEqualTo(allowed);
        assertThat(
                        answer.response().getWarnings() == null
                                ? List.of()
                                : answer.response().getWarnings())
                .hasSize(warnings);
    }

    @Test
    @DisplayName("the webhook refuses the deletion of what a promise rests on, unless it is overridden by whoever may")
    void deletion() throws IOException {
        ObjectNode scraping = (ObjectNode)
                YAML.readTree(Files.readString(Path.of(FOLDER, "policies.yaml")).split("\n---\n")[0]);

        assertThat(ask(review("DELETE", scraping)).response().getAllowed()).isFalse();

        scraping.withObject("/metadata").putObject("annotations").put("flowguard.dev/override", "moving house");
        assertThat(ask(review("DELETE", scraping)).response().getAllowed()).isTrue();
    }

    private static ObjectNode review(String operation, ObjectNode object) {
        ObjectNode review =
                YAML.createObjectNode().put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
        ObjectNode request = review.putObject("request")
                .put("uid", "u-1")
                .put("operation", operation)
                .put("name", object.path("metadata").path("name").asText())
                .put("dryRun", false);
        request.putObject("kind")
                .put("group", "policy.networking.k8s.io")
                .put("version", "v1alpha2")
                .put("kind", "ClusterNetworkPolicy");
        request.putObject("userInfo").put("username", "ada").putArray("groups").add("system:masters");
        if (!operation.equals("DELETE")) {
            request.set("object", object);
        }
        if (operation.equals("DELETE")) {
            request.set("oldObject", object);
        } else if (operation.equals("UPDATE")) {
            ObjectNode old = object.deepCopy();
            ((ObjectNode) old.path("spec")).put("priority", 10);
            request.set("oldObject", old);
        }
        return review;
    }

    private static Answer ask(ObjectNode review) throws IOException {
        PolicyReviews reviews = new PolicyReviews(
                new InMemoryCluster(
                        ClusterSettings.DEFAULT,
                        Manifests.read(Path.of(FOLDER), false).observations()),
                DecisionSettings.DEFAULT,
                new DecisionMetrics(new SimpleMeterRegistry()),
                override -> {},
                Waiting.ALONE);
        byte[] body = new ObjectMapper().writeValueAsString(review).getBytes(StandardCharsets.UTF_8);
        return reviews.handle(new ReviewReader(Requests.LIMIT).read(body));
    }
}
