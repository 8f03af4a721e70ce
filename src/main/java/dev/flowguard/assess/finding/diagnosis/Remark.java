package dev.flowguard.assess.finding.diagnosis;

import dev.flowguard.assess.FindingLevel;
import dev.flowguard.assess.Severity;
import java.util.List;

/**
 * What a diagnosis found, before the level is known.
 *
 * @param place the field
 * @param summaries the same in one line, from the fullest to the shortest; the first that fits is used
 * @param severity that of the kind, or less
 * @param strongest the most it may do, whatever level is chosen
 */
public record Remark(
        String place, List<String> summaries, String explanation, Severity severity, FindingLevel strongest) {
    public Remark {
        summaries = List.copyOf(summaries);
    }

    public static Remark of(FindingKind kind, String place, String explanation, String... summaries) {
        return new Remark(place, List.of(summaries), explanation, kind.severity(), FindingLevel.DENY);
    }

    public Remark asNote() {
        return new Remark(place, summaries, explanation, Severity.NOTE, strongest);
    }

    /** What is missed may still be on its way, so this never rejects: objects arrive in any order. */
    public Remark unlessStillToCome() {
        return new Remark(place, summaries, explanation, severity, FindingLevel.WARN);
    }
}
