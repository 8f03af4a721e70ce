package dev.flowguard.wording;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Keeps texts within the limits of their surroundings, and says what was left out. */
public final class Ellipsis {
    private Ellipsis() {}

    /** The text, or its beginning with "…", so that it has at most that many characters. */
    public static String shorten(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - 1;
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end).stripTrailing() + "…";
    }

    /**
     * The first lines and, where there are more than {@code most}, a last one that counts the rest.
     *
     * @param besides how many more there are that are not among the lines
     */
    public static List<String> limit(List<String> lines, int most, int besides, IntFunction<String> andMore) {
        int room = Math.min(most, lines.size());
        int more = lines.size() - room + besides;
        if (more == 0) {
            return lines;
        }
        List<String> limited = new ArrayList<>(lines.subList(0, room));
        limited.add(andMore.apply(more));
        return limited;
    }
}
