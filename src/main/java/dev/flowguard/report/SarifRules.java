package dev.flowguard.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.assess.FindingLevel;
import dev.flowguard.assess.Severity;
import dev.flowguard.assess.finding.Findings;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import java.util.List;
import java.util.stream.Stream;

/** What SARIF is told of each kind of result: first those of flows, then the findings. */
final class SarifRules {
    static final String CONTRACT_MISTAKE = "contract-mistake";

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final List<FlowKind> FLOWS = Stream.of(FlowKind.values())
            .filter(kind -> kind != FlowKind.REPAIRED)
            .toList();
    private static final List<String> IDS = Stream.of(
                    FLOWS.stream().map(FlowKind::id),
                    Stream.of(CONTRACT_MISTAKE),
                    Findings.kinds().stream().map(FindingKind::id))
            .flatMap(ids -> ids)
            .toList();

    private SarifRules() {}

    static int index(String id) {
        return IDS.indexOf(id);
    }

    static ArrayNode all() {
        ArrayNode rules = MAPPER.createArrayNode();
        FLOWS.forEach(kind -> rule(rules, kind.id(), kind.title(), kind.text(), level(kind)));
        rule(
                rules,
                CONTRACT_MISTAKE,
                "A contract has a mistake",
                "A part of a FlowContract or of an annotation cannot be understood. The other flows stay in force.",
                Grade.WARNING);
        Findings.kinds().forEach(kind -> finding(rules, kind));
        return rules;
    }

    private static Grade level(FlowKind kind) {
        return switch (kind) {
            case NEWLY_BROKEN, BROKEN -> Grade.ERROR;
            case NEW_AND_BROKEN, UNDETERMINED -> Grade.WARNING;
            case STILL_BROKEN, UNBOUND, UNENFORCED, UNDECLARED, REPAIRED -> Grade.NOTE;
        };
    }

    private static void finding(ArrayNode rules, FindingKind kind) {
        ObjectNode rule = rule(
                rules,
                kind.id(),
                kind.title(),
                Documentation.firstParagraph(kind),
                kind.severity() == Severity.NOTE ? Grade.NOTE : Grade.WARNING);
        rule.putObject("help").put("text", Documentation.plain(kind.text())).put("markdown", kind.text());
        if (kind.usually() == FindingLevel.OFF) {
            rule.withObjectProperty("defaultConfiguration").put("enabled", false);
        }
    }

    private static ObjectNode rule(ArrayNode rules, String id, String title, String text, Grade level) {
        ObjectNode rule = rules.addObject();
        rule.put("id", id);
        rule.putObject("shortDescription").put("text", title);
        rule.putObject("fullDescription").put("text", text);
        rule.putObject("defaultConfiguration").put("level", level.spelling());
        return rule;
    }
}
