package dev.flowguard.report;

import dev.flowguard.assess.finding.Findings;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import java.util.stream.Collectors;

/** The pages about findings, made of what each kind says of itself, so that they cannot differ from it. */
public final class Documentation {
    private static final String HEAD = """
            # Findings

            A finding names a mistake in a NetworkPolicy and needs no contract. `flowguard findings` lists the kinds,
            `flowguard findings ID` explains one. Each can be `Off`, `Warn` or `Deny`: with the option `flowguard.findings`, with
            `flowguard check --findings`, and for one namespace with the annotation `flowguard.dev/findings` of the Namespace.
            """;

    private Documentation() {}

    /** All sections, as one page of Markdown. */
    public static String page() {
        return HEAD + Findings.kinds().stream().map(Documentation::section).collect(Collectors.joining());
    }

    /** The section about one kind. */
    public static String section(FindingKind kind) {
        return "\n## " + kind.id() + "\n\n**" + kind.title() + ".** Severity: "
                + kind.severity().spelling() + ". Level where none is chosen: " + kind.usually() + ".\n\n" + kind.text()
                + "\n";
    }

    /** The first paragraph, on one line and without marks. */
    static String firstParagraph(FindingKind kind) {
        return plain(kind.text().split("\n\n", 2)[0]).replace('\n', ' ');
    }

    /** Without the marks of Markdown. */
    public static String plain(String markdown) {
        return markdown.replace("`", "").replace("**", "");
    }
}
