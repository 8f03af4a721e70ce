package dev.flowguard.view;

import dev.flowguard.assess.repair.Inquiry;
import dev.flowguard.assess.repair.Repair;
import dev.flowguard.assess.repair.RepairPlan;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.kubernetes.field.FieldPath;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.report.ManifestPlaces;
import dev.flowguard.report.RepairYaml;
import dev.flowguard.verdict.match.RuleTrace;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import dev.flowguard.verdict.trace.SideTrace;
import dev.flowguard.verdict.trace.Trace;
import dev.flowguard.wording.DoubtWording;
import dev.flowguard.wording.MissWording;
import dev.flowguard.wording.Names;
import dev.flowguard.wording.RepairWording;
import dev.flowguard.wording.RuleWording;
import dev.flowguard.wording.TraceWording;
import java.util.List;
import java.util.Optional;

/** Tells why, for the page: what {@code explain} tells, with the manifests of the policies beside it. */
final class Explainer {
    /** All that a rule of a NetworkPolicy can do. */
    private static final String ALLOW = "Allow";

    private static final Names NAMES = new Names("");

    private final ManifestPlaces places;
    private final Inquiry inquiry;
    private final ShownYaml yaml;

    Explainer(ManifestPlaces places, Inquiry inquiry) {
        this.places = places;
        this.inquiry = inquiry;
        this.yaml = new ShownYaml(places);
    }

    Explanation explain(String from, String to, String port, Engine.Asked asked) {
        Answer least =
                asked.traces().stream().map(trace -> trace.verdict().answer()).reduce(Answer.YES, Answer::and);
        return new Explanation(
                from,
                to,
                port,
                verdict(least),
                asked.notes(),
                new TraceWording(inquiry)
                        .of(asked.traces()).stream()
                                .map(lines -> String.join("\n", lines))
                                .toList(),
                asked.traces().stream().map(this::trace).toList(),
                repair(asked));
    }

    private Explanation.TraceView trace(Trace trace) {
        Pair pair = trace.pair();
        return new Explanation.TraceView(
                NAMES.of(pair.source()),
                NAMES.of(pair.destination()),
                pair.traffic().port(),
                pair.traffic().family().spelling(),
                verdict(trace.verdict().answer()),
                pair.traffic()
                        .route()
                        .match(() -> "", via -> "port " + via.port().number() + " of Service " + via.service()),
                trace.verdict().match(() -> "", blocked -> "", undetermined -> DoubtWording.of(undetermined.doubts())),
                trace.sides().stream().map(side -> side(trace, side)).toList());
    }

    private Explanation.SideView side(Trace trace, SideTrace side) {
        return new Explanation.SideView(
                side.direction().section(),
                NAMES.of(side.subject()),
                verdict(side.answer()),
                TraceWording.headline(side),
                TraceWording.chain(trace, side),
                policies(trace, side),
                inquiry.nearMisses(trace, side).stream()
                        .distinct()
                        .map(new NearMissViews(yaml)::of)
                        .toList());
    }

    /** In the order in which they are asked. */
    private List<Explanation.PolicyView> policies(Trace trace, SideTrace side) {
        return side.chain()
                .map(asked -> new ChainViews(yaml, policy -> policy(trace, side, policy)).of(asked))
                .orElseGet(() -> side.policies().stream()
                        .map(policy -> policy(trace, side, policy))
                        .toList());
    }

    private Explanation.PolicyView policy(Trace trace, SideTrace side, SideTrace.PolicyTrace policy) {
        PolicyRef ref = policy.policy().ref();
        Direction direction = side.direction();
        String note = !policy.policy().isUnderstood()
                ? "has fields this version does not know: "
                        + String.join(", ", policy.policy().unknownFields())
                : policy.rules().isEmpty() ? "has no " + direction.section() + " rule" : "";
        return new Explanation.PolicyView(
                ObjectRef.of(ref).toString(),
                "NetworkPolicy",
                ref.toString(),
                yaml.text(ObjectRef.of(ref)),
                note,
                policy.rules().stream()
                        .map(rule -> rule(trace.pair(), direction, ref, rule))
                        .toList());
    }

    private Explanation.RuleView rule(Pair pair, Direction direction, PolicyRef policy, RuleTrace rule) {
        int index = rule.rule().index();
        PolicyYaml.Lines lines = lines(policy, direction, index);
        Endpoint other = direction == Direction.INGRESS ? pair.source() : pair.destination();
        return new Explanation.RuleView(
                place(direction, index),
                matches(rule.answer()),
                ALLOW,
                RuleWording.of(rule.rule(), direction),
                rule.answer().isYes()
                        ? List.of()
                        : MissWording.of(
                                rule, other, pair.destination(), pair.traffic().port()),
                lines.first(),
                lines.last());
    }

    private Explanation.RepairView repair(Engine.Asked asked) {
        Optional<Repair> repair = inquiry.repair(asked.traces(), asked.flow());
        if (repair.isEmpty()) {
            return Explanation.RepairView.NONE;
        }
        List<DeclaredFlow> forbidding = inquiry.forbidding(repair.get());
        return forbidding.isEmpty()
                ? new Explanation.RepairView(
                        RepairWording.ofAsked(repair.get()),
                        new RepairYaml(places).of(new RepairPlan(repair.get().steps(), List.of())),
                        "")
                : new Explanation.RepairView(List.of(), "", RepairWording.forbidden(forbidding));
    }

    private PolicyYaml.Lines lines(PolicyRef policy, Direction direction, int rule) {
        return yaml.lines(
                ObjectRef.of(policy), FieldPath.of("spec", direction.section()).item(rule));
    }

    static String place(Direction direction, int rule) {
        return "spec." + direction.section() + "[" + rule + "]";
    }

    private static String verdict(Answer answer) {
        return switch (answer) {
            case YES -> "Allowed";
            case NO -> "Blocked";
            case UNKNOWN -> "Undetermined";
        };
    }

    static String matches(Answer answer) {
        return switch (answer) {
            case YES -> "yes";
            case NO -> "no";
            case UNKNOWN -> "unknown";
        };
    }
}
