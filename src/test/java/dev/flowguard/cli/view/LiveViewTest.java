package dev.flowguard.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.cli.input.ClusterOptions;
import dev.flowguard.cli.input.DecisionOptions;
import dev.flowguard.cli.input.FollowedCluster;
import dev.flowguard.feed.Manifests;
import dev.flowguard.feed.live.FakeApiServer;
import dev.flowguard.testing.CommandRun;
import dev.flowguard.view.PageApi;
import dev.flowguard.view.http.Api.Call;
import dev.flowguard.view.http.PageServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@DisplayName("The page of a live cluster, in which the demo shop is,")
class LiveViewTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path TYPO = Path.of("deploy/demo/changes/06-typo-in-peer.yaml");

    /** The longer a cluster was out of touch, the later it is asked again. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final String FLOW = "checkout-calls-orders";

    private final FakeApiServer api = new FakeApiServer();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** What else the client would heed, such as what tests with an API server of their own leave behind. */
    private final Map<String, String> hidden = new HashMap<>();

    @BeforeEach
    void demoShop() {
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("kubernetes."))
                .forEach(name -> hidden.put(name, System.clearProperty(name)));
        Manifests.read(Path.of("deploy/demo"), false)
                .objects()
                .forEach(object -> api.apply(object.source().object().toString()));
    }

    @AfterEach
    void stop() {
        hidden.forEach(System::setProperty);
        api.close();
    }

    private Path kubeconfig(String text) throws IOException {
        return Files.writeString(folder.resolve("kubeconfig"), text);
    }

    private FollowedCluster follow() throws IOException {
        ClusterOptions cluster = CommandLine.populateCommand(
                new ClusterOptions(),
                "--kubeconfig",
                kubeconfig(api.kubeconfig("demo")).toString());
        return cluster.follow(new PrintWriter(Writer.nullWriter()));
    }

    private static PageApi page(FollowedCluster followed) {
        return View.api(
                new LiveShown(followed), CommandLine.populateCommand(new DecisionOptions()), followed.overrides());
    }

    private static JsonNode ask(PageApi page, String method, String name, Map<String, String> parameters, String body) {
        return JSON.valueToTree(
                page.answer(new Call(method, name, parameters, body)).orElseThrow());
    }

    private static String state(JsonNode map) {
        for (JsonNode flow : map.path("flows")) {
            if (flow.path("name").asText().equals(FLOW)) {
                return flow.path("state").asText();
            }
        }
        return "none";
    }

    private static JsonNode map(PageApi page) {
        return ask(page, "GET", "map", Map.of("state", "now"), "");
    }

    @Test
    @DisplayName(
            "follows a change that somebody makes there: a server-sent event says so, and the flow is broken, since"
                    + " when and by what")
    void follows() throws IOException {
        try (FollowedCluster followed = follow()) {
            PageApi page = page(followed);
            assertThat(map(page).path("live").asBoolean()).isTrue();
            assertThat(map(page).path("origin").asText()).isEqualTo("the cluster of context demo");
            assertThat(state(map(page))).isEqualTo("Satisfied");
            try (PageServer server = PageServer.start(0, page);
                    BufferedReader events = new BufferedReader(new InputStreamReader(
                            URI.create(server.address() + "api/events").toURL().openStream(),
                            StandardCharsets.UTF_8))) {
                long before = generation(events);
                api.apply(Files.readString(TYPO));
                assertThat(generation(events)).isGreaterThan(before);
                Awaitility.await().until(() -> state(map(page)).equals("Broken"));
            }
            JsonNode why = ask(
                    page,
                    "GET",
                    "explain",
                    Map.of("from", "shop/checkout", "to", "svc/shop/orders", "port", "80", "state", "now"),
                    "");
            assertThat(why.toString()).contains("app: chekout").doesNotContain("resourceVersion");
            assertThat(map(page).toString()).contains("\"by\":\"NetworkPolicy shop/orders-ingress\"");
        }
    }

    private static long generation(BufferedReader events) throws IOException {
        String line = events.readLine();
        while (!"event: generation".equals(line)) {
            assertThat(line).as("the stream goes on").isNotNull();
            line = events.readLine();
        }
        return Long.parseLong(events.readLine().substring("data: ".length()));
    }

    @Test
    @DisplayName("says that the cluster is out of touch, shows it as it was, and goes on when it is back")
    void goneAndBack() throws IOException {
        try (FollowedCluster followed = follow()) {
            PageApi page = page(followed);
            assertThat(map(page).path("notes")).isEmpty();
            long before = page.generation();
            api.stop();
            Awaitility.await().until(() -> page.generation() > before);
            assertThat(map(page).path("notes").toString()).contains("out of touch since", "more kinds of objects");
            assertThat(state(map(page))).isEqualTo("Satisfied");
            api.restart();
            api.apply(Files.readString(TYPO));
            Awaitility.await().atMost(PATIENCE).until(() -> state(map(page)).equals("Broken"));
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> map(page).path("notes").isEmpty());
        }
    }

    @Test
    @DisplayName("shows what it may see where rights for a kind are missing, and says of which")
    void missingRights() throws IOException {
        api.refuse("nodes", 403);
        try (FollowedCluster followed = follow()) {
            PageApi page = page(followed);
            assertThat(map(page).path("notes").toString()).contains("nodes");
            assertThat(map(page).path("ends")).isNotEmpty();
        }
    }

    @Test
    @DisplayName("keeps what is tried to itself: the cluster is as it was")
    void onlyHere() throws IOException {
        try (FollowedCluster followed = follow()) {
            PageApi page = page(followed);
            JsonNode tried = ask(
                    page, "POST", "what-if", Map.of(), JSON.writeValueAsString(Map.of("text", Files.readString(TYPO))));
            assertThat(tried.path("verdict").asText()).isEqualTo("Rejected");
            ask(
                    page,
                    "POST",
                    "apply",
                    Map.of(),
                    JSON.writeValueAsString(Map.of("state", tried.path("state").asText())));
            assertThat(state(map(page))).isEqualTo("Broken");

            CommandRun there = CommandRun.of(
                    "check", "--kubeconfig", folder.resolve("kubeconfig").toString());
            assertThat(there.exitCode()).as(there.out() + there.err()).isZero();
        }
    }

    @Test
    @DisplayName("has the YAML of what is there, of any kind, as the API server has it")
    void objects() throws IOException {
        api.serve("apis/apps/v1", """
            {resources: [{name: deployments/scale, kind: Scale, namespaced: true}, {name: deployments, kind: Deployment, namespaced: true}]}
            """);
        api.serve("apis/apps/v1/namespaces/shop/deployments/orders", """
            {metadata: {name: orders, namespace: shop, resourceVersion: "7"}, spec: {replicas: 2}, status: {replicas: 2}}
            """);
        try (FollowedCluster followed = follow()) {
            PageApi page = page(followed);
            assertThat(ask(page, "GET", "objects", Map.of(), "").toString())
                    .contains("\"Deployment/shop/orders\"", "\"NetworkPolicy/shop/orders-ingress\"");
            String yaml = ask(page, "GET", "object", Map.of("ref", "Deployment/shop/orders", "state", "now"), "")
                    .path("yaml")
                    .asText();
            assertThat(yaml).isEqualTo("""
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: orders
                  namespace: shop
                spec:
                  replicas: 2
                """);
        }
    }

    @Test
    @DisplayName("says at once, in plain words, that a cluster cannot be reached")
    void unreachable() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        Path dead = kubeconfig(api.kubeconfig("prod").replaceFirst("127\\.0\\.0\\.1:\\d+", "127.0.0.1:" + closed));
        CommandRun run = CommandRun.of("view", "--no-open", "--kubeconfig", dead.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("""
            the cluster of context prod cannot be looked at:
              http://127.0.0.1:%d/ cannot be asked: Connection refused: /127.0.0.1:%d; does kubectl get namespaces work?
            """.formatted(closed, closed));
    }

    @Test
    @DisplayName("tells since when a flow is broken, and by which policy, as the status of its contract has it")
    void recorded() throws IOException {
        api.apply(Files.readString(TYPO));
        ObjectNode contract = (ObjectNode) Manifests.read(Path.of("deploy/demo"), false).objects().stream()
                .filter(object -> object.ref().toString().equals("FlowContract shop/orders"))
                .findFirst()
                .orElseThrow()
                .source()
                .object();
        contract.putObject("status")
                .putArray("flows")
                .addObject()
                .put("name", FLOW)
                .put("state", "Broken")
                .put("since", "2030-01-02T03:04:05Z")
                .putArray("blockedBy")
                .addObject()
                .put("namespace", "shop")
                .put("name", "orders-ingress")
                .put("direction", "Ingress");
        api.apply(contract.toString());
        try (FollowedCluster followed = follow()) {
            assertThat(map(page(followed)).toString())
                    .contains("\"since\":\"2030-01-02T03:04:05Z\",\"by\":\"NetworkPolicy shop/orders-ingress\"");
        }
    }
}
