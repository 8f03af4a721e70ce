package dev.flowguard.feed;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * YAML that kubectl reads and the parser here does not, rewritten to what it means: an empty block scalar within a mapping, and
 * tabs between tokens. Lines stay where they are.
 */
final class KubectlYaml {
    private static final String EMPTY_BLOCK = "the leading empty lines contain more spaces";
    private static final Pattern HEADER = Pattern.compile("[|>][-+0-9]*[ \\t]*(#.*)?");
    private static final String TAB = "'\\t(TAB)'";

    private KubectlYaml() {}

    /** The text in which what the parser stumbled over is written as it takes it; empty where that is no matter of spelling. */
    static Optional<String> repaired(String text, MarkedYamlEngineException problem) {
        if (problem.getProblem().strip().startsWith(EMPTY_BLOCK)) {
            return problem.getContextMark().flatMap(mark -> withoutEmptyBlock(text, mark));
        } else if (problem.getProblem().contains(TAB)) {
            return problem.getProblemMark().flatMap(mark -> withoutTabs(text, mark));
        }
        return Optional.empty();
    }

    private static Optional<String> withoutEmptyBlock(String text, Mark at) {
        int line = lineStart(text, at);
        int start = line + at.getColumn();
        int end = lineEnd(text, start);
        Matcher header = HEADER.matcher(text.substring(start, end).stripTrailing());
        return header.matches() && indentOfNext(text, end) <= indent(text, line)
                ? Optional.of(text.substring(0, start) + "\"\"" + text.substring(end))
                : Optional.empty();
    }

    /** Of the next line with anything in it; where there is none, less than any. */
    private static int indentOfNext(String text, int from) {
        for (int at = from; at < text.length(); at = lineEnd(text, at) + 1) {
            if (!text.substring(at, lineEnd(text, at)).isBlank()) {
                return indent(text, at);
            }
        }
        return -1;
    }

    private static int indent(String text, int lineStart) {
        int at = lineStart;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at - lineStart;
    }

    /** All of the line from there on; in front of its first word a tab is a mistake for kubectl as well. */
    private static Optional<String> withoutTabs(String text, Mark at) {
        int line = lineStart(text, at);
        int tab = line + at.getColumn();
        if (tab >= text.length()
                || text.charAt(tab) != '\t'
                || text.substring(line, tab).isBlank()) {
            return Optional.empty();
        }
        int end = tab;
        while (end < text.length() && (text.charAt(end) == '\t' || text.charAt(end) == ' ')) {
            end++;
        }
        return Optional.of(text.substring(0, tab) + " ".repeat(end - tab) + text.substring(end));
    }

    private static int lineStart(String text, Mark at) {
        int start = 0;
        for (int line = 0; line < at.getLine(); line++) {
            start = text.indexOf('\n', start) + 1;
        }
        return start;
    }

    private static int lineEnd(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }
}
