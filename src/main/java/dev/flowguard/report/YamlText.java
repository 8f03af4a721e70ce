package dev.flowguard.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;

/** JSON trees as YAML in blocks, as people write manifests; strings are quoted wherever a reader could take them for something else. */
public final class YamlText {
    private static final String INDENT = "  ";
    private static final String PLAIN = "[A-Za-z][A-Za-z0-9_./-]*";
    private static final String NO_STRINGS = "(?i)y|n|yes|no|on|off|true|false|null";

    private final StringBuilder text = new StringBuilder();

    private YamlText() {}

    /** The tree on lines of its own, each with its end. */
    public static String of(JsonNode tree) {
        YamlText yaml = new YamlText();
        yaml.block(tree, "");
        return yaml.text.toString();
    }

    private void block(JsonNode node, String indent) {
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                text.append(indent)
                        .append(scalar(TextNode.valueOf(entry.getKey())))
                        .append(':');
                // A list stands below its key without further indentation, as kubectl prints it.
                value(entry.getValue(), entry.getValue().isArray() ? indent : indent + INDENT);
            }
        } else {
            for (JsonNode item : node) {
                if (item.isContainerNode() && !item.isEmpty()) {
                    int start = text.length();
                    block(item, indent + INDENT);
                    text.replace(start + indent.length(), start + indent.length() + INDENT.length(), "- ");
                } else {
                    text.append(indent).append('-');
                    value(item, indent);
                }
            }
        }
    }

    private void value(JsonNode value, String indent) {
        if (value.isContainerNode() && !value.isEmpty()) {
            text.append('\n');
            block(value, indent);
        } else {
            text.append(' ').append(scalar(value)).append('\n');
        }
    }

    private static String scalar(JsonNode value) {
        if (!value.isTextual()) {
            return value.toString();
        }
        String string = value.textValue();
        return string.matches(PLAIN) && !string.matches(NO_STRINGS) ? string : value.toString();
    }
}
