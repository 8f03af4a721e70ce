package dev.flowguard.policy;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Which known word somebody may have meant. */
public final class Spelling {
    private static final int SHORTEST_BEGINNING = 3;

    /** Longer than any word somebody may have meant; what comes from outside can have any length. */
    private static final int LONGEST = 64;

    private Spelling() {}

    /**
     * The known word that is nearest to the one found: the same but for upper and lower case, for a letter in three that is
     * missing, added, wrong or swapped with its neighbour, or for what is missing or added at its end. Of equally near ones the first.
     */
    public static Optional<String> nearest(String found, Collection<String> known) {
        return known.stream()
                .filter(word -> found.length() <= LONGEST && isNear(found, word))
                .min(Comparator.comparingInt(word -> distance(found, word)));
    }

    /** {@code ; did you mean "pods"?} where there is such a word, else nothing. */
    public static String hint(String found, Collection<String> known) {
        return nearest(found, known)
                .map(word -> "; did you mean \"" + word + "\"?")
                .orElse("");
    }

    private static boolean isNear(String found, String word) {
        int longest = Math.max(found.length(), word.length());
        int shortest = Math.min(found.length(), word.length());
        return distance(found, word) <= Math.max(1, (longest + 1) / 3)
                || (shortest >= SHORTEST_BEGINNING && word.regionMatches(true, 0, found, 0, shortest));
    }

    /** Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other, in any case. */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                    continue;
                }
                int replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                edits[i][j] = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
                }
            }
        }
        return edits[a.length()][b.length()];
    }
}
