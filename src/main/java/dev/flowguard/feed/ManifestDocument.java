package dev.flowguard.feed;

import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * The text of one document of a file, or of several that only YAML's own end marker separates.
 *
 * @param firstLine the line of the file, from 1, at which the text begins
 */
record ManifestDocument(int firstLine, String text) {
    /** The line of the file at that mark of the parsed text. */
    int line(Mark mark) {
        return firstLine + mark.getLine();
    }

    /** From 1. */
    static int column(Node node) {
        return node.getStartMark().map(mark -> mark.getColumn() + 1).orElse(1);
    }

    int line(Node node) {
        return node.getStartMark().map(this::line).orElse(firstLine);
    }
}
