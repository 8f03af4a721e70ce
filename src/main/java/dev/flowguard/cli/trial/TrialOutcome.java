package dev.flowguard.cli.trial;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How a trial went.
 *
 * @param failures how the answer differs from what was expected; none: it passed
 */
record TrialOutcome(Trial trial, long millis, List<String> failures) {
    TrialOutcome {
        failures = List.copyOf(failures);
    }

    boolean passed() {
        return failures.isEmpty();
    }

    static TrialOutcome of(Trial trial, long millis, JsonNode answer) {
        List<String> failures = new ArrayList<>();
        TrialDecision decision = TrialDecision.of(answer);
        if (decision != trial.decision()) {
            failures.add("expected " + trial.decision() + ", was " + decision + reasons(answer));
        }
        trial.flows().ifPresent(expected -> flows(expected, answer, failures));
        trial.findings().ifPresent(expected -> findings(expected, answer, failures));
        return new TrialOutcome(trial, millis, failures);
    }

    private static String reasons(JsonNode answer) {
        List<String> told = new ArrayList<>();
        for (JsonNode change : answer.path("changes")) {
            change.path("message")
                    .asText("")
                    .lines()
                    .map(String::strip)
                    .limit(3)
                    .forEach(told::add);
            change.path("warnings").forEach(warning -> told.add(warning.asText()));
        }
        return told.isEmpty() ? "" : ": " + String.join("; ", told);
    }

    private static void flows(List<String> expected, JsonNode answer, List<String> failures) {
        SortedSet<String> broken = new TreeSet<>();
        SortedSet<String> unexpected = new TreeSet<>();
        for (JsonNode change : answer.path("changes")) {
            for (JsonNode flow : change.path("flows")) {
                if (flow.path("effect").asText().equals("NEWLY_BROKEN")) {
                    String name = flow.path("flow").asText();
                    String contract = flow.path("contract").asText().replaceFirst("^\\S+ ", "");
                    List<String> names = List.of(name, contract + "/" + name);
                    broken.addAll(names);
                    if (names.stream().noneMatch(expected::contains)) {
                        unexpected.add(contract + "/" + name);
                    }
                }
            }
        }
        differences("flow", "broken", expected, broken, unexpected, failures);
    }

    private static void findings(List<String> expected, JsonNode answer, List<String> failures) {
        SortedSet<String> found = new TreeSet<>();
        answer.path("changes")
                .forEach(change -> change.path("findings")
                        .forEach(finding -> found.add(finding.path("id").asText())));
        SortedSet<String> unexpected = new TreeSet<>(found);
        unexpected.removeAll(expected);
        differences("finding", "told", expected, found, unexpected, failures);
    }

    private static void differences(
            String what,
            String verb,
            List<String> expected,
            Collection<String> found,
            SortedSet<String> unexpected,
            List<String> failures) {
        expected.stream()
                .filter(each -> !found.contains(each))
                .forEach(each -> failures.add(what + " " + each + " was expected to be " + verb + ", and is not"));
        unexpected.forEach(each -> failures.add(what + " " + each + " is " + verb + ", which was not expected"));
    }
}
