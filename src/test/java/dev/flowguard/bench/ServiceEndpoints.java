package dev.flowguard.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The EndpointSlices that a cluster makes of Services and pods. Verdicts do not need them, but every feed gets them. */
final class ServiceEndpoints {
    private static final int MOST_IN_A_SLICE = 100;

    private ServiceEndpoints() {}

    static List<ObjectNode> slices(List<ObjectNode> objects) {
        Map<String, List<ObjectNode>> pods = new HashMap<>();
        objects.stream()
                .filter(object -> isA("Pod", object))
                .forEach(pod -> pod.at("/metadata/labels")
                        .fields()
                        .forEachRemaining(label -> pods.computeIfAbsent(
                                        key(pod, label.getKey(), label.getValue()), key -> new ArrayList<>())
                                .add(pod)));
        List<ObjectNode> slices = new ArrayList<>();
        objects.stream().filter(object -> isA("Service", object)).forEach(service -> {
            Map.Entry<String, JsonNode> label =
                    service.at("/spec/selector").fields().next();
            List<ObjectNode> behind = pods.getOrDefault(key(service, label.getKey(), label.getValue()), List.of());
            for (int from = 0; from < behind.size(); from += MOST_IN_A_SLICE) {
                int to = Math.min(behind.size(), from + MOST_IN_A_SLICE);
                slices.add(slice(service, from / MOST_IN_A_SLICE, behind.subList(from, to)));
            }
        });
        return slices;
    }

    private static ObjectNode slice(ObjectNode service, int number, List<ObjectNode> pods) {
        String name = service.at("/metadata/name").asText();
        ObjectNode slice = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", "discovery.k8s.io/v1")
                .put("kind", "EndpointSlice")
                .put("addressType", "IPv4");
        ObjectNode metadata = slice.putObject("metadata")
                .put("name", name + "-" + number)
                .put("namespace", service.at("/metadata/namespace").asText());
        metadata.putObject("labels")
                .put("kubernetes.io/service-name", name)
                .put("endpointslice.kubernetes.io/managed-by", "endpointslice-controller.k8s.io");
        slice.putArray("ports")
                .addObject()
                .put("name", "http")
                .put("port", 8080)
                .put("protocol", "TCP");
        ArrayNode endpoints = slice.putArray("endpoints");
        for (ObjectNode pod : pods) {
            ObjectNode endpoint = endpoints
                    .addObject()
                    .put("nodeName", pod.at("/spec/nodeName").asText());
            endpoint.putArray("addresses").add(pod.at("/status/podIP").asText());
            endpoint.putObject("conditions")
                    .put("ready", true)
                    .put("serving", true)
                    .put("terminating", false);
            endpoint.putObject("targetRef")
                    .put("kind", "Pod")
                    .put("namespace", pod.at("/metadata/namespace").asText())
                    .put("name", pod.at("/metadata/name").asText())
                    .put("uid", "7f3c1b9a-5f0e-4a55-9d06-2f1d6a3f9c11");
        }
        return slice;
    }

    private static boolean isA(String kind, ObjectNode object) {
        return object.get("kind").asText().equals(kind);
    }

    private static String key(ObjectNode object, String label, JsonNode value) {
        return object.at("/metadata/namespace").asText() + "/" + label + "=" + value.asText();
    }
}
