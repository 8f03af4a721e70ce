package dev.flowguard.assess.finding.diagnosis;

import dev.flowguard.policy.LabelSelector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Phrases that several findings use. */
public final class Wording {
    private static final int NAMED = 3;
    private static final int LONGEST_SELECTOR = 48;

    private Wording() {}

    /** {@code a}, {@code a and b}, {@code a, b and c}. */
    public static String all(List<String> names) {
        int last = names.size() - 1;
        return last < 1
                ? String.join("", names)
                : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    /** The first few: {@code a, b and 5 more}. */
    public static String some(Collection<String> names) {
        return some(names, NAMED);
    }

    /** The first one: {@code a and 6 more}. */
    public static String one(Collection<String> names) {
        return some(names, 1);
    }

    private static String some(Collection<String> names, int most) {
        List<String> distinct = names.stream().distinct().sorted().toList();
        if (distinct.size() <= most) {
            return all(distinct);
        }
        List<String> named = new ArrayList<>(distinct.subList(0, Math.max(1, most - 1)));
        named.add((distinct.size() - named.size()) + " more");
        return all(named);
    }

    /** kubectl's syntax, with the middle left out where it is long. */
    public static String brief(LabelSelector selector) {
        return Message.shortened(selector.toString(), LONGEST_SELECTOR);
    }
}
