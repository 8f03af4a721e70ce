package dev.flowguard.report;

import dev.flowguard.assess.Finding;

/**
 * A finding in a report.
 *
 * @param denied whether the check fails because of it
 */
public record FindingEntry(Finding finding, boolean denied) {
    Grade grade() {
        if (denied) {
            return Grade.ERROR;
        }
        return switch (finding.severity()) {
            case ERROR, WARNING -> Grade.WARNING;
            case NOTE -> Grade.NOTE;
        };
    }
}
