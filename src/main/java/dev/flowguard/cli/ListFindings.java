package dev.flowguard.cli;

import dev.flowguard.assess.finding.FindingLevels;
import dev.flowguard.assess.finding.Findings;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.cli.input.SharedConfig;
import dev.flowguard.config.BadInput;
import dev.flowguard.report.Documentation;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code flowguard findings}: lists what can be found in a policy, and explains one kind. */
@Command(
        name = "findings",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Lists the kinds of findings: mistakes in policies that need no contract to be seen.",
            "With an ID it explains one: what it means, how to fix it, and when it is no mistake."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  flowguard findings", "  flowguard findings selects-nothing"})
final class ListFindings implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "The finding to explain, such as selects-nothing.")
    private @Nullable String id;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text (default) or markdown.")
    @SuppressWarnings("NullAway.Init")
    private Format format;

    /** How the answer is written. */
    @SuppressWarnings("checkstyle:ConstantName")
    enum Format {
        text,
        markdown
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        String answer = id == null ? all() : one(kind(id));
        out.println(answer.stripTrailing().replace("\n", System.lineSeparator()));
        out.flush();
        return 0;
    }

    private String all() {
        if (format == Format.markdown) {
            return Documentation.page();
        }
        StringBuilder list = new StringBuilder();
        FindingLevels levels = SharedConfig.read().findings();
        for (FindingKind kind : Findings.kinds()) {
            list.append(String.format(
                    Locale.ROOT,
                    "%-28s %-8s %-5s %s%n",
                    kind.id(),
                    kind.severity().spelling(),
                    levels.of(kind),
                    kind.title()));
        }
        return list.toString();
    }

    private String one(FindingKind kind) {
        if (format == Format.markdown) {
            return Documentation.section(kind).strip();
        }
        return kind.id() + ": " + kind.title() + "\nseverity " + kind.severity().spelling() + ", level "
                + kind.usually() + " where none is chosen (--findings " + kind.id()
                + "=Off|Warn|Deny)\n\n" + Documentation.plain(kind.text());
    }

    private static FindingKind kind(String id) {
        return Findings.kinds().stream()
                .filter(kind -> kind.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new BadInput("\"" + id + "\" is no finding" + Findings.didYouMean(id)
                        + "\n`flowguard findings` lists them."));
    }
}
