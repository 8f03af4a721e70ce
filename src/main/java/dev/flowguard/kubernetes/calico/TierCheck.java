package dev.flowguard.kubernetes.calico;

import dev.flowguard.kubernetes.field.FieldPath;
import dev.flowguard.kubernetes.field.Notes;
import dev.flowguard.policy.calico.Tier;
import java.util.regex.Pattern;

/** What Calico's API refuses of a tier: the ones that it makes itself stay as they are (OTHER-POLICIES K4). */
final class TierCheck {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private final Fields spec;
    private final String name;
    private final Notes notes;

    TierCheck(Fields spec, String name, Notes notes) {
        this.spec = spec;
        this.name = name;
        this.notes = notes;
    }

    void check() {
        if (!NAME.matcher(name).matches()) {
            notes.problem(
                    FieldPath.of("metadata", "name"),
                    "is no name of a tier: expected at most 63 lower-case letters, digits and \"-\", without a \".\"");
        }
        for (Tier fixed : Tier.BUILT_IN) {
            if (fixed.name().equals(name)) {
                String action = fixed.passes() ? "Pass" : "Deny";
                if (!spec.text("defaultAction").equals(action)) {
                    notes.problem(
                            spec.path().field("defaultAction"),
                            "of the tier " + name + " must be " + action + ": leave it as it is");
                }
                if (spec.field("order").value().asDouble(Double.NaN) != fixed.order()) {
                    notes.problem(
                            spec.path().field("order"),
                            "of the tier " + name + " must be " + (long) fixed.order() + ": leave it as it is");
                }
            }
        }
    }
}
