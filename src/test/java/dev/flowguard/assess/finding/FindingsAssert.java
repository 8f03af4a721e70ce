package dev.flowguard.assess.finding;

import dev.flowguard.assess.Assessment;
import dev.flowguard.assess.Finding;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ListAssert;

/**
 * What is found. A finding is written as its severity, level and place on one line, its message on the next, and then its
 * explanation, wrapped anywhere; findings are separated by an empty line.
 */
final class FindingsAssert extends ListAssert<Finding> {
    private FindingsAssert(List<Finding> findings) {
        super(findings);
    }

    static FindingsAssert assertThat(List<Finding> findings) {
        return new FindingsAssert(findings);
    }

    static FindingsAssert assertThat(Assessment assessment) {
        return assertThat(assessment.findings());
    }

    /** Exactly these are found. */
    FindingsAssert read(String expected) {
        Assertions.assertThat(found().stream().map(FindingsAssert::text).collect(Collectors.joining("\n\n")))
                .isEqualTo(unwrapped(expected));
        return this;
    }

    /** Exactly findings with these ids are found, at these places: {@code selects-nothing spec.podSelector}. */
    FindingsAssert areAt(String... idsAndPlaces) {
        Assertions.assertThat(found())
                .as("%s", found())
                .extracting(finding -> finding.id() + " " + finding.place())
                .containsExactly(idsAndPlaces);
        return this;
    }

    FindingsAssert have(String message) {
        Assertions.assertThat(found()).extracting(Finding::message).contains(message);
        return this;
    }

    /** No finding of that id. */
    FindingsAssert haveNone(String id) {
        Assertions.assertThat(found()).extracting(Finding::id).doesNotContain(id);
        return this;
    }

    /** Nothing is found at all. */
    FindingsAssert areNone() {
        Assertions.assertThat(found()).isEmpty();
        return this;
    }

    private List<Finding> found() {
        return List.copyOf(actual);
    }

    private static String text(Finding finding) {
        return finding.severity().spelling() + ", " + finding.level() + ", " + finding.place() + "\n"
                + finding.message() + "\n" + finding.explanation().replaceAll("\\s+", " ");
    }

    private static String unwrapped(String expected) {
        return List.of(expected.strip().split("\n\n")).stream()
                .map(finding -> finding.split("\n", 3))
                .map(lines -> lines.length < 3
                        ? String.join("\n", lines)
                        : lines[0] + "\n" + lines[1] + "\n" + lines[2].replaceAll("\\s+", " "))
                .collect(Collectors.joining("\n\n"));
    }
}
