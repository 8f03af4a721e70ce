package dev.flowguard.wording;

import dev.flowguard.assess.FlowStanding;
import dev.flowguard.assess.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a declared flow stands, in sentences. */
public final class StandingWording {
    private static final int MOST_EXAMPLES = 3;

    private StandingWording() {}

    /** {@code broken        FlowContract shop/orders, flow checkout-calls-orders}, then a line for each reason. */
    public static List<String> of(FlowStanding standing) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format("%-13s %s", state(standing), standing.flow()));
        standing.unbound().map(UnboundWording::of).ifPresent(lines::add);
        if (standing.examples().isEmpty()) {
            return lines;
        }
        Names names = new Names("");
        standing.examples().stream()
                .limit(MOST_EXAMPLES)
                .map(example -> pair(example, names))
                .forEach(lines::add);
        int more =
                standing.amiss() - Math.min(MOST_EXAMPLES, standing.examples().size());
        if (more > 0) {
            lines.add("and " + Names.count(more, "more pair"));
        }
        return lines;
    }

    /** The state in lower case. */
    public static String state(FlowStanding standing) {
        return standing.state().spelling().toLowerCase(Locale.ROOT);
    }

    private static String pair(FlowStanding.PairVerdict example, Names names) {
        return names.of(example.pair().source()) + " -> "
                + names.of(example.pair().destination()) + ":"
                + example.pair().traffic().port() + ": " + verdict(example.verdict());
    }

    /** {@code allowed}, or what blocks it, or why it cannot be known. */
    public static String verdict(Verdict verdict) {
        return verdict.match(
                () -> "allowed",
                blocked -> blocked.sides().stream()
                        .map(side ->
                                "blocked on " + side.direction().section() + " by " + Names.policies(side.isolatedBy()))
                        .collect(Collectors.joining(", ")),
                undetermined -> "undetermined: " + DoubtWording.of(undetermined.doubts()));
    }

    /** {@code 21 declared flows: 19 satisfied, 2 broken}. */
    public static String summary(List<FlowStanding> standings) {
        String counts = standings.stream()
                .collect(Collectors.groupingBy(FlowStanding::state, java.util.TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().spelling().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return Names.count(standings.size(), "declared flow") + (counts.isEmpty() ? "" : ": " + counts);
    }
}
