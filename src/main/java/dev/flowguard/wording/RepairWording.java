package dev.flowguard.wording;

import dev.flowguard.assess.Finding;
import dev.flowguard.assess.repair.NoRule;
import dev.flowguard.assess.repair.Repair;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.policy.RuleYaml;
import java.util.ArrayList;
import java.util.List;
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
        };
    }

    /** For a flow that a change would cut. */
    public static List<String> ofKept(Repair repair) {
        return of(repair);
    }

    /** For what a finding says that its policy cuts. */
    public static List<String> of(Finding finding) {
        return finding.remedy().isEmpty()
                ? List.of()
                : List.of("to keep it, add to NetworkPolicy " + finding.policy() + ":  " + finding.remedy());
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
            lines.add(
                    step.exists()
                            ? start + "add to NetworkPolicy " + step.policy() + ":  "
                                    + RuleYaml.section(step.direction(), step.rule())
                            : start + "add a NetworkPolicy " + step.policy() + ":  spec: "
                                    + RuleYaml.spec(step.podSelector(), step.direction(), step.rule()));
        }
        return lines;
    }
}
