package dev.flowguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.feed.Manifests;
import dev.flowguard.feed.live.FakeApiServer;
import dev.flowguard.testing.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Commands on a live cluster, in which the demo shop is")
class LiveCommandsTest {
    private static final String SHOP = "deploy/demo";
    private static final String TYPO = "deploy/demo/changes/06-typo-in-peer.yaml";

    /** Asked before KUBECONFIG. */
    private static final String KUBECONFIG = "kubeconfig";

    private final FakeApiServer api = new FakeApiServer();

    @TempDir
    private Path folder;

    private String err = "";

    /** What else the client would heed, such as what tests with an API server of their own leave behind. */
    private final Map<String, String> hidden = new HashMap<>();

    @BeforeEach
    void nobodyElsesCluster() {
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("kubernetes."))
                .forEach(name -> hidden.put(name, System.clearProperty(name)));
    }

    @BeforeEach
    void demoShop() {
        Manifests.read(Path.of(SHOP), false)
                .objects()
                .forEach(object -> api.apply(object.source().object().toString()));
        kubeconfig(api.kubeconfig("demo", "other"));
    }

    @AfterEach
    void stop() {
        System.clearProperty(KUBECONFIG);
        hidden.forEach(System::setProperty);
        api.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json", "markdown"})
    @DisplayName("check says what it says of the folder")
    void parity(String format) {
        assertThat(out(0, "check", "-o", format).replace("the cluster of context demo", SHOP))
                .isEqualTo(out(0, "check", "--manifests", SHOP, "-o", format));
        assertThat(err).isEmpty();
    }

    @Test
    @DisplayName("a change is judged as in the folder")
    void change() {
        assertThat(out(1, "check", "--context", "demo", "--change", TYPO))
                .isEqualTo(out(1, "check", "--manifests", SHOP, "--change", TYPO));
    }

    @Test
    @DisplayName("whether somebody may override, the API server is asked")
    void override() throws IOException {
        api.onPost("apis/authorization.k8s.io/v1/subjectaccessreviews", question -> {
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            answer.putObject("status")
                    .put("allowed", question.at("/spec/user").asText().equals("jane"));
            return answer;
        });
        Path change = Files.writeString(
                folder.resolve("typo.yaml"),
                Files.readString(Path.of(TYPO)).replaceFirst("(?m)^(\\s+)name: orders-ingress$", """
                    $0
                    $1annotations: {flowguard.dev/override: "I know"}\
                    """));
        assertThat(Files.readString(change)).contains("override");

        assertThat(out(0, "check", "--as", "jane", "--change", change.toString()))
                .contains("I know");
        assertThat(out(1, "check", "--as", "eve", "--change", change.toString()))
                .isNotEmpty();
    }

    @Test
    @DisplayName("a repair holds the policy as it is in the cluster")
    void repair() {
        api.apply(read(TYPO).replaceFirst("(?m)^(\\s+)name: orders-ingress$", "$0\n$1labels: {kept: \"yes\"}"));

        assertThat(out(1, "check", "-o", "repair"))
                .contains("name: orders-ingress", "kept: \"yes\"", "app: checkout")
                .doesNotContain("resourceVersion");
    }

    @Test
    @DisplayName("a folder is compared with it by diff and by check --base, and nothing differs")
    void comparison() {
        assertThat(out(0, "diff", "--base", SHOP)).isEqualTo(out(0, "diff", "--base", SHOP, "--manifests", SHOP));
        assertThat(out(0, "check", "--base", SHOP)).contains("compared with deploy/demo");
    }

    @Test
    @DisplayName("for code scanning, results are in the file of the change, or of the folder it is compared with")
    void places() {
        assertThat(out(1, "check", "--context", "demo", "--change", TYPO, "-o", "sarif"))
                .contains("flow-newly-broken")
                .satisfies(sarif -> assertThat(unplaced(sarif)).isEmpty());
        api.apply(read(TYPO));
        assertThat(out(1, "check", "--base", SHOP, "-o", "sarif"))
                .contains("flow-newly-broken")
                .satisfies(sarif -> assertThat(unplaced(sarif)).isEmpty());
        assertThat(unplaced(out(1, "check", "-o", "sarif"))).contains("flow-broken");
    }

    /** The results without a location. */
    private static List<String> unplaced(String sarif) {
        List<String> unplaced = new ArrayList<>();
        try {
            for (JsonNode result : new JsonMapper().readTree(sarif).at("/runs/0/results")) {
                if (result.path("locations").isEmpty()) {
                    unplaced.add(result.path("ruleId").asText());
                }
            }
        } catch (JsonProcessingException e) {
            throw new AssertionError(sarif, e);
        }
        return unplaced;
    }

    @Test
    @DisplayName("plan leads from it to a folder if it is named; without a name, from nothing")
    void plan() {
        assertThat(out(0, "plan", "--context", "demo", "--manifests", SHOP))
                .isEqualTo(out(0, "plan", "--base", SHOP, "--manifests", SHOP));
        assertThat(out(1, "plan", "--manifests", SHOP)).contains("create");
        assertThat(out(2, "plan", "--context", "demo")).isEmpty();
        assertThat(err).startsWith("--manifests is missing");
        assertThat(out(2, "plan", "--context", "demo", "--base", SHOP, "--manifests", SHOP))
                .isEmpty();
        assertThat(err).startsWith("--base and --context exclude each other");
    }

    @Test
    @DisplayName("explain, connections and suggest answer as for the folder")
    void others() {
        for (List<String> command : List.of(
                List.of("connections", "-n", "data"),
                List.of("suggest", "-n", "shop"),
                List.of("explain", "--from", "shop/checkout", "--to", "shop/orders", "--port", "80"))) {
            String[] live = command.toArray(String[]::new);
            String[] described = Stream.concat(command.stream(), Stream.of("--manifests", SHOP))
                    .toArray(String[]::new);
            assertThat(out(0, live)).isEqualTo(out(0, described));
        }
    }

    @Test
    @DisplayName("an Ingress is a way in where no controller pod is known")
    void ingress() {
        try (FakeApiServer bare = new FakeApiServer()) {
            ingress(bare);
        }
    }

    private void ingress(FakeApiServer bare) {
        kubeconfig(bare.kubeconfig("bare"));
        for (String yaml : List.of(
                "{apiVersion: v1, kind: Namespace, metadata: {name: web}}",
                "{apiVersion: v1, kind: Pod, metadata: {namespace: web, name: site, labels: {app: site}},"
                        + " spec: {containers: [{name: main}]}, status: {phase: Running, podIP: 10.9.0.1}}",
                "{apiVersion: v1, kind: Service, metadata: {namespace: web, name: site},"
                        + " spec: {selector: {app: site}, clusterIP: 10.96.9.9, ports: [{port: 80}]}}",
                "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {namespace: web, name: site},"
                        + " spec: {defaultBackend: {service: {name: site, port: {number: 80}}}}}")) {
            bare.apply(yaml);
        }

        assertThat(out(0, "connections", "-n", "web")).contains("ingress-controller");
    }

    @Test
    @DisplayName("a context that there is not is answered with the nearest, and not with the current one")
    void unknownContext() {
        assertThat(out(2, "check", "--context", "dmeo")).isEmpty();

        assertThat(err)
                .startsWith("--context dmeo: the kubeconfig has no such context")
                .contains("demo");
    }

    @Test
    @DisplayName("manifests and a context are two answers to one question")
    void both() {
        assertThat(out(2, "check", "--context", "demo", "--manifests", SHOP)).isEmpty();

        assertThat(err)
                .startsWith("--manifests and --context exclude each other")
                .contains("check --change");
    }

    @Test
    @DisplayName("what may not be read is noted; without an essential kind there is no answer")
    void permissions() {
        api.refuse("nodes", 403);
        assertThat(out(0, "check")).contains("21 declared flows");
        assertThat(err.lines()).singleElement().asString().startsWith("note: nodes cannot be listed");

        api.refuse("pods", 403);
        assertThat(out(2, "check")).isEmpty();
        assertThat(err).startsWith("the cluster of context demo cannot be looked at:\n  pods cannot be listed");
    }

    @Test
    @DisplayName("without manifests, kubeconfig and pod around it, the remedy is told")
    void nothing() {
        System.setProperty(KUBECONFIG, folder.resolve("none").toString());

        assertThat(out(2, "check")).isEmpty();
        assertThat(err).startsWith("There is no cluster to look at").contains("--manifests DIR", "--context NAME");
    }

    @Test
    @DisplayName("a kubeconfig that cannot be read is named")
    void broken() {
        kubeconfig("contexts: 7");

        assertThat(out(2, "check")).isEmpty();
        assertThat(err).startsWith("The kubeconfig cannot be used: ").doesNotContain("\tat ");
    }

    private void kubeconfig(String text) {
        try {
            System.setProperty(
                    KUBECONFIG,
                    Files.writeString(folder.resolve("kubeconfig"), text).toString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String out(int exitCode, String... arguments) {
        CommandRun run = CommandRun.of(arguments);
        err = run.err();
        assertThat(run.exitCode()).as("%s%s", run.out(), err).isEqualTo(exitCode);
        return run.out();
    }
}
