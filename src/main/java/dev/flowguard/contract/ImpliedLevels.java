package dev.flowguard.contract;

import dev.flowguard.net.Quoted;
import dev.flowguard.policy.Spelling;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the implied flows of each kind may do about a change that cuts them: {@code cluster-dns=Deny, metrics=Off}, separated by commas
 * or new lines; {@code all} stands for every kind, and what comes later counts. A kind that is not there is off.
 */
public record ImpliedLevels(Map<ImpliedKind, Enforcement> on) {
    /** The annotation of a Namespace that chooses levels for changes in it, over what is configured. */
    public static final String ANNOTATION = "flowguard.dev/implied";

    private static final String ALL = "all";
    private static final String OFF = "Off";
    private static final Pattern SEPARATOR = Pattern.compile("[,\\n]");

    /** Each kind warns. */
    public static final ImpliedLevels USUAL = all(Enforcement.WARN);

    public static final ImpliedLevels NONE = new ImpliedLevels(Map.of());

    /**
     * What was read, and what could not be.
     *
     * @param problems a sentence for each entry that is no choice of a level; the other entries are in force
     */
    public record Reading(ImpliedLevels levels, List<String> problems) {
        public Reading {
            problems = List.copyOf(problems);
        }
    }

    public ImpliedLevels {
        on = Map.copyOf(on);
    }

    private static ImpliedLevels all(Enforcement level) {
        Map<ImpliedKind, Enforcement> on = new EnumMap<>(ImpliedKind.class);
        Stream.of(ImpliedKind.values()).forEach(kind -> on.put(kind, level));
        return new ImpliedLevels(on);
    }

    /**
     * Reads levels to put over the usual ones.
     *
     * @throws IllegalArgumentException with a sentence for each mistake
     */
    public static ImpliedLevels parse(String text) {
        Reading reading = USUAL.with(text);
        if (!reading.problems().isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", reading.problems()));
        }
        return reading.levels();
    }

    /** These levels with those of the text put over them. */
    public Reading with(String text) {
        Map<ImpliedKind, Enforcement> levels = new EnumMap<>(ImpliedKind.class);
        levels.putAll(on);
        List<String> problems = new ArrayList<>();
        for (String entry : SEPARATOR.split(text, -1)) {
            if (!entry.isBlank()) {
                read(entry.strip(), levels).ifPresent(problems::add);
            }
        }
        return new Reading(new ImpliedLevels(levels), problems);
    }

    /** The level of that kind; empty where it is off. */
    public Optional<Enforcement> of(ImpliedKind kind) {
        return Optional.ofNullable(on.get(kind));
    }

    public boolean isOn(ImpliedKind kind) {
        return on.containsKey(kind);
    }

    /** Puts the entry into the levels, or says what is wrong with it. */
    private static Optional<String> read(String entry, Map<ImpliedKind, Enforcement> levels) {
        int equals = entry.indexOf('=');
        if (equals < 0) {
            return Optional.of(Quoted.of(entry) + " has no level: expected something like cluster-dns=Deny");
        }
        String id = entry.substring(0, equals).strip();
        List<String> ids = Stream.of(ImpliedKind.values()).map(ImpliedKind::id).toList();
        if (!id.equals(ALL) && !ids.contains(id)) {
            return Optional.of(Quoted.of(id) + " is no kind of implied flow: expected " + String.join(", ", ids)
                    + " or " + ALL + Spelling.hint(id, ids));
        }
        List<ImpliedKind> meant = ImpliedKind.of(id).map(List::of).orElseGet(() -> List.of(ImpliedKind.values()));
        String level = entry.substring(equals + 1).strip();
        if (level.equals(OFF)) {
            meant.forEach(levels::remove);
            return Optional.empty();
        }
        if (level.equals(Enforcement.WARN.spelling()) || level.equals(Enforcement.DENY.spelling())) {
            meant.forEach(kind -> levels.put(kind, Enforcement.parse(level)));
            return Optional.empty();
        }
        return Optional.of(id + ": " + Quoted.of(level) + " is not one of Off, Warn, Deny");
    }
}
