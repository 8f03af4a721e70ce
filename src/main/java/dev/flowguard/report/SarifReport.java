package dev.flowguard.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.assess.Finding;
import dev.flowguard.net.Plain;
import dev.flowguard.wording.KindNames;
import dev.flowguard.wording.RepairWording;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A report in SARIF 2.1.0, for code scanning: every result at the line of the rule or policy that it is about, as far as that is written. */
public final class SarifReport {
    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

    /** Changes when what is hashed changes, so that old and new fingerprints are never compared. */
    private static final String FINGERPRINT = "flowguard/v1";

    private static final JsonMapper MAPPER = new JsonMapper();

    private final ManifestPlaces places;
    private final String version;

    /** @param version of this program */
    public SarifReport(ManifestPlaces places, String version) {
        this.places = places;
        this.version = version;
    }

    public String of(Report report) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("$schema", SCHEMA).put("version", "2.1.0");
        ObjectNode run = root.putArray("runs").addObject();
        ObjectNode driver = run.putObject("tool").putObject("driver");
        driver.put("name", "Flowguard").put("semanticVersion", version);
        driver.set("rules", SarifRules.all());
        run.put("columnKind", "utf16CodeUnits");
        ArrayNode results = run.putArray("results");
        report.flows().stream().filter(FlowEntry::isAmiss).forEach(flow -> flow(results.addObject(), flow));
        report.findings().forEach(finding -> finding(results.addObject(), finding));
        report.mistakes().forEach(mistake -> mistake(results.addObject(), mistake));
        return root.toPrettyString();
    }

    private void flow(ObjectNode result, FlowEntry entry) {
        result(result, entry.kind().id(), entry.grade(), text(entry));
        Optional<ManifestPlaces.Place> declared = places.of(entry.flow());
        Optional<ManifestPlaces.Place> blamed = entry.blame().stream()
                .flatMap(blame -> places.of(blame).stream())
                .findFirst();
        blamed.or(() -> declared)
                .or(() -> changed(entry))
                .ifPresent(place -> location(result.putArray("locations"), place));
        if (blamed.isPresent()) {
            declared.ifPresent(place -> location(result.putArray("relatedLocations"), place)
                    .putObject("message")
                    .put("text", "the flow is declared here"));
        }
        fingerprint(
                result,
                entry.kind().id(),
                entry.flow().toString(),
                entry.groups().stream().map(FlowEntry.Group::pairs).collect(Collectors.joining("|")));
    }

    /** Where the cluster is live, the change may be all that is written anywhere. */
    private Optional<ManifestPlaces.Place> changed(FlowEntry entry) {
        return entry.change().stream()
                .flatMap(policy -> places.of(new Blame(policy, "spec")).stream())
                .findFirst();
    }

    private static String text(FlowEntry entry) {
        Stream<String> groups = entry.groups().stream()
                .map(group -> group.pairs()
                        + (group.pairs().isEmpty() || group.reasons().isEmpty() ? "" : ": ")
                        + String.join("; ", group.reasons()));
        Stream<String> repair =
                entry.repair().map(RepairWording::ofBroken).stream().flatMap(List::stream);
        String because = entry.because().isEmpty() ? "" : " (" + entry.because() + ")";
        return Stream.of(Stream.of(entry.flow() + ": " + entry.kind().words() + because), groups, repair)
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n"));
    }

    private void finding(ObjectNode result, FindingEntry entry) {
        Finding finding = entry.finding();
        result(
                result,
                finding.id(),
                entry.grade(),
                KindNames.of(finding.policy()) + ", " + finding.place() + ": " + finding.explanation());
        places.of(new Blame(finding.policy(), finding.place()))
                .ifPresent(place -> location(result.putArray("locations"), place));
        fingerprint(result, finding.id(), KindNames.brief(finding.policy()), finding.message());
    }

    private void mistake(ObjectNode result, Report.Mistake mistake) {
        result(result, SarifRules.CONTRACT_MISTAKE, Grade.WARNING, mistake.contract() + ": " + mistake.problem());
        places.of(mistake).ifPresent(place -> location(result.putArray("locations"), place));
        fingerprint(
                result,
                SarifRules.CONTRACT_MISTAKE,
                mistake.contract().toString(),
                mistake.problem().toString());
    }

    private static void result(ObjectNode result, String rule, Grade grade, String text) {
        result.put("ruleId", rule).put("ruleIndex", SarifRules.index(rule)).put("level", grade.spelling());
        result.putObject("message").put("text", Plain.lines(text));
    }

    private static ObjectNode location(ArrayNode locations, ManifestPlaces.Place place) {
        ObjectNode location = locations.addObject();
        ObjectNode physical = location.putObject("physicalLocation");
        physical.putObject("artifactLocation").put("uri", place.uri());
        physical.putObject("region").put("startLine", place.line()).put("startColumn", place.column());
        return location;
    }

    /** Of what stays the same when lines are moved, so that a result is known again. */
    private static void fingerprint(ObjectNode result, String... parts) {
        result.putObject("partialFingerprints").put(FINGERPRINT, hash(String.join("\n", parts)));
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
