package dev.flowguard.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.assess.repair.Inquiry;
import dev.flowguard.assess.repair.Repair;
import dev.flowguard.assess.repair.RepairPlan;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.report.ManifestPlaces;
import dev.flowguard.report.RepairYaml;
import dev.flowguard.verdict.match.RuleTrace;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import dev.flowguard.verdict.trace.NearMiss;
import dev.flowguard.verdict.trace.SideTrace;
import dev.flowguard.verdict.trace.Trace;
import dev.flowguard.wording.DoubtWording;
import dev.flowguard.wording.MissWording;
import dev.flowguard.wording.Names;
import dev.flowguard.wording.NearMissWording;
import dev.flowguard.wording.RepairWording;
import dev.flowguard.wording.RuleWording;
import dev.flowguard.wording.TraceWording;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells why, for the page: what {@code explain} tells, with the manifests of the policies beside it. */
final class Explainer {
    private static final Names NAMES = new Names("");

    private final ManifestPlaces places;
    private final Inquiry inquiry;
    private final Map<PolicyRef, Optional<PolicyYaml>> manifests = new HashMap<>();

    Explainer(ManifestPlaces places, Inquiry inquiry) {
        this.places = places;
        this.inquiry = inquiry;
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
                side.policies().stream()
                        .map(policy -> policy(trace, side, policy))
                        .toList(),
                inquiry.nearMisses(trace, side).stream()
                        .distinct()
                        .map(this::nearMiss)
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
                ref.toString(),
                manifest(ref).map(PolicyYaml::text).orElse(""),
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
                RuleWording.of(rule.rule(), direction),
                rule.answer().isYes()
                        ? List.of()
                        : MissWording.of(
                                rule, other, pair.destination(), pair.traffic().port()),
                lines.first(),
                lines.last());
    }

    private Explanation.NearMissView nearMiss(NearMiss miss) {
        PolicyYaml.Lines lines = lines(miss.policy(), miss.direction(), miss.rule());
        return new Explanation.NearMissView(
                miss.policy().toString(),
                place(miss.direction(), miss.rule()),
                NearMissWording.of(miss),
                manifest(miss.policy()).map(PolicyYaml::text).orElse(""),
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
        return manifest(policy).map(yaml -> yaml.lines(direction, rule)).orElse(PolicyYaml.Lines.NONE);
    }

    private Optional<PolicyYaml> manifest(PolicyRef policy) {
        return manifests.computeIfAbsent(
                policy, ref -> places.manifest(ref).map((ObjectNode object) -> new PolicyYaml(object)));
    }

    private static String place(Direction direction, int rule) {
        return "spec." + direction.section() + "[" + rule + "]";
    }

    private static String verdict(Answer answer) {
        return switch (answer) {
            case YES -> "Allowed";
            case NO -> "Blocked";
            case UNKNOWN -> "Undetermined";
        };
    }

    private static String matches(Answer answer) {
        return switch (answer) {
            case YES -> "yes";
            case NO -> "no";
            case UNKNOWN -> "unknown";
        };
    }
}
