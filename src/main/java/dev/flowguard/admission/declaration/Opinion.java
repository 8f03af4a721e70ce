package dev.flowguard.admission.declaration;

import dev.flowguard.admission.decision.Wording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is thought of a declaration. It never stands in the way of the object.
 *
 * @param problems what its author should look at, the gravest first
 * @param remarks what else is worth a line
 * @param age of the state by which it was formed, as text; empty where there was none
 */
public record Opinion(Outcome outcome, List<String> problems, List<String> remarks, String age) {
    /** Why there is no more to say, or what came out. */
    public enum Outcome {
        NOT_CONCERNED("not-concerned"),
        REMOVED("removed"),
        BEING_FINALIZED("being-finalized"),
        /** The API server refuses the object itself. */
        INVALID_OBJECT("invalid-object"),
        DECLARES_NOTHING("declares-nothing"),
        /** The cluster's state is not known; only the spelling was looked at. */
        NOT_READY("not-ready"),
        /** A change that is no policy's, and cuts no flow. */
        CUTS_NOTHING("cuts-nothing"),
        CUTS_FLOWS("cuts-flows"),
        SOUND("declaration-sound"),
        QUESTIONABLE("declaration-questionable");

        private final String reason;

        Outcome(String reason) {
            this.reason = reason;
        }

        /** In kebab case, for logs, metrics and audit annotations. */
        public String reason() {
            return reason;
        }
    }

    public Opinion {
        problems = List.copyOf(problems);
        remarks = List.copyOf(remarks);
    }

    static Opinion none(Outcome why) {
        return new Opinion(why, List.of(), List.of(), "");
    }

    static Opinion formedBy(DeclarationWarnings warnings, Duration age) {
        List<String> problems = warnings.problems();
        return new Opinion(
                problems.isEmpty() ? Outcome.SOUND : Outcome.QUESTIONABLE,
                problems,
                warnings.remarks(),
                age.toMillis() + "ms");
    }

    static Opinion ofCut(List<String> cut, Duration age) {
        return new Opinion(
                cut.isEmpty() ? Outcome.CUTS_NOTHING : Outcome.CUTS_FLOWS, cut, List.of(), age.toMillis() + "ms");
    }

    /** As it is told, within the API server's limits. */
    public Wording.Said said() {
        List<String> all = new ArrayList<>(problems);
        all.addAll(remarks);
        Map<String, String> audit = new LinkedHashMap<>();
        audit.put("decision", "admit");
        audit.put("reason", outcome.reason());
        audit.put("problems", Integer.toString(problems.size()));
        if (!age.isEmpty()) {
            audit.put("snapshot-age", age);
        }
        return new Wording.Said("", List.of(), all, audit);
    }
}
