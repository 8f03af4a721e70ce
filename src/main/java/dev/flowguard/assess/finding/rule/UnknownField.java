package dev.flowguard.assess.finding.rule;

import dev.flowguard.assess.finding.diagnosis.CommonKinds;
import dev.flowguard.assess.finding.diagnosis.Diagnosis;
import dev.flowguard.assess.finding.diagnosis.Examination;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.assess.finding.diagnosis.RuleSite;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.Spelling;
import java.util.List;
import java.util.stream.Stream;

/** A field of the policy that the API does not have: mostly a word mistyped, or at the wrong depth. */
public final class UnknownField implements Diagnosis {
    private static final FindingKind KIND = CommonKinds.UNKNOWN_FIELD;

    private static final List<String> SPEC = List.of("podSelector", "ingress", "egress", "policyTypes");
    private static final List<String> SELECTOR = List.of("matchLabels", "matchExpressions");
    private static final List<String> REQUIREMENT = List.of("key", "operator", "values");
    private static final List<String> PEER = List.of("podSelector", "namespaceSelector", "ipBlock");
    private static final List<String> BLOCK = List.of("cidr", "except");
    private static final List<String> PORT = List.of("port", "protocol", "endPort");
    private static final List<String> OBJECT = List.of("apiVersion", "kind", "metadata", "spec");

    @Override
    public FindingKind kind() {
        return KIND;
    }

    @Override
    public boolean looksAround() {
        return false;
    }

    @Override
    public Stream<Remark> examine(Examination examination) {
        Policy policy = examination.policy();
        Stream<String> ofRules = Stream.of(Direction.values())
                .flatMap(direction -> policy.section(direction).written().stream()
                        .flatMap(rule -> rule.unknownFields().stream()
                                .map(field -> placed(field, new RuleSite(direction, rule)))));
        return Stream.concat(policy.unknownFields().stream(), ofRules)
                .distinct()
                .map(UnknownField::remark);
    }

    /** A path may begin at the object, at its spec or at the rule. */
    private static String placed(String field, RuleSite site) {
        if (field.startsWith("spec.")) {
            return field;
        }
        return field.startsWith(site.direction().section() + "[") ? "spec." + field : site.place() + "." + field;
    }

    private static Remark remark(String path) {
        int dot = path.lastIndexOf('.');
        String name = path.substring(dot + 1);
        String parent = dot < 0 ? "" : path.substring(0, dot);
        List<String> known = fieldsOf(parent);
        String meant = Spelling.nearest(name, known)
                .map(word -> "; did you mean " + word + "?")
                .orElse("");
        String shown = path.startsWith("spec.") ? path.substring("spec.".length()) : path;
        return Remark.of(
                KIND,
                path,
                "There is no field " + name + " " + (parent.isEmpty() ? "in a NetworkPolicy" : "in " + parent)
                        + ": expected " + String.join(", ", known) + meant
                        + (meant.isEmpty() ? "." : "")
                        + " An API server drops it, and the policy then says something else.",
                shown + " is no field" + meant,
                name + " is no field" + meant,
                "a field is misspelt: " + name);
    }

    /** The fields of that part of a NetworkPolicy. */
    private static List<String> fieldsOf(String parent) {
        String last = parent.substring(parent.lastIndexOf('.') + 1).replaceAll("\\[[0-9]+]$", "");
        boolean entry = parent.endsWith("]");
        return switch (last) {
            case "" -> OBJECT;
            case "spec" -> SPEC;
            case "ingress" -> entry ? List.of("from", "ports") : SPEC;
            case "egress" -> entry ? List.of("to", "ports") : SPEC;
            case "from", "to" -> PEER;
            case "ports" -> PORT;
            case "ipBlock" -> BLOCK;
            case "podSelector", "namespaceSelector" -> SELECTOR;
            case "matchExpressions" -> REQUIREMENT;
            default -> SPEC;
        };
    }
}
