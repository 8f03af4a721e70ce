package dev.flowguard.cli.check;

import dev.flowguard.assess.repair.RepairPlan;
import dev.flowguard.cli.Version;
import dev.flowguard.report.ManifestPlaces;
import dev.flowguard.report.MarkdownReport;
import dev.flowguard.report.RepairYaml;
import dev.flowguard.report.Report;
import dev.flowguard.report.SarifReport;
import java.util.function.Function;
import java.util.function.Supplier;

/** How {@code check} writes its answer; the names are what the user types. */
@SuppressWarnings("checkstyle:ConstantName")
enum CheckFormat {
    text,
    json,
    sarif,
    markdown,
    repair;

    /**
     * The answer in this format, without the last line's end.
     *
     * @param asText each of the first two formats as it is written for what was asked
     * @param repairs of what the report finds broken; sought only by the formats that tell them
     */
    String write(
            Supplier<String> asText,
            Supplier<String> asJson,
            Supplier<Report> report,
            Function<Report, RepairPlan> repairs,
            ManifestPlaces places) {
        return switch (this) {
            case text -> asText.get();
            case json -> asJson.get();
            case sarif -> new SarifReport(places, Version.text()).of(report.get());
            case markdown -> {
                Report told = report.get();
                yield new MarkdownReport(new RepairYaml(places))
                        .of(told, repairs.apply(told))
                        .stripTrailing();
            }
            case repair ->
                new RepairYaml(places).of(repairs.apply(report.get())).stripTrailing();
        };
    }
}
