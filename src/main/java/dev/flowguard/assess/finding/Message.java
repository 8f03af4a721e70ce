package dev.flowguard.assess.finding;

import dev.flowguard.assess.Finding;
import java.util.List;

/** Puts a finding into one line that is short enough, however long the names in it are. */
final class Message {
    private static final String CUT = "…";

    private Message() {}

    /**
     * {@code <id>: <policy>: <summary>}, with the first summary that fits; the name of the policy, which whoever reads this is
     * told anyway, gives way to what there is to say. Where none fits, the shortest is cut.
     */
    static String of(String id, String policy, List<String> summaries) {
        int room = Finding.LONGEST_MESSAGE - id.length() - 2;
        for (String summary : summaries) {
            String withPolicy = policy + ": " + summary;
            if (withPolicy.length() <= room) {
                return id + ": " + withPolicy;
            }
            if (summary.length() <= room) {
                return id + ": " + summary;
            }
        }
        String shortest = summaries.get(summaries.size() - 1);
        return id + ": " + shortest.substring(0, room - 1) + CUT;
    }

    /** Cut in the middle, since names of one family often differ at their ends. */
    static String shortened(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int head = longest / 2;
        int tail = longest - 1 - head;
        return text.substring(0, head) + CUT + text.substring(text.length() - tail);
    }
}
