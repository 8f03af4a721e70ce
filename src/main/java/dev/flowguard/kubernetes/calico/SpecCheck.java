package dev.flowguard.kubernetes.calico;

import dev.flowguard.kubernetes.field.Notes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What Calico's API refuses of a policy beyond its schema and its rules (OTHER-POLICIES K25, K29). */
final class SpecCheck {
    private final Fields spec;
    private final Notes notes;

    SpecCheck(Fields spec, Notes notes) {
        this.spec = spec;
        this.notes = notes;
    }

    void check() {
        Set<String> seen = new HashSet<>();
        for (Fields type : spec.items("types")) {
            if (!seen.add(type.text())) {
                notes.problem(type.path(), type.text() + " is there twice: write it once");
            }
        }
        boolean untracked = spec.flag("doNotTrack");
        boolean beforeDnat = spec.flag("preDNAT");
        if (untracked && beforeDnat) {
            notes.problem(spec.path().field("preDNAT"), "cannot be true beside doNotTrack: write a policy for each");
        }
        if (beforeDnat
                && (!spec.items("egress").isEmpty() || spec.texts("types").contains("Egress"))) {
            notes.problem(spec.path().field("preDNAT"), "is for ingress alone: take egress and the type Egress out");
        }
        if ((untracked || beforeDnat) && !spec.flag("applyOnForward")) {
            notes.problem(
                    spec.path().field("applyOnForward"),
                    "must be true beside " + List.of("preDNAT", "doNotTrack").get(untracked ? 1 : 0));
        }
    }
}
