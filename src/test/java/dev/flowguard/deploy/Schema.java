package dev.flowguard.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The structural schema of one of our kinds. */
record Schema(JsonNode definition, JsonNode root) {
    /** All that our schemas use, and so all that {@link SchemaCheck} has to understand. */
    static final Set<String> KEYWORDS = Set.of(
            "additionalProperties",
            "anyOf",
            "default",
            "description",
            "enum",
            "format",
            "items",
            "maxItems",
            "maxLength",
            "maxProperties",
            "maximum",
            "minItems",
            "minLength",
            "minimum",
            "pattern",
            "properties",
            "required",
            "type",
            "x-kubernetes-int-or-string",
            "x-kubernetes-list-map-keys",
            "x-kubernetes-list-type",
            "x-kubernetes-map-type",
            "x-kubernetes-validations");

    static final Schema FLOW_CONTRACT = of("flowcontracts.yaml");
    static final Schema CLUSTER_FLOW_CONTRACT = of("clusterflowcontracts.yaml");

    private static Schema of(String file) {
        ObjectNode definition = Yaml.documents(Path.of("deploy/base/crd", file)).get(0);
        return new Schema(definition, definition.at("/spec/versions/0/schema/openAPIV3Schema"));
    }

    static Schema ofKind(String kind) {
        return kind.equals("FlowContract") ? FLOW_CONTRACT : CLUSTER_FLOW_CONTRACT;
    }

    /** The schema of every field by its path, such as {@code spec.flows[].from.podSelector.matchLabels{}}. */
    Map<String, JsonNode> fields() {
        Map<String, JsonNode> fields = new TreeMap<>();
        collect(root, "", fields);
        return fields;
    }

    private static void collect(JsonNode schema, String path, Map<String, JsonNode> fields) {
        fields.put(path, schema);
        schema.path("properties")
                .properties()
                .forEach(property -> collect(
                        property.getValue(),
                        path.isEmpty() ? property.getKey() : path + "." + property.getKey(),
                        fields));
        if (schema.has("items")) {
            collect(schema.get("items"), path + "[]", fields);
        }
        if (schema.has("additionalProperties")) {
            collect(schema.get("additionalProperties"), path + "{}", fields);
        }
    }
}
