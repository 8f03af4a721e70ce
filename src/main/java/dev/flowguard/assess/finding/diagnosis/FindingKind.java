package dev.flowguard.assess.finding.diagnosis;

import dev.flowguard.assess.FindingLevel;
import dev.flowguard.assess.Severity;

/**
 * One kind of finding and its page of documentation.
 *
 * @param id in kebab case; also the anchor of its documentation
 * @param usually its level where nobody chose another
 * @param title one line without a full stop
 * @param text what it means, what to do about it, and when it is no mistake; paragraphs of Markdown
 */
public record FindingKind(String id, Severity severity, FindingLevel usually, String title, String text) {
    /** One that warns where nobody chose another level. */
    public static FindingKind of(String id, Severity severity, String title, String text) {
        return new FindingKind(id, severity, FindingLevel.WARN, title, text.strip());
    }
}
