package dev.flowguard.cli.trial;

import com.fasterxml.jackson.databind.JsonNode;

/** What becomes of changes: the worst that becomes of one of them. The names are those of the file. */
@SuppressWarnings("checkstyle:ConstantName")
enum TrialDecision {
    admitted,
    warned,
    rejected;

    /** @param answer what {@code check -o json} prints */
    static TrialDecision of(JsonNode answer) {
        TrialDecision worst = admitted;
        for (JsonNode change : answer.path("changes")) {
            TrialDecision one = change.path("decision").asText().equals("reject")
                    ? rejected
                    : change.path("warnings").isEmpty() ? admitted : warned;
            worst = one.compareTo(worst) > 0 ? one : worst;
        }
        return worst;
    }
}
