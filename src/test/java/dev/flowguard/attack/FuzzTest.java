package dev.flowguard.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.admission.Door;
import dev.flowguard.feed.Manifests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Reviews and manifests that are nearly right: those of the demo with something changed, again and again. A short run by default;
 * {@code -Dfuzz.count=1000000 -Dfuzz.seed=7} makes a long one. A failure tells its seed.
 */
@DisplayName("Fuzzed,")
class FuzzTest {
    private static final int COUNT = Integer.getInteger("fuzz.count", 2_000);
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_101L);
    private static final int MOST_CHANGES = 4;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper JSON = new JsonMapper();

    private static final List<String> OBJECTS = List.of("""
            {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "orders-ingress", "namespace": "shop",
             "annotations": {"flowguard.dev/override": "why"}},
             "spec": {"podSelector": {"matchExpressions": [{"key": "app", "operator": "In", "values": ["orders"]}]},
              "policyTypes": ["Ingress", "Egress"], "ingress": [{"from": [{"podSelector": {"matchLabels": {"app": "checkout"}},
              "namespaceSelector": {}}, {"ipBlock": {"cidr": "10.0.0.0/8", "except": ["10.1.0.0/16"]}}],
              "ports": [{"port": "http"}, {"protocol": "UDP", "port": 53, "endPort": 60}]}], "egress": [{}]}}""", """
            {"apiVersion": "flowguard.dev/v1alpha1", "kind": "FlowContract", "metadata": {"name": "c", "namespace": "shop"},
             "spec": {"enforcement": "Deny", "flows": [{"name": "f", "from": {"podSelector": {"matchLabels": {"app": "checkout"}}},
              "to": {"service": {"name": "orders"}}, "ports": [{"port": 80, "protocol": "TCP"}]},
              {"name": "g", "expect": "Blocked", "from": {"ipBlock": {"cidr": "::/0"}}, "to": {"wellKnown": "ClusterDNS"}}]}}""", """
            {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "orders", "namespace": "shop",
             "annotations": {"flowguard.dev/egress-to": "dns; service orders; pods app=db,tier in (a,b) port 5432"}},
             "spec": {"replicas": 1, "selector": {"matchLabels": {"app": "orders"}}, "template": {"metadata": {"labels": {"app": "orders"},
              "annotations": {"flowguard.dev/ingress-from": "namespace monitoring port http; cidr 2001:db8::/32 port 443"}},
              "spec": {"hostNetwork": false, "containers": [{"name": "c", "ports": [{"name": "http", "containerPort": 8080}]}]}}}}""", """
            {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "labels": {"flowguard.dev/mode": "Warn"},
             "annotations": {"flowguard.dev/accept-contracts-from": "a, b", "flowguard.dev/findings": "all=Warn"}}}""", """
            {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "orders", "namespace": "shop"},
             "spec": {"selector": {"app": "orders"}, "clusterIP": "10.96.0.1", "ports": [{"port": 80, "targetPort": "http"}]}}""");

    @DisplayName("reviews of policies are answered, or refused in a sentence")
    @Test
    void policies() throws IOException {
        fuzz(Door.policies()::ask);
    }

    @DisplayName("reviews of declarations are answered, or refused in a sentence")
    @Test
    void declarations() throws IOException {
        fuzz(Door.declarations()::ask);
    }

    @DisplayName("manifests are read, or refused in sentences")
    @Test
    void manifests() throws IOException {
        fuzz(body -> {
            try {
                Manifests.read(body, "fuzzed")
                        .problems()
                        .forEach(problem -> assertThat(problem.toString()).isNotBlank());
                return Optional.empty();
            } catch (RuntimeException | StackOverflowError e) {
                return Optional.of(e + " at " + e.getStackTrace()[0]);
            }
        });
    }

    private interface Asked {
        Optional<String> ask(byte[] body);
    }

    private static void fuzz(Asked asked) throws IOException {
        List<JsonNode> reviews = reviews();
        for (int i = 0; i < COUNT; i++) {
            Random random = new Random(SEED + i);
            JsonNode review = reviews.get(random.nextInt(reviews.size())).deepCopy();
            for (int changes = 1 + random.nextInt(MOST_CHANGES); changes > 0; changes--) {
                change(review, random);
            }
            byte[] body = damaged(review.toString().getBytes(StandardCharsets.UTF_8), random);
            assertThat(asked.ask(body))
                    .as("seed %d: %s", SEED + i, new String(body, StandardCharsets.UTF_8))
                    .isEmpty();
        }
    }

    /** Those of the demo, and one for each kind that declares something. */
    private static List<JsonNode> reviews() throws IOException {
        List<JsonNode> reviews = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("deploy/demo/reviews"))) {
            files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(FuzzTest::read)
                    .forEach(reviews::add);
        }
        for (String object : OBJECTS) {
            reviews.add(review(object));
        }
        return reviews;
    }

    private static JsonNode review(String text) throws IOException {
        JsonNode object = JSON.readTree(text);
        String[] version = object.path("apiVersion").asText().split("/");
        ObjectNode request =
                NODES.objectNode().put("uid", "u-1").put("operation", "UPDATE").put("namespace", "shop");
        request.putObject("kind")
                .put("group", version.length == 2 ? version[0] : "")
                .put("version", version[version.length - 1])
                .set("kind", object.path("kind"));
        request.putObject("userInfo").put("username", "jane").putArray("groups").add("developers");
        request.set("object", object);
        request.set("oldObject", object.deepCopy());
        return NODES.objectNode()
                .put("apiVersion", "admission.k8s.io/v1")
                .put("kind", "AdmissionReview")
                .set("request", request);
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Somewhere below, deeper places as likely as others. */
    private static void change(JsonNode root, Random random) {
        List<JsonNode> places = new ArrayList<>();
        collect(root, places);
        JsonNode place = places.get(random.nextInt(places.size()));
        if (place instanceof ObjectNode object && !object.isEmpty()) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.get(random.nextInt(names.size()));
            switch (random.nextInt(4)) {
                case 0 -> object.remove(name);
                case 1 -> object.set(name + (char) random.nextInt(0x2100), object.get(name));
                default -> object.set(name, value(random, object.get(name)));
            }
        } else if (place instanceof ArrayNode list) {
            int at = list.isEmpty() ? -1 : random.nextInt(list.size());
            switch (random.nextInt(3)) {
                case 0 -> list.add(value(random, list.isEmpty() ? NODES.nullNode() : list.get(at)));
                case 1 -> list.insert(0, value(random, NODES.nullNode()));
                default -> {
                    if (at >= 0) {
                        list.set(at, value(random, list.get(at)));
                    }
                }
            }
        }
    }

    private static void collect(JsonNode node, List<JsonNode> places) {
        if (node.isContainerNode()) {
            places.add(node);
            node.forEach(child -> collect(child, places));
        }
    }

    private static JsonNode value(Random random, JsonNode was) {
        return switch (random.nextInt(12)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.numberNode(random.nextLong());
            case 2 -> NODES.numberNode(random.nextInt(70_000) - 1);
            case 3 -> NODES.numberNode(random.nextDouble() * 1e300);
            case 4 -> NODES.booleanNode(random.nextBoolean());
            case 5 -> NODES.textNode("");
            case 6 -> NODES.textNode(was.asText() + (char) random.nextInt(0x10000));
            case 7 -> NODES.textNode("x".repeat(random.nextInt(2_000)));
            case 8 -> NODES.textNode("10.0.0." + random.nextInt(300) + "/" + random.nextInt(40));
            case 9 -> NODES.arrayNode().add(was).add(was);
            case 10 -> NODES.objectNode().set("matchLabels", was);
            default -> nested(random.nextInt(50));
        };
    }

    private static JsonNode nested(int depth) {
        JsonNode nested = NODES.objectNode();
        for (int i = 0; i < depth; i++) {
            nested = i % 2 == 0
                    ? NODES.arrayNode().add(nested)
                    : NODES.objectNode().set("a", nested);
        }
        return nested;
    }

    /** Now and then not even JSON. */
    private static byte[] damaged(byte[] body, Random random) {
        switch (random.nextInt(10)) {
            case 0 -> {
                return Arrays.copyOf(body, random.nextInt(body.length + 1));
            }
            case 1 -> body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            default -> {}
        }
        return body;
    }
}
