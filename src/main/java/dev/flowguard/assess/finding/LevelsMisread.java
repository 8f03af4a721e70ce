package dev.flowguard.assess.finding;

import dev.flowguard.assess.Severity;
import dev.flowguard.assess.finding.diagnosis.Diagnosis;
import dev.flowguard.assess.finding.diagnosis.Examination;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.cluster.object.NamespaceEntry;
import dev.flowguard.contract.ImpliedLevels;
import java.util.stream.Stream;

/** The Namespace's annotation that chooses levels of findings has a mistake. Wherever findings are shown, this is shown too. */
final class LevelsMisread implements Diagnosis {
    static final FindingKind KIND = FindingKind.of(
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
    public boolean looksAround() {
        return false;
    }

    @Override
    public Stream<Remark> examine(Examination examination) {
        NamespaceEntry namespace = examination.shard().entry();
        String implied = namespace.settings().getOrDefault(ImpliedLevels.ANNOTATION, "");
        return Stream.concat(
                FindingLevels.USUAL.in(namespace).problems().stream()
                        .map(problem -> remark(FindingLevels.ANNOTATION, namespace.name(), problem)),
                ImpliedLevels.USUAL.with(implied).problems().stream()
                        .map(problem -> remark(ImpliedLevels.ANNOTATION, namespace.name(), problem)));
    }

    private static Remark remark(String annotation, String namespace, String problem) {
        return Remark.of(
                        KIND,
                        "metadata.namespace",
                        "The annotation " + annotation + " of Namespace " + namespace
                                + " has an entry that is not in force: " + problem,
                        "Namespace " + namespace + " has a mistake in " + annotation + ": " + problem,
                        "Namespace " + namespace + ": " + problem,
                        annotation + " of the Namespace has a mistake")
                .unlessStillToCome();
    }
}
