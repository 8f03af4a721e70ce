package dev.flowguard.assess.finding.diagnosis;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.OptionalInt;

/** How near two short names are, for guessing what was meant. */
public final class Nearness {
    private static final int NOT_WORTH_A_GUESS = 3;
    private static final int LONG = 8;

    private Nearness() {}

    /**
     * How many letters were typed wrong: inserted, left out, changed, or swapped with their neighbour.
     */
    public static int distance(String one, String other) {
        int[] beforeLast = new int[other.length() + 1];
        int[] last = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[other.length() + 1];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int changed = last[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, 1 + Math.min(last[j], row[j - 1]));
                if (isSwap(one, i, other, j)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return last[other.length()];
    }

    /** The distance, where it is small enough for the one to be the other mistyped. */
    public static OptionalInt typo(String written, String meant) {
        int length = Math.min(written.length(), meant.length());
        int most = length < NOT_WORTH_A_GUESS ? 0 : length < LONG ? 1 : 2;
        int distance = distance(written.toLowerCase(Locale.ROOT), meant.toLowerCase(Locale.ROOT));
        return distance <= most && !differOnlyInDigits(written, meant) ? OptionalInt.of(distance) : OptionalInt.empty();
    }

    /** Whether the one is the other with something before or after it: {@code api} and {@code api-server}. */
    public static boolean isPartOf(String one, String other) {
        String longer = one.length() > other.length() ? one : other;
        String shorter = one.length() > other.length() ? other : one;
        return shorter.length() >= NOT_WORTH_A_GUESS
                && (longer.startsWith(shorter + "-") || longer.endsWith("-" + shorter));
    }

    /** {@code "; did you mean x?"} with the nearest of the candidates, or nothing where none is near. */
    public static String didYouMean(String written, Collection<String> candidates) {
        return candidates.stream()
                .filter(candidate -> typo(written, candidate).isPresent())
                .min(Comparator.<String>comparingInt(candidate -> distance(written, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .map(candidate -> "; did you mean " + candidate + "?")
                .orElse("");
    }

    /** {@code orders-v1} is not {@code orders-v2} mistyped. */
    private static boolean differOnlyInDigits(String one, String other) {
        return !one.equals(other) && one.replaceAll("[0-9]", "").equals(other.replaceAll("[0-9]", ""));
    }

    private static boolean isSwap(String one, int i, String other, int j) {
        return i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
    }
}
