package dev.flowguard.wording;

import dev.flowguard.assess.repair.Inquiry;
import dev.flowguard.net.IpFamily;
import dev.flowguard.policy.Direction;
import dev.flowguard.verdict.match.RuleTrace;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import dev.flowguard.verdict.trace.SideTrace;
import dev.flowguard.verdict.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A trace for people: the verdict, and for each side which policies were asked and why their rules match or do not. */
public final class TraceWording {
    private static final Names NAMES = new Names("");

    private final Inquiry inquiry;

    /** @param inquiry that made the traces */
    public TraceWording(Inquiry inquiry) {
        this.inquiry = inquiry;
    }

    /** A trace, and what is said below its headline. */
    private record Told(Trace trace, List<String> details) {
        List<String> lines(boolean isSameForBothFamilies) {
            String family = isSameForBothFamilies ? "" : ", over " + family().spelling();
            return Stream.concat(Stream.of(headline(trace) + family), details.stream())
                    .toList();
        }

        IpFamily family() {
            return trace.pair().traffic().family();
        }
    }

    /** Some lines for each, the first without indentation. What holds for both address families is told once. */
    public List<List<String>> of(List<Trace> traces) {
        List<Told> told =
                traces.stream().map(trace -> new Told(trace, details(trace))).toList();
        Map<String, Map<IpFamily, Set<List<String>>>> byEnds = told.stream()
                .collect(Collectors.groupingBy(
                        each -> ends(each.trace()),
                        Collectors.groupingBy(
                                Told::family, Collectors.mapping(each -> each.lines(true), Collectors.toSet()))));
        return told.stream()
                .map(each -> each.lines(Set.copyOf(byEnds.getOrDefault(ends(each.trace()), Map.of())
                                        .values())
                                .size()
                        == 1))
                .distinct()
                .toList();
    }

    private List<String> details(Trace trace) {
        List<String> lines = new ArrayList<>();
        trace.verdict()
                .match(
                        Stream::<String>empty,
                        blocked -> Stream.<String>empty(),
                        undetermined -> Stream.of("because " + DoubtWording.of(undetermined.doubts())))
                .forEach(line -> lines.add("  " + line));
        if (trace.exempt()) {
            lines.add("  a pod always reaches itself: policies have no say in that");
            return lines;
        }
        if (trace.sides().isEmpty() && trace.onNodes().isEmpty()) {
            lines.add("  neither end is a pod: policies have no say in that");
        }
        for (SideTrace side : trace.sides()) {
            side(trace, side).forEach(line -> lines.add("  " + line));
        }
        return lines;
    }

    /** {@code BLOCKED  shop/checkout -> shop/orders:8080/TCP, through port 80 of Service shop/orders}. */
    private static String headline(Trace trace) {
        Pair pair = trace.pair();
        String verdict = trace.verdict().match(() -> "ALLOWED", blocked -> "BLOCKED", undetermined -> "UNDETERMINED");
        String route = pair.traffic()
                .route()
                .match(() -> "", via -> ", through port " + via.port().number() + " of Service " + via.service());
        return verdict + "  " + ends(trace) + route;
    }

    private static String ends(Trace trace) {
        return NAMES.of(trace.pair().source()) + " -> " + destination(trace.pair());
    }

    private static String destination(Pair pair) {
        String name = NAMES.of(pair.destination());
        boolean colons = name.indexOf(':') >= 0;
        return (colons ? "[" + name + "]" : name) + ":" + pair.traffic().port();
    }

    private List<String> side(Trace trace, SideTrace side) {
        List<String> lines = new ArrayList<>();
        lines.add(headline(side));
        if (side.chain().isPresent()) {
            chain(trace, side).forEach(line -> lines.add("  " + line));
        } else {
            for (SideTrace.PolicyTrace policy : side.policies()) {
                rules(trace.pair(), side, policy).forEach(line -> lines.add("  " + line));
            }
        }
        inquiry.nearMisses(trace, side).stream()
                .map(NearMissWording::of)
                .distinct()
                .forEach(miss -> lines.add("  " + miss));
        return lines;
    }

    /** What was asked in turn, where policies of several kinds were; empty where NetworkPolicies alone decide. */
    public static List<String> chain(Trace trace, SideTrace side) {
        return side.chain()
                .map(asked -> new ChainWording(policy -> rules(trace.pair(), side, policy)).of(asked))
                .orElse(List.of());
    }

    /** {@code ingress of shop/orders: blocked, 3 policies isolate it, and no rule lets this through}. */
    public static String headline(SideTrace side) {
        String start = side.direction().section() + " of " + NAMES.of(side.subject()) + ": ";
        if (side.chain().isPresent()) {
            return start + word(side) + ", policies are asked in this order";
        }
        if (side.policies().isEmpty()) {
            return start + "open, "
                    + (side.subject().hostNetwork()
                            ? "it is on the host network, where policies of pods do not isolate"
                            : "no policy isolates it");
        }
        String policies = isolatedBy(side);
        return start
                + switch (side.answer()) {
                    case YES -> "open, " + policies + ", and a rule lets this through";
                    case UNKNOWN -> "undetermined, " + policies + ", and no rule surely lets this through";
                    case NO -> "blocked, " + policies + ", and no rule lets this through";
                };
    }

    private static String word(SideTrace side) {
        return switch (side.answer()) {
            case YES -> "open";
            case UNKNOWN -> "undetermined";
            case NO -> "blocked";
        };
    }

    private static String isolatedBy(SideTrace side) {
        int count = side.policies().size();
        return count == 1 ? "1 policy isolates it" : count + " policies isolate it";
    }

    /** On an open side only the rules that open it; else all of them. */
    private static List<String> rules(Pair pair, SideTrace side, SideTrace.PolicyTrace policy) {
        Direction direction = side.direction();
        String name = policy.policy().ref().toString();
        List<String> lines = new ArrayList<>();
        if (!policy.policy().isUnderstood()) {
            lines.add(name + " has fields this version does not know: "
                    + String.join(", ", policy.policy().unknownFields()));
            return lines;
        }
        boolean open = side.answer().isYes();
        if (policy.rules().isEmpty() && !open) {
            lines.add(name + " has no " + direction.section() + " rule");
        }
        Endpoint other = direction == Direction.INGRESS ? pair.source() : pair.destination();
        for (RuleTrace rule : policy.rules()) {
            boolean opens = rule.answer().isYes();
            if (open && !opens) {
                continue;
            }
            lines.add(name + ", " + direction.rule(rule.rule().index()) + (opens ? " opens it: " : ": ")
                    + RuleWording.of(rule.rule(), direction));
            if (!opens) {
                MissWording.of(rule, other, pair.destination(), pair.traffic().port())
                        .forEach(reason -> lines.add("    " + reason));
            }
        }
        return lines;
    }
}
