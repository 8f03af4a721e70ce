package dev.flowguard.cli.plan;

import java.util.List;
import java.util.function.Function;

/** The formats in which a plan is written; the names are those of the option. */
@SuppressWarnings("checkstyle:ConstantName")
public enum PlanFormat {
    text(PlanText::lines),
    json(PlanJson::lines),
    argocd(ArgoCdWaves::lines),
    flux(FluxGroups::lines);

    @SuppressWarnings("ImmutableEnumChecker") // Writers keep nothing.
    private final Function<PlanReport, List<String>> writer;

    PlanFormat(Function<PlanReport, List<String>> writer) {
        this.writer = writer;
    }

    public List<String> lines(PlanReport report) {
        return writer.apply(report);
    }
}
