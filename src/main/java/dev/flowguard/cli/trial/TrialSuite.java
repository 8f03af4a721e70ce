package dev.flowguard.cli.trial;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flowguard.config.BadInput;
import dev.flowguard.feed.PlainYaml;
import dev.flowguard.net.Quoted;
import dev.flowguard.policy.Spelling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The trials of one file, which is named {@code flowguard-test.yaml}; what it names is relative to its folder. */
record TrialSuite(Path file, List<Trial> trials) {
    static final String FILE = "flowguard-test.yaml";

    private static final Set<String> SUITE_FIELDS = Set.of("manifests", "options", "tests");
    /**
     * How the file may have the changes judged. Whoever writes it may be a stranger whose pull request is tested: what is read, and with whose
     * credentials, is said on the command line.
     */
    private static final Set<String> OPTIONS = Set.of(
            "-R",
            "--recursive",
            "--strict",
            "--cni",
            "--dns",
            "--implied",
            "--findings",
            "--as",
            "--as-group",
            "-n",
            "--namespace");

    private static final Set<String> TRIAL_FIELDS = Set.of("name", "change", "delete", "expect", "flows", "findings");

    TrialSuite {
        trials = List.copyOf(trials);
    }

    /** The suites of a folder and its subfolders, or of one file. */
    static List<Path> files(Path path) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(file -> file.endsWith(FILE)).sorted().toList();
        } catch (IOException e) {
            throw new BadInput(path + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** @param given the options that say what the cluster is; where there are none the file says it */
    static TrialSuite read(Path file, List<String> given) {
        List<String> mistakes = new ArrayList<>();
        List<Trial> trials = new ArrayList<>();
        try {
            for (JsonNode suite : PlainYaml.read(file, mistakes)) {
                unknown(suite, SUITE_FIELDS, file + "", mistakes);
                List<String> cluster = new ArrayList<>(given);
                if (given.isEmpty()) {
                    texts(suite.path("manifests"))
                            .forEach(folder -> cluster.addAll(List.of("-f", resolved(file, folder))));
                }
                cluster.addAll(options(suite, file, mistakes));
                if (suite.path("tests").isEmpty()) {
                    mistakes.add(
                            file + ": tests is missing: expected a list of tests, each with name, change and expect");
                }
                for (JsonNode test : suite.path("tests")) {
                    trials.add(trial(file, test, cluster, mistakes));
                }
            }
        } catch (IOException e) {
            throw new BadInput(file + " cannot be read: " + e.getMessage(), e);
        }
        if (!mistakes.isEmpty()) {
            throw BadInput.list(file + " cannot be used:", mistakes);
        }
        return new TrialSuite(file, trials);
    }

    private static Trial trial(Path file, JsonNode test, List<String> cluster, List<String> mistakes) {
        String name = test.path("name").asText("");
        String place = file + ": " + (name.isEmpty() ? "a test" : name);
        unknown(test, TRIAL_FIELDS, place, mistakes);
        if (name.isEmpty()) {
            mistakes.add(place + ": name is missing");
        }
        List<String> arguments = new ArrayList<>(cluster);
        texts(test.path("change")).forEach(change -> arguments.addAll(List.of("--change", resolved(file, change))));
        texts(test.path("delete")).forEach(object -> arguments.addAll(List.of("--delete", object)));
        if (arguments.size() == cluster.size()) {
            mistakes.add(place + ": has neither change nor delete");
        }
        return new Trial(
                name,
                arguments,
                decision(test, place, mistakes),
                list(test.path("flows")),
                list(test.path("findings")));
    }

    private static TrialDecision decision(JsonNode test, String place, List<String> mistakes) {
        String text = test.path("expect").asText("");
        List<String> known =
                Stream.of(TrialDecision.values()).map(TrialDecision::name).toList();
        if (!known.contains(text)) {
            mistakes.add(place + ": expect: \"" + text + "\" is not one of " + String.join(", ", known)
                    + Spelling.hint(text, known));
            return TrialDecision.admitted;
        }
        return TrialDecision.valueOf(text);
    }

    private static List<String> options(JsonNode suite, Path file, List<String> mistakes) {
        List<String> options = texts(suite.path("options"));
        options.stream()
                // With @ begins a file that has more options in it.
                .filter(option -> option.startsWith("@") || option.startsWith("-") && !OPTIONS.contains(name(option)))
                .forEach(option -> mistakes.add(file + ": options: " + Quoted.of(option)
                        + " is not one that a file may give: expected " + String.join(", ", new TreeSet<>(OPTIONS))
                        + "; give others on the command line"));
        return options;
    }

    private static String name(String option) {
        return option.replaceFirst("=.*", "");
    }

    private static void unknown(JsonNode node, Set<String> fields, String place, List<String> mistakes) {
        node.fieldNames().forEachRemaining(field -> {
            if (!fields.contains(field)) {
                mistakes.add(place + ": there is no field " + field + Spelling.hint(field, fields));
            }
        });
    }

    private static Optional<List<String>> list(JsonNode node) {
        return node.isMissingNode() ? Optional.empty() : Optional.of(texts(node));
    }

    /** One text, or a list of them; options may stand in one. */
    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isTextual()) {
            texts.addAll(Arrays.asList(node.asText().split("\\s+")));
        }
        node.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static String resolved(Path file, String name) {
        return file.resolveSibling(name).normalize().toString();
    }
}
