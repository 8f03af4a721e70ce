package dev.flowguard.feed;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a file into its documents as kubectl does, before anything is parsed, so that a mistake in one document hides none in
 * another: at lines that begin with {@code ---}, and in a file of JSON between one object and the next.
 */
final class DocumentSplitter {
    private static final String SEPARATOR = "---";

    private final List<ManifestDocument> documents = new ArrayList<>();

    private DocumentSplitter() {}

    /** The documents that hold more than comments, directives and blanks. */
    static List<ManifestDocument> split(String text) {
        DocumentSplitter splitter = new DocumentSplitter();
        int start = 0;
        int startLine = 1;
        int line = 1;
        for (int at = 0; at < text.length(); line++) {
            int end = text.indexOf('\n', at);
            int next = end < 0 ? text.length() : end + 1;
            if (isSeparator(text.substring(at, next))) {
                splitter.add(startLine, text.substring(start, at));
                start = next;
                startLine = line + 1;
            }
            at = next;
        }
        splitter.add(startLine, text.substring(start));
        return splitter.documents;
    }

    private static boolean isSeparator(String line) {
        String rest = line.startsWith(SEPARATOR) ? line.substring(SEPARATOR.length()) : line;
        return rest.length() < line.length()
                && (rest.isBlank() || rest.stripLeading().startsWith("#"));
    }

    private void add(int firstLine, String text) {
        boolean empty = text.lines().allMatch(line -> line.isBlank() || line.startsWith("#") || line.startsWith("%"));
        if (empty) {
            return;
        }
        int line = firstLine;
        for (String part : JsonText.objects(text)) {
            documents.add(new ManifestDocument(line, part));
            line += ends(part);
        }
    }

    /** How many lines end in it. */
    private static int ends(String text) {
        int ends = 0;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            ends++;
        }
        return ends;
    }
}
