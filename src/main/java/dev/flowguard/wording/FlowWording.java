package dev.flowguard.wording;

import dev.flowguard.assess.Effect;
import dev.flowguard.assess.FlowAssessment;
import dev.flowguard.assess.repair.NoRule;
import dev.flowguard.assess.repair.Repair;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.contract.ContractSource;
import dev.flowguard.contract.Expectation;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.policy.chain.Action;
import dev.flowguard.verdict.trace.Denial;
import dev.flowguard.verdict.trace.NearMiss;
import dev.flowguard.verdict.trace.SideTrace;
import dev.flowguard.verdict.trace.StepTrace;
import dev.flowguard.verdict.trace.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a change does to a flow, in sentences. */
public final class FlowWording {
    private static final int MOST_GROUPS = 3;

    private final Set<PolicyRef> changed;
    private final String namespace;
    private final Names names;
    private final ServedPorts served;
    private final boolean hasRoom;

    /** @param changed the policy that is changed: it is told before others, and names are as seen from its namespace */
    public FlowWording(PolicyRef changed) {
        this(changed, ServedPorts.NONE);
    }

    /** @param served the ports that are named where a flow that must stay blocked is open on many */
    public FlowWording(PolicyRef changed, ServedPorts served) {
        this(Set.of(changed), changed.namespace(), served, false);
    }

    private FlowWording(Set<PolicyRef> changed, String namespace, ServedPorts served, boolean hasRoom) {
        this.served = served;
        this.hasRoom = hasRoom;
        this.changed = changed;
        this.namespace = namespace;
        this.names = new Names(namespace);
    }

    /** For readers in that namespace, where no policy has changed; empty to write every name in full. */
    public static FlowWording seenFrom(String namespace) {
        return new FlowWording(Set.of(), namespace, ServedPorts.NONE, false);
    }

    /** For readers who are in no namespace: every name in full, and those policies before others. */
    public static FlowWording inFull(Set<PolicyRef> changed) {
        return inFull(changed, ServedPorts.NONE);
    }

    /** @param served the ports that are named where a flow that must stay blocked is open on many */
    public static FlowWording inFull(Set<PolicyRef> changed, ServedPorts served) {
        return new FlowWording(changed, "", served, true);
    }

    private ServedPorts served(FlowAssessment flow) {
        return flow.flow().flow().expectation() == Expectation.BLOCKED ? served : ServedPorts.NONE;
    }

    /** The flow's pairs that are newly broken, why, what was perhaps meant, and what would keep them: some lines, the first without indentation. */
    public List<String> broken(
            FlowAssessment flow, List<NearMiss> almost, Optional<Repair> repair, Optional<NoRule> why) {
        List<String> lines = broken(flow, Effect.NEWLY_BROKEN);
        almost.forEach(miss -> lines.add("  " + NearMissWording.of(miss)));
        if (repair.isEmpty()) {
            why.map(RepairWording::of).ifPresent(reason -> lines.add("  " + reason));
        }
        repair.ifPresent(found -> RepairWording.of(found).forEach(line -> lines.add("  " + line)));
        return lines;
    }

    /** The flow's pairs with that effect and why: some lines, the first without indentation. */
    private List<String> broken(FlowAssessment flow, Effect effect) {
        List<String> lines = new ArrayList<>();
        for (Group group : groups(flow, effect)) {
            lines.add(group.pairs() + (lines.isEmpty() ? "   (" + flow.flow() + ")" : ""));
            group.reasons().forEach(reason -> lines.add("  " + reason));
        }
        return lines;
    }

    /**
     * Pairs of a flow that are alike, and why they are as they are.
     *
     * @param pairs {@code checkout -> orders:8080/TCP}, or how many more there are
     */
    public record Group(String pairs, List<String> reasons) {
        public Group {
            reasons = List.copyOf(reasons);
        }
    }

    /** The flow's pairs with that effect, and how many are left unsaid. */
    public List<Group> groups(FlowAssessment flow, Effect effect) {
        List<PairGroup> pairs = PairGroup.of(flow.examples(effect), names, served(flow));
        boolean allAreKnown = flow.count(effect) == flow.examples(effect).size();
        List<Group> groups = new ArrayList<>();
        int told = 0;
        for (PairGroup group : pairs.subList(0, Math.min(MOST_GROUPS, pairs.size()))) {
            groups.add(new Group(group.text(names), reasons(flow.flow(), group, allAreKnown ? group.family() : "")));
            told += group.pairs().size();
        }
        int more = flow.count(effect) - told;
        if (more > 0) {
            groups.add(new Group("and " + Names.count(more, "more pair"), List.of()));
        }
        return groups;
    }

    /** One line about pairs with that effect: {@code checkout -> orders:8080/TCP}, with a count of those unsaid. */
    public String pairs(FlowAssessment flow, Effect effect) {
        List<PairGroup> groups = PairGroup.of(flow.examples(effect), names, served(flow));
        int more = flow.count(effect) - groups.get(0).pairs().size();
        return groups.get(0).text(names) + (more > 0 ? " and " + more + " more" : "");
    }

    /** Whom an implied flow cuts from whom: {@code the API server from webhook:9443}. */
    public String cut(FlowAssessment flow, Effect effect) {
        List<PairGroup> groups = PairGroup.of(flow.examples(effect), names, served(flow));
        PairGroup first = groups.get(0);
        int more = flow.count(effect) - first.pairs().size();
        FlowEnd from = flow.flow().flow().from();
        String whom = EndWording.wellKnown(from)
                .orElseGet(() -> EndWording.onNodes(from, flow.examples(effect), first.sources(names)));
        boolean everySender = EndWording.isOne(flow.flow().flow().from());
        return whom + " from " + first.destinationInShort(names)
                + (more > 0 && !everySender ? " and " + more + " more" : "");
    }

    /** Why the first pair with that effect is as it is: in a few words, where not every name is to be in full. */
    public String briefly(FlowAssessment flow, Effect effect) {
        return flow.examples(effect)
                .get(0)
                .after()
                .match(
                        () -> "now allowed",
                        blocked -> hasRoom
                                ? blocked.sides().stream()
                                        .map(side -> "blocked on "
                                                + side.direction().section() + " by " + Closers.of(changedFirst(side)))
                                        .collect(Collectors.joining(", "))
                                : blocked.directions() + " blocked by " + brief(blocked.sides()),
                        undetermined -> DoubtWording.of(undetermined.doubts()));
    }

    private String brief(List<Verdict.Blocked.Side> sides) {
        List<String> policies = sides.stream()
                .flatMap(side -> Closers.names(changedFirst(side), this::bare).stream())
                .distinct()
                .toList();
        int more = policies.size() - 1;
        return policies.get(0) + (more > 0 ? " and " + more + " more" : "");
    }

    private Verdict.Blocked.Side changedFirst(Verdict.Blocked.Side side) {
        return new Verdict.Blocked.Side(
                side.direction(),
                side.isolatedBy().stream()
                        .sorted(Comparator.comparing(policy -> !changed.contains(policy)))
                        .toList(),
                side.deniedBy());
    }

    private String bare(PolicyRef policy) {
        return policy.namespace().equals(namespace) ? policy.name() : policy.toString();
    }

    /** A flow in few words: {@code shop/orders/checkout-calls-orders}, {@code Deployment shop/checkout: dns}. */
    public static String shortName(DeclaredFlow flow) {
        ContractSource source = flow.contract().source();
        ObjectRef object = source.object();
        if (source.isImplied()) {
            return source.toString();
        }
        if (source.isAnnotation()) {
            return object + ": " + flow.flow().name();
        }
        return (object.namespace().isEmpty() ? "" : object.namespace() + "/") + object.name() + "/"
                + flow.flow().name();
    }

    private String isolatedBy(PairGroup group, Direction direction) {
        List<PolicyRef> sorted = group.isolatedBy(direction).stream()
                .sorted(Comparator.comparing(policy -> !changed.contains(policy)))
                .toList();
        return Closers.of(new Verdict.Blocked.Side(direction, sorted, group.deniedBy(direction)));
    }

    /** @param family of which alone it is true; empty for both */
    private List<String> reasons(DeclaredFlow flow, PairGroup group, String family) {
        return group.first()
                .after()
                .match(
                        () -> opened(group),
                        blocked -> blocked.sides().stream()
                                .map(side -> closed(flow, group, side) + family)
                                .toList(),
                        undetermined -> List.of("undetermined: " + DoubtWording.of(undetermined.doubts())));
    }

    private String closed(DeclaredFlow flow, PairGroup group, Verdict.Blocked.Side side) {
        boolean ingress = side.direction() == Direction.INGRESS;
        String subject = ingress ? names.of(group.first().pair().destination()) : group.sources(names);
        FlowEnd other = ingress ? flow.flow().from() : flow.flow().to();
        String otherName =
                ingress ? group.sources(names) : names.of(group.first().pair().destination());
        String wanted = EndWording.of(other, otherName, namespace);
        if (!ingress) {
            wanted = EndWording.wellKnown(other).isPresent() ? otherName : wanted;
        }
        boolean many = !ingress
                && group.pairs().stream()
                                .map(pair -> pair.pair().source())
                                .distinct()
                                .count()
                        > 1;
        String start = "blocked on " + side.direction().section() + ": ";
        List<Denial> rules = group.deniedBy(side.direction()).stream()
                .filter(denial -> !denial.rule().isEmpty())
                .toList();
        if (!rules.isEmpty()) {
            return start + Names.some(rules.stream().map(Closers::of).toList()) + " denies "
                    + (ingress ? otherName + " -> " + subject : subject + " -> " + otherName) + " on " + group.ports();
        }
        return start + subject + (many ? " are" : " is") + " isolated by "
                + isolatedBy(group, side.direction())
                + (ingress ? " and no rule admits " + wanted : " and no rule leads to " + wanted) + " on "
                + group.ports();
    }

    /** Why a flow that must stay blocked is open: for each side the rule that opens it, or that nothing closes it. */
    private List<String> opened(PairGroup group) {
        List<SideTrace> sides = group.first().trace().sides();
        if (sides.isEmpty()) {
            return List.of("now allowed: policies do not reach this traffic");
        }
        return sides.stream().map(this::opened).toList();
    }

    private String opened(SideTrace side) {
        String subject = names.of(side.subject());
        String direction = side.direction().section();
        for (SideTrace.PolicyTrace policy : side.policies()) {
            for (var rule : policy.rules()) {
                if (rule.answer().isYes()) {
                    return "allowed on " + direction + ": "
                            + side.direction().rule(rule.rule().index()) + " of NetworkPolicy "
                            + policy.policy().ref() + " opens " + subject;
                }
            }
        }
        return side.chain().stream()
                .flatMap(chain -> chain.met())
                .filter(step -> step.action() == Action.ALLOW)
                .flatMap(step -> step.match(
                        Stream::of,
                        policies -> Stream.<StepTrace.OneRule>empty(),
                        rest -> Stream.<StepTrace.OneRule>empty()))
                .findFirst()
                .map(rule -> "allowed on " + direction + ": " + ChainWording.rule(rule))
                .orElse("allowed on " + direction + ": no policy isolates " + subject);
    }

    /** {@code breaks 1 declared flow and opens 2 flows that must stay blocked in namespace shop}. */
    public static String headline(List<FlowAssessment> flows, PolicyRef policy) {
        List<DeclaredFlow> broken = flows.stream()
                .map(FlowAssessment::flow)
                .filter(flow -> flow.flow().expectation() != Expectation.BLOCKED)
                .toList();
        int opens = flows.size() - broken.size();
        List<String> parts = new ArrayList<>();
        if (!broken.isEmpty()) {
            parts.add("breaks " + counted(broken));
        }
        if (opens > 0) {
            parts.add("opens " + Names.count(opens, "flow") + " that must stay blocked");
        }
        return String.join(" and ", parts)
                + (policy.namespace().isEmpty() ? "" : " in namespace " + policy.namespace());
    }

    /** {@code 2 declared flows}, {@code 1 implied flow}, {@code 2 declared flows and 1 implied flow}. */
    public static String counted(Collection<DeclaredFlow> flows) {
        int implied = (int) flows.stream()
                .filter(flow -> flow.contract().source().isImplied())
                .count();
        int declared = flows.size() - implied;
        return Stream.of(
                        declared == 0 ? "" : Names.count(declared, "declared flow"),
                        implied == 0 ? "" : Names.count(implied, "implied flow"))
                .filter(count -> !count.isEmpty())
                .collect(Collectors.joining(" and "));
    }
}
