package dev.flowguard.contract;

import java.util.ArrayList;
import java.util.List;

/** Cuts the text of an annotation into its flows, which end at semicolons and at line breaks of any kind. */
final class AnnotationText {
    private final String text;
    private final List<FlowText> flows = new ArrayList<>();

    private int start;
    private int stop;
    private FlowText.Place place = new FlowText.Place(1, 1);

    private AnnotationText(String text) {
        this.text = text;
    }

    /** The flows in their order, without those that are blank. */
    static List<FlowText> flows(String text) {
        return new AnnotationText(text).cut();
    }

    private List<FlowText> cut() {
        int line = 1;
        int column = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ';' || isLineBreak(c)) {
                finish();
                line += isLineBreak(c) && !text.startsWith("\r\n", i) ? 1 : 0;
                column = isLineBreak(c) ? 1 : column + 1;
                continue;
            }
            if (!FlowText.isBlank(c)) {
                begin(i, line, column);
                stop = i + 1;
            }
            column += Character.isLowSurrogate(c) ? 0 : 1;
        }
        finish();
        return flows;
    }

    private void begin(int at, int line, int column) {
        if (stop <= start) {
            start = at;
            place = new FlowText.Place(line, column);
        }
    }

    private void finish() {
        if (stop > start) {
            flows.add(new FlowText(text, start, stop, place));
        }
        start = stop;
    }

    private static boolean isLineBreak(char c) {
        return c == '\n' || c == '\r';
    }
}
