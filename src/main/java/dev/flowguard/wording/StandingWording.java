package dev.flowguard.wording;

import dev.flowguard.assess.FlowStanding;
import dev.flowguard.assess.FlowState;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.Expectation;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.verdict.pair.Pair;
import dev.flowguard.verdict.trace.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How a declared flow stands, in sentences. */
public final class StandingWording {
    private static final int MOST_EXAMPLES = 3;

    private StandingWording() {}

    /** {@code broken        FlowContract shop/orders, flow checkout-calls-orders}, then a line for each reason. */
    public static List<String> of(FlowStanding standing, Snapshot cluster) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format("%-13s %s", state(standing), standing.flow()));
        UnboundWording.of(standing, cluster).ifPresent(lines::add);
        examples(standing, "", ServedPorts.in(cluster)).stream()
                .map(Example::line)
                .forEach(lines::add);
        return lines;
    }

    /**
     * A pair that is not as it should be.
     *
     * @param pair {@code shop/checkout -> shop/orders:8080/TCP}, or how many more there are
     * @param verdict what blocks it, that it is allowed, or why that cannot be known; empty for those left unsaid
     */
    public record Example(String pair, List<String> verdict) {
        public Example {
            verdict = List.copyOf(verdict);
        }

        /** All of it. */
        public String line() {
            return verdict.isEmpty() ? pair : pair + ": " + String.join("; ", verdict);
        }
    }

    /** Some of the pairs that are not as they should be, and how many more there are. */
    public static List<Example> examples(FlowStanding standing) {
        return examples(standing, "");
    }

    /** @param namespace the reader's, whose names go without it */
    public static List<Example> examples(FlowStanding standing, String namespace) {
        return examples(standing, namespace, ServedPorts.NONE);
    }

    /** @param served the ports that are named where a flow that must stay blocked is open on many */
    public static List<Example> examples(FlowStanding standing, String namespace, ServedPorts served) {
        ServedPorts ports = standing.flow().flow().expectation() == Expectation.BLOCKED ? served : ServedPorts.NONE;
        Names names = new Names(namespace);
        List<Example> examples = new ArrayList<>();
        standing.examples().stream()
                .limit(MOST_EXAMPLES)
                .forEach(example ->
                        examples.add(new Example(endsOf(example, names, ports), List.of(verdict(example.verdict())))));
        int more = standing.amiss() - examples.size();
        if (more > 0 && !examples.isEmpty()) {
            examples.add(new Example("and " + Names.count(more, "more pair"), List.of()));
        }
        return examples;
    }

    /**
     * What is wrong with a broken flow, in one line: the fullest wording first.
     *
     * @param namespace the reader's, whose names go without it
     * @param telling which policies tell more, and come first
     */
    public static List<String> inShort(FlowStanding standing, String namespace, Comparator<PolicyRef> telling) {
        boolean opens = standing.flow().flow().expectation() == Expectation.BLOCKED;
        String isSo = opens ? "open, though it should be blocked" : "already blocked";
        return standing.examples().stream()
                .filter(each -> each.verdict().answer() == (opens ? Answer.YES : Answer.NO))
                .findFirst()
                .map(example -> {
                    String ends = endsOf(example, new Names(namespace), ServedPorts.NONE);
                    int more = standing.amiss() - 1;
                    String pairs = isSo + ": " + ends + (more > 0 ? " and " + more + " more" : "");
                    return inShort(isSo, pairs, example.verdict(), new PolicyNames(namespace, telling));
                })
                .orElseGet(() -> List.of(isSo));
    }

    private static List<String> inShort(String isSo, String pairs, Verdict verdict, PolicyNames names) {
        return verdict.match(
                () -> List.of(pairs, isSo),
                blocked -> List.of(
                        pairs + ", " + blockedBy(blocked, names::some),
                        pairs + ", " + blockedBy(blocked, names::first),
                        isSo + " " + blockedBy(blocked, names::some),
                        isSo + " " + blockedBy(blocked, names::first),
                        isSo + " on " + blocked.directions()),
                undetermined -> List.of(isSo));
    }

    private static String blockedBy(Verdict.Blocked blocked, Function<Verdict.Blocked.Side, String> policies) {
        return blocked.sides().stream()
                .map(side -> "on " + side.direction().section() + " by " + policies.apply(side))
                .collect(Collectors.joining(" and "));
    }

    /** The state in lower case. */
    public static String state(FlowStanding standing) {
        return standing.state().word();
    }

    private static String endsOf(FlowStanding.PairVerdict example, Names names, ServedPorts served) {
        Pair pair = example.pair();
        return names.of(pair.source()) + " -> " + names.of(pair.destination()) + ":"
                + Ports.of(
                        List.of(pair.traffic()),
                        pair.destination().match(pods -> served.of(pods.workload()), addresses -> List.of()));
    }

    /** {@code allowed}, or what blocks it, or why it cannot be known. */
    public static String verdict(Verdict verdict) {
        return verdict.match(
                () -> "allowed",
                blocked -> blocked.sides().stream()
                        .map(side -> "blocked on " + side.direction().section() + " by " + Closers.of(side))
                        .collect(Collectors.joining(", ")),
                undetermined -> "undetermined: " + DoubtWording.of(undetermined.doubts()));
    }

    /** {@code 21 declared flows: 19 satisfied, 2 broken}. */
    public static String summary(List<FlowStanding> standings) {
        List<FlowStanding> declared = standings.stream()
                .filter(standing -> !standing.flow().contract().source().isImplied())
                .toList();
        String counts = declared.stream()
                .collect(Collectors.groupingBy(FlowStanding::state, java.util.TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().word())
                .collect(Collectors.joining(", "));
        long implied = standings.stream()
                .filter(standing -> standing.flow().contract().source().isImplied())
                .filter(standing -> standing.state() == FlowState.BROKEN)
                .count();
        return Names.count(declared.size(), "declared flow")
                + (counts.isEmpty() ? "" : ": " + counts)
                + (implied == 0 ? "" : "; " + implied + " implied and broken");
    }
}
