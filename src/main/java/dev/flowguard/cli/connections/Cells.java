package dev.flowguard.cli.connections;

import dev.flowguard.net.Plain;

/** Names in the formats of drawings and tables: nothing that somebody wrote into a manifest may be more than text there. */
final class Cells {
    private static final String FORMULA = "=+-@";

    private Cells() {}

    /** A field of CSV; what a spreadsheet would take for a formula begins with an apostrophe there. */
    static String csv(String text) {
        String line = Plain.line(text);
        String safe = !line.isEmpty() && FORMULA.indexOf(line.charAt(0)) >= 0 ? "'" + line : line;
        return safe.chars().anyMatch(character -> character == ',' || character == '"' || character == '\\')
                ? "\"" + safe.replace("\"", "\"\"") + "\""
                : safe;
    }

    /** Within the quotes of Graphviz. */
    static String dot(String text) {
        return Plain.line(text).replace("\\", "\\\\").replace("\"", "\\\"");
    }

    /** Within the quotes of Mermaid, which are HTML. */
    static String mermaid(String text) {
        return Plain.line(text)
                .replace("#", "#35;")
                .replace("&", "#amp;")
                .replace("\"", "#quot;")
                .replace("<", "#lt;")
                .replace(">", "#gt;");
    }
}
