package dev.flowguard.wording;

import dev.flowguard.assess.Repair;
import dev.flowguard.policy.RuleYaml;
import java.util.ArrayList;
import java.util.List;

/** What to add so that a flow keeps working. */
public final class RepairWording {
    private RepairWording() {}

    /** For a flow that a change would break. */
    static List<String> of(Repair repair) {
        return of(repair, "to keep it, ");
    }

    /** For a flow that is broken already. */
    public static List<String> ofBroken(Repair repair) {
        return of(repair, "to repair it, ");
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
