package dev.flowguard.feed;

import java.util.ArrayList;
import java.util.List;

/**
 * Text that seems to be JSON, made fit for a YAML parser, which takes JSON but for two things: one object right after another, and
 * tabs between tokens. Lines and columns stay where they are.
 */
final class JsonText {
    private final String text;
    private final List<String> objects = new ArrayList<>();
    private final StringBuilder object = new StringBuilder();

    private JsonText(String text) {
        this.text = text;
    }

    /** The objects one by one; what is not JSON is one whole. */
    static List<String> objects(String text) {
        return text.stripLeading().startsWith("{") ? new JsonText(text).cut() : List.of(text);
    }

    private List<String> cut() {
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                quoted = c != '"';
                object.append(c);
                if (c == '\\' && i + 1 < text.length()) {
                    object.append(text.charAt(++i));
                }
                continue;
            }
            if (c == '\'') {
                return List.of(text);
            }
            quoted = c == '"';
            if (c == '{' && depth++ == 0 && !object.toString().isBlank()) {
                finish();
            }
            depth -= c == '}' ? 1 : 0;
            object.append(c == '\t' ? ' ' : c);
        }
        finish();
        return objects;
    }

    private void finish() {
        objects.add(object.toString());
        object.setLength(0);
    }
}
