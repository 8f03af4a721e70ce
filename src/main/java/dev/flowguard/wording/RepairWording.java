package dev.flowguard.wording;

import dev.flowguard.assess.Finding;
import dev.flowguard.assess.repair.NoRule;
import dev.flowguard.assess.repair.Repair;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.policy.RuleYaml;
import dev.flowguard.policy.amend.Edit;
import dev.flowguard.policy.amend.FlowYaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What to add so that a flow works. */
public final class RepairWording {
    private RepairWording() {}

    /** For a flow that a change would break. */
    static List<String> of(Repair repair) {
        return of(repair, "to keep it, ");
    }

    /** Why there is nothing to add. */
    public static String of(NoRule why) {
        return switch (why.reason()) {
            case NO_LABELS ->
                "no rule can name the pods of " + why.subject() + ": they carry no label; add one to the pod template";
            case NO_LABELS_OF_JOB ->
                "no label of its own names the pods of " + why.subject()
                        + ": add one to the pod template, or let in batch.kubernetes.io/job-name, which its controller sets";
            case NODE_NOT_MATCHED ->
                "no ipBlock helps: " + why.subject()
                        + " matches no address of a node by it; its own kind of policy has an entity for that";
            case API_SERVER_NOT_MATCHED ->
                "no ipBlock helps: the API server is on a node, and " + why.subject()
                        + " matches no address of a node by it; its own kind of policy has an entity for that";
            case NODE_PERHAPS_MATCHED ->
                "to keep it, a rule for these ports has to name no peers: not every network plugin matches the address of a node by ipBlock";
            case API_SERVER_PERHAPS_MATCHED ->
                "to keep it, a rule for these ports has to name no peers: the API server is on a node, whose address not every network plugin matches by ipBlock";
            case NO_RANGES_OF_PORTS ->
                "no rule can open a range of ports: " + why.subject()
                        + " ignores endPort; declare single ports, or open every port of the protocol";
            case DENIED_FINALLY ->
                "no rule that allows goes before " + denials(why)
                        + ": whoever owns that policy has to make the rule narrower";
            case DENIED ->
                "only a rule that allows it before " + denials(why)
                        + " helps, or to make that rule narrower: it is for whoever owns the policy to do";
        };
    }

    private static String denials(NoRule why) {
        return Names.some(why.denials().stream().map(Closers::of).toList());
    }

    /** For a flow that a change would cut. */
    public static List<String> ofKept(Repair repair) {
        return of(repair);
    }

    /** For what a finding says that its policy cuts. */
    public static List<String> of(Finding finding) {
        return finding.remedy().isEmpty()
                ? List.of()
                : List.of("to keep it, add to " + finding.policy() + ":  " + finding.remedy());
    }

    /** For a flow that is broken already. */
    public static List<String> ofBroken(Repair repair) {
        return of(repair, "to repair it, ");
    }

    /** For traffic that was asked about and is blocked. */
    public static List<String> ofAsked(Repair repair) {
        return of(repair, "to let it through, ");
    }

    /**
     * For traffic that was asked about, where rules that let it through would break what is declared.
     *
     * @param flows that must stay blocked; not empty
     */
    public static String forbidden(List<DeclaredFlow> flows) {
        return "it is declared to stay blocked: "
                + flows.stream().map(DeclaredFlow::toString).collect(Collectors.joining("; "));
    }

    private static List<String> of(Repair repair, String beginning) {
        List<String> lines = new ArrayList<>();
        for (Repair.Step step : repair.steps()) {
            String start = lines.isEmpty() ? beginning : "and ";
            lines.add(start + of(step));
        }
        return lines;
    }

    /** One step of a repair: what to do, to which object, and as YAML what to write there. */
    public static String of(Repair.Step step) {
        return step.match(RepairWording::rule, RepairWording::mended, RepairWording::amended);
    }

    private static String rule(Repair.NewRule step) {
        return step.exists()
                ? "add to NetworkPolicy " + step.ref() + ":  " + RuleYaml.section(step.direction(), step.rule())
                : "add a NetworkPolicy " + step.ref() + ":  spec: "
                        + RuleYaml.spec(step.podSelector(), step.direction(), step.rule());
    }

    private static String mended(Repair.Mended step) {
        return "in NetworkPolicy " + step.mended().ref() + ", " + step.field() + ", write  " + FlowYaml.of(step.now())
                + "  in place of  " + FlowYaml.of(step.was());
    }

    /** Who may change policies of the whole cluster is said, for it is seldom who reads this. */
    private static String amended(Repair.Amended step) {
        String policy = KindNames.toldApart(step.policy());
        String owner = step.policy().namespace().isEmpty() ? " (for its administrators to do)" : "";
        return step.edit()
                .match(
                        added -> (policy.startsWith("A") ? "add an " : "add a ") + policy + owner + ":  spec: "
                                + FlowYaml.of(added.manifest().getOrDefault("spec", Map.of())),
                        rules -> "add to " + policy + owner + place(rules) + ":  " + inSpec(rules),
                        leftOut -> "in " + policy + owner + ", leave out " + condition(leftOut) + " from "
                                + leftOut.selectors().stream()
                                        .map(RepairWording::inShort)
                                        .collect(Collectors.joining(" and "))
                                + ":  matchExpressions: [" + FlowYaml.of(leftOut.condition()) + "]");
    }

    private static String place(Edit.NewRules rules) {
        return rules.isLast() ? "" : ", before " + inShort(rules.in() + "." + rules.section()) + "[" + rules.at() + "]";
    }

    private static String inSpec(Edit.NewRules rules) {
        return inShort(rules.in() + "." + rules.section()) + ": " + FlowYaml.of(rules.rules());
    }

    /** Without the spec that holds everything, as rules are named elsewhere. */
    private static String inShort(String path) {
        return path.startsWith("spec.") ? path.substring("spec.".length()) : path;
    }

    private static String condition(Edit.LeftOut leftOut) {
        Object values = leftOut.condition().getOrDefault("values", List.of());
        String listed = values instanceof List<?> list
                ? list.stream().map(Object::toString).collect(Collectors.joining(" or "))
                : values.toString();
        return leftOut.condition().getOrDefault("key", "") + "=" + listed;
    }
}
