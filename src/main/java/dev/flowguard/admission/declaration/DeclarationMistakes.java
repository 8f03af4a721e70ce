package dev.flowguard.admission.declaration;

import dev.flowguard.admission.decision.Wording;
import dev.flowguard.assess.finding.diagnosis.Message;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.AnnotationLanguage;
import dev.flowguard.contract.ContractProblem;
import java.util.List;

/** What of a declaration could not be read, each mistake with its place and what was expected. */
final class DeclarationMistakes {
    private static final String PREFIX = "flowguard.dev/";

    /** Under these its author finds the place without the prefix; a misspelt key is better told whole. */
    private static final List<String> KNOWN =
            List.of(AnnotationLanguage.EGRESS_TO, AnnotationLanguage.INGRESS_FROM, AnnotationLanguage.ENFORCEMENT);

    private static final String FIRST_LINE = ", line 1, column ";
    private static final String HINT = "; did you mean ";
    private static final String CUT = "…";

    private DeclarationMistakes() {}

    static List<String> of(Observation observation) {
        return observation.contracts().stream()
                .flatMap(contract -> contract.problems().stream())
                .map(DeclarationMistakes::line)
                .distinct()
                .toList();
    }

    private static String line(ContractProblem problem) {
        String place = problem.place();
        String shorter =
                place.startsWith(PREFIX) ? place.substring(PREFIX.length()).replace(FIRST_LINE, ", column ") : place;
        boolean known = KNOWN.stream().anyMatch(place::startsWith);
        return Message.fitting(
                known ? List.of(shorter + ": ") : List.of(place + ": ", shorter + ": "),
                List.of(
                        problem.message(),
                        fitted(problem.message(), Wording.MOST_CHARACTERS_OF_WARNING - shorter.length() - 2)),
                Wording.MOST_CHARACTERS_OF_WARNING);
    }

    /** What was probably meant outlasts what else could have been. */
    private static String fitted(String message, int longest) {
        int hint = message.lastIndexOf(HINT);
        if (hint < 0 || message.length() <= longest || message.length() - hint + CUT.length() > longest) {
            return message;
        }
        String tail = message.substring(hint);
        return message.substring(0, longest - tail.length() - CUT.length()) + CUT + tail;
    }
}
