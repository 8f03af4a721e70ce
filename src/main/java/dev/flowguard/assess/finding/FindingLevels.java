package dev.flowguard.assess.finding;

import dev.flowguard.assess.FindingLevel;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Nearness;
import dev.flowguard.cluster.object.NamespaceEntry;
import dev.flowguard.net.Quoted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which level each finding has: {@code selects-nothing=Off, dns-egress-cut=Deny}, separated by commas or new lines; {@code all}
 * stands for every finding, and what comes later counts. Findings that are not named keep their usual level.
 *
 * @param chosen by id
 */
public record FindingLevels(Map<String, FindingLevel> chosen) {
    /** The annotation of a Namespace that chooses levels for its policies, over what is configured. */
    public static final String ANNOTATION = "flowguard.dev/findings";

    public static final FindingLevels USUAL = new FindingLevels(Map.of());

    private static final String ALL = "all";
    private static final Pattern SEPARATOR = Pattern.compile("[,\\n]");

    /**
     * What was read, and what could not be.
     *
     * @param problems a sentence for each entry that is no choice of a level; the other entries are in force
     */
    public record Reading(FindingLevels levels, List<String> problems) {
        public Reading {
            problems = List.copyOf(problems);
        }
    }

    public FindingLevels {
        chosen = Map.copyOf(chosen);
    }

    /**
     * Reads levels to put over the usual ones.
     *
     * @throws IllegalArgumentException with a sentence for each mistake
     */
    public static FindingLevels parse(String text) {
        Reading reading = USUAL.with(text);
        if (!reading.problems().isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", reading.problems()));
        }
        return reading.levels();
    }

    /** These levels with those of the text put over them. */
    public Reading with(String text) {
        Map<String, FindingLevel> levels = new HashMap<>(chosen);
        List<String> problems = new ArrayList<>();
        for (String entry : SEPARATOR.split(text, -1)) {
            if (!entry.isBlank()) {
                read(entry.strip(), levels).ifPresent(problems::add);
            }
        }
        return new Reading(new FindingLevels(levels), problems);
    }

    /** These levels with those of the Namespace's annotation put over them. */
    public Reading in(NamespaceEntry namespace) {
        String text = namespace.settings().getOrDefault(ANNOTATION, "");
        return text.isEmpty() ? new Reading(this, List.of()) : with(text);
    }

    public FindingLevel of(FindingKind kind) {
        return chosen.getOrDefault(kind.id(), kind.usually());
    }

    /** Puts the entry into the levels, or says what is wrong with it. */
    private static Optional<String> read(String entry, Map<String, FindingLevel> levels) {
        int equals = entry.indexOf('=');
        if (equals < 0) {
            return Optional.of(Quoted.of(entry) + " has no level: expected something like selects-nothing=Off");
        }
        String id = entry.substring(0, equals).strip();
        List<String> ids = Findings.kinds().stream().map(FindingKind::id).toList();
        if (!id.equals(ALL) && !ids.contains(id)) {
            return Optional.of(Quoted.of(id) + " is no finding" + Nearness.didYouMean(id, ids));
        }
        try {
            FindingLevel level = FindingLevel.parse(entry.substring(equals + 1).strip());
            (id.equals(ALL) ? ids : List.of(id)).forEach(each -> levels.put(each, level));
            return Optional.empty();
        } catch (IllegalArgumentException mistake) {
            return Optional.of(id + ": " + mistake.getMessage());
        }
    }
}
