package dev.flowguard.policy.amend;

import dev.flowguard.policy.RuleYaml;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Values of manifests in YAML's flow style, on one line: {@code {action: Accept, from: [{namespaces: {}}]}}. */
public final class FlowYaml {
    private FlowYaml() {}

    public static String of(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> key(entry.getKey().toString()) + ": " + of(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(FlowYaml::of).collect(Collectors.joining(", ", "[", "]"));
        }
        return value instanceof Number ? value.toString() : RuleYaml.quoted(value.toString());
    }

    /** A colon inside of a key asks for quotes. */
    private static String key(String key) {
        return key.indexOf(':') < 0 ? key : "\"" + key + "\"";
    }
}
