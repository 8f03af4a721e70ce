package dev.flowguard.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.feed.LoadedManifests;
import dev.flowguard.feed.Manifests;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Policy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Policies written as manifests, and read again. */
final class PolicyYaml {
    private static final JsonMapper MAPPER = new JsonMapper();

    private PolicyYaml() {}

    static String of(List<Policy> policies) {
        return policies.stream().map(policy -> "---\n" + of(policy)).collect(Collectors.joining());
    }

    static LoadedManifests read(String yaml) {
        try {
            return Manifests.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Policy> policies(LoadedManifests manifests) {
        return manifests.observations().stream()
                .flatMap(observation -> observation.policies().stream())
                .toList();
    }

    private static String of(Policy policy) {
        ObjectNode object = MAPPER.createObjectNode();
        object.put("apiVersion", "networking.k8s.io/v1").put("kind", "NetworkPolicy");
        object.putObject("metadata")
                .put("name", policy.ref().name())
                .put("namespace", policy.ref().namespace());
        ObjectNode spec = object.putObject("spec");
        spec.set("podSelector", RuleJson.selector(policy.podSelector()));
        ArrayNode types = spec.putArray("policyTypes");
        for (Direction direction : Direction.values()) {
            if (policy.isolates(direction)) {
                types.add(direction.policyType());
            }
            ArrayNode rules = spec.putArray(direction.section());
            policy.section(direction).written().forEach(rule -> rules.add(RuleJson.rule(direction, rule)));
        }
        return YamlText.of(object);
    }
}
