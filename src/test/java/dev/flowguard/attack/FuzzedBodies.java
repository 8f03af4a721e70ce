package dev.flowguard.attack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Bodies that are nearly right: the reviews of the demo, and one about each object of all demos, which have policies of every kind, with
 * something changed in the structure, and now and then in the bytes. The same seed makes the same body.
 */
final class FuzzedBodies {
    private static final int MOST_CHANGES = 4;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonMapper YAML = new JsonMapper(new YAMLFactory());
    private static final List<String> OPERATIONS = List.of("CREATE", "UPDATE", "UPDATE", "DELETE");

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

    private final List<JsonNode> reviews = new ArrayList<>();

    FuzzedBodies() {
        try (Stream<Path> files = Files.walk(Path.of("deploy/demo"))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                if (file.toString().endsWith(".json")) {
                    reviews.add(JSON.readTree(file.toFile()));
                } else if (file.toString().endsWith(".yaml")) {
                    YAML.readerFor(JsonNode.class)
                            .<JsonNode>readValues(file.toFile())
                            .forEachRemaining(this::addReview);
                }
            }
            for (String object : OBJECTS) {
                addReview(JSON.readTree(object));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many there are to begin with. */
    int seeds() {
        return reviews.size();
    }

    byte[] of(long seed) {
        Random random = new Random(seed);
        JsonNode review = reviews.get(random.nextInt(reviews.size())).deepCopy();
        if (review.path("request") instanceof ObjectNode request) {
            request.put("operation", OPERATIONS.get(random.nextInt(OPERATIONS.size())));
        }
        for (int changes = 1 + random.nextInt(MOST_CHANGES); changes > 0; changes--) {
            change(review, random);
        }
        return damaged(review.toString().getBytes(StandardCharsets.UTF_8), random);
    }

    private void addReview(JsonNode object) {
        if (!object.isObject() || !object.path("apiVersion").isTextual()) {
            return;
        }
        String[] version = object.path("apiVersion").asText().split("/");
        ObjectNode request = NODES.objectNode().put("uid", "u-1").put("operation", "UPDATE");
        String namespace = object.at("/metadata/namespace").asText();
        if (!namespace.isEmpty()) {
            request.put("namespace", namespace);
        }
        request.set("name", object.at("/metadata/name"));
        request.putObject("kind")
                .put("group", version.length == 2 ? version[0] : "")
                .put("version", version[version.length - 1])
                .set("kind", object.path("kind"));
        request.putObject("userInfo").put("username", "jane").putArray("groups").add("developers");
        request.set("object", object);
        request.set("oldObject", object.deepCopy());
        reviews.add(NODES.objectNode()
                .put("apiVersion", "admission.k8s.io/v1")
                .put("kind", "AdmissionReview")
                .set("request", request));
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
