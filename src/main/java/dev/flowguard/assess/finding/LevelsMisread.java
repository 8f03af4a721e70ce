package dev.flowguard.assess.finding;

import dev.flowguard.assess.Severity;
import java.util.stream.Stream;

/** The Namespace's annotation that chooses levels of findings has a mistake. Wherever findings are shown, this is shown too. */
final class LevelsMisread implements Diagnosis {
    private static final FindingKind KIND = FindingKind.of(
            "findings-annotation", Severity.NOTE, "The findings annotation of the Namespace has a mistake", """
            The annotation `flowguard.dev/findings` of a Namespace chooses what findings may do there, over what is configured:
            `selects-nothing=Off, dns-egress-cut=Deny`. Entries are separated by commas or new lines; a level is `Off`, `Warn` or
            `Deny`; `all` stands for every finding.

            An entry that cannot be read is reported, and the others are in force.
            """);

    @Override
    public FindingKind kind() {
        return KIND;
    }

    @Override
    public Stream<Remark> examine(Examination examination) {
        String namespace = examination.shard().name();
        return FindingLevels.USUAL.in(examination.shard().entry()).problems().stream()
                .map(problem -> Remark.of(
                        KIND,
                        "metadata.namespace",
                        "The annotation " + FindingLevels.ANNOTATION + " of Namespace " + namespace
                                + " has an entry that is not in force: " + problem,
                        "Namespace " + namespace + " has a mistake in " + FindingLevels.ANNOTATION + ": " + problem,
                        "Namespace " + namespace + ": " + problem,
                        FindingLevels.ANNOTATION + " of the Namespace has a mistake"))
                .map(Remark::unlessStillToCome);
    }
}
