package dev.flowguard.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.admission.Door;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Null anywhere: every field of an AdmissionReview as its types have it, every item of a list and every value of a map, one after
 * the other. An API server leaves fields out and never writes null in most of these places; whoever else reaches the port may.
 */
@DisplayName("Null in")
class NullsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Deep enough for peers and ports of rules; */
    private static final int DEPTH_OF_POLICIES = 8;

    /** and for the labels and ports of templates, without all that containers can have. */
    private static final int DEPTH_OF_OTHERS = 5;

    private static final Map<String, String> REAL = Map.ofEntries(
            Map.entry("operation", "UPDATE"),
            Map.entry("namespace", "shop"),
            Map.entry("name", "orders"),
            Map.entry("uid", "u-1"),
            Map.entry("subResource", ""),
            Map.entry("requestSubResource", ""),
            Map.entry("policyTypes", "Ingress"),
            Map.entry("cidr", "10.0.0.0/8"),
            Map.entry("except", "10.1.0.0/16"),
            Map.entry("protocol", "TCP"),
            Map.entry("operator", "In"),
            Map.entry("phase", "Active"));

    static Stream<Arguments> objects() {
        return Stream.of(
                        NetworkPolicy.class,
                        Pod.class,
                        Service.class,
                        Namespace.class,
                        Deployment.class,
                        StatefulSet.class,
                        DaemonSet.class,
                        Job.class,
                        CronJob.class)
                .flatMap(type ->
                        Stream.of("CREATE", "UPDATE", "DELETE").map(operation -> Arguments.of(type, operation)));
    }

    @DisplayName("any field, item or value of a review is answered, and is no internal error:")
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("objects")
    void isAnswered(Class<?> type, String operation) {
        Door door = Door.of(type);
        ObjectNode review = review(type, operation);
        List<String> failures = new ArrayList<>();
        int[] tried = {0};
        door.ask(review).ifPresent(failure -> failures.add("as it is: " + failure));
        walk("", review, review, place -> {
            tried[0]++;
            door.ask(review).ifPresent(failure -> failures.add(place + ": " + failure));
        });
        assertThat(failures).isEmpty();
        assertThat(tried[0]).as("places of a null").isGreaterThan(60);
    }

    /** Sets each value below that to null, for as long as it takes to ask. */
    private static void walk(String place, JsonNode node, ObjectNode review, Consumer<String> ask) {
        if (node instanceof ObjectNode object) {
            for (String field : new ArrayList<>(names(object))) {
                JsonNode value = object.get(field);
                object.set(field, NullNode.instance);
                ask.accept(place + "/" + field);
                object.set(field, value);
                walk(place + "/" + field, value, review, ask);
            }
        } else if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                JsonNode item = list.get(i);
                list.set(i, NullNode.instance);
                ask.accept(place + "/" + i);
                list.set(i, item);
                list.addNull();
                ask.accept(place + "/+");
                list.remove(list.size() - 1);
                walk(place + "/" + i, item, review, ask);
            }
        }
    }

    private static List<String> names(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static ObjectNode review(Class<?> type, String operation) {
        ObjectNode request = (ObjectNode) filled(JSON.constructType(AdmissionRequest.class), "", 3);
        request.put("operation", operation).put("dryRun", true);
        ObjectNode object = (ObjectNode)
                filled(JSON.constructType(type), "", type == NetworkPolicy.class ? DEPTH_OF_POLICIES : DEPTH_OF_OTHERS);
        ObjectNode kind = request.putObject("kind");
        String[] version = object.path("apiVersion").asText().split("/", 2);
        kind.put("group", version.length == 2 ? version[0] : "").put("version", version[version.length - 1]);
        kind.put("kind", type.getSimpleName());
        ObjectNode metadata = (ObjectNode) object.path("metadata");
        metadata.remove("deletionTimestamp");
        metadata.putObject("annotations")
                .put("flowguard.dev/override", "x")
                .put("flowguard.dev/egress-to", "dns; service orders")
                .put("flowguard.dev/ingress-from", "namespace shop port 80")
                .put("flowguard.dev/enforcement", "Warn");
        ObjectNode old = object.deepCopy();
        ((ObjectNode) old.path("metadata")).put("resourceVersion", "1");
        if (old.path("spec") instanceof ObjectNode spec) {
            spec.put("x", "y");
        }
        request.set("object", operation.equals("DELETE") ? NODES.nullNode() : object);
        request.set("oldObject", operation.equals("CREATE") ? NODES.nullNode() : old);
        ObjectNode user = request.putObject("userInfo").put("username", "jane").put("uid", "1");
        user.putArray("groups").add("system:authenticated");
        user.putObject("extra").putArray("scopes").add("openid");
        ObjectNode review =
                NODES.objectNode().put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
        review.set("request", request);
        return review;
    }

    /** A value of that type in which every field is set, as far as it is deep. */
    private static JsonNode filled(JavaType type, String field, int depth) {
        Class<?> raw = type.getRawClass();
        if (raw == String.class || raw == Object.class) {
            return NODES.textNode(REAL.getOrDefault(field, "x"));
        } else if (raw == Boolean.class || raw == boolean.class) {
            return NODES.booleanNode(false);
        } else if (Number.class.isAssignableFrom(raw) || raw.isPrimitive()) {
            return NODES.numberNode(80);
        } else if (raw.getSimpleName().equals("IntOrString")) {
            return NODES.numberNode(80);
        } else if (raw.getSimpleName().equals("Quantity")) {
            return NODES.textNode("1");
        } else if (type.isCollectionLikeType()) {
            ArrayNode list = NODES.arrayNode();
            return depth <= 0 ? list : list.add(filled(type.getContentType(), field, depth - 1));
        } else if (type.isMapLikeType()) {
            ObjectNode map = NODES.objectNode();
            return depth <= 0 ? map : map.set("x", filled(type.getContentType(), field, depth - 1));
        } else if (raw.isInterface() || raw.isEnum() || depth <= 0) {
            return NODES.objectNode();
        }
        ObjectNode object = NODES.objectNode();
        BeanDescription description = JSON.getDeserializationConfig().introspect(type);
        for (BeanPropertyDefinition property : description.findProperties()) {
            if (property.hasSetter() || property.hasField()) {
                object.set(property.getName(), filled(property.getPrimaryType(), property.getName(), depth - 1));
            }
        }
        if (object.has("apiVersion") && object.has("kind")) {
            try {
                JSON.valueToTree(raw.getDeclaredConstructor().newInstance())
                        .properties()
                        .forEach(each -> {
                            if (each.getValue().isTextual()) {
                                object.set(each.getKey(), each.getValue());
                            }
                        });
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return object;
    }
}
