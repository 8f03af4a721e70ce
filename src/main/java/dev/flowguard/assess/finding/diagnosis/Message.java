package dev.flowguard.assess.finding.diagnosis;

import dev.flowguard.assess.Finding;
import java.util.List;

/** Puts what there is to say into one line that is short enough, however long the names in it are. */
public final class Message {
    private static final String CUT = "…";

    private Message() {}

    /**
     * {@code <id>: <policy>: <summary>}, with the first summary that fits; the name of the policy, which whoever reads this is
     * told anyway, gives way to what there is to say. Where none fits, the shortest is cut.
     */
    public static String of(String id, String policy, List<String> summaries) {
        String beginning = id + ": ";
        return fitting(List.of(beginning + policy + ": ", beginning), summaries, Finding.LONGEST_MESSAGE);
    }

    /**
     * The first summary that fits behind one of the beginnings, which are tried in turn: what the sentence is about gives way to what
     * there is to say. Where none fits, the shortest is cut.
     *
     * @param beginnings from the fullest to the shortest, at least one
     * @param summaries the same in other words, from the fullest to the shortest, at least one
     */
    public static String fitting(List<String> beginnings, List<String> summaries, int longest) {
        String line = "";
        for (String summary : summaries) {
            for (String beginning : beginnings) {
                line = beginning + summary;
                if (line.length() <= longest) {
                    return line;
                }
            }
        }
        return line.substring(0, longest - 1) + CUT;
    }

    /** Cut in the middle, since names of one family often differ at their ends. */
    public static String shortened(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int head = longest / 2;
        int tail = longest - 1 - head;
        return text.substring(0, head) + CUT + text.substring(text.length() - tail);
    }
}
