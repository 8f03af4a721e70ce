package dev.flowguard.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.assess.repair.Repair;
import dev.flowguard.assess.repair.RepairPlan;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.wording.RepairWording;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Repairs as manifests that {@code kubectl apply} takes: every policy whole, with what its manifest says beside the rules, so that
 * applying it takes nothing away.
 */
public final class RepairYaml {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final ManifestPlaces places;

    public RepairYaml(ManifestPlaces places) {
        this.places = places;
    }

    /** One document for each policy; what cannot be repaired, and that there is nothing to repair, is said in comments. */
    public String of(RepairPlan plan) {
        List<String> documents = new ArrayList<>(policies(plan).values());
        StringBuilder text = new StringBuilder();
        if (documents.isEmpty() && plan.helpless().isEmpty() && plan.steps().isEmpty()) {
            text.append("# Nothing to repair.\n");
        }
        for (DeclaredFlow flow : plan.helpless()) {
            text.append("# No rules were found that would repair ").append(flow).append('\n');
        }
        plan.byPolicy().forEach((policy, steps) -> {
            if (document(policy, steps).isEmpty()) {
                steps.forEach(step -> text.append("# The manifest is not at hand: ")
                        .append(RepairWording.of(step))
                        .append('\n'));
            }
        });
        documents.forEach(document -> text.append("---\n").append(document));
        return text.toString();
    }

    /** Each policy as one document, without a separator; those of which the manifest is not known are left out. */
    Map<ObjectRef, String> policies(RepairPlan plan) {
        Map<ObjectRef, String> policies = new LinkedHashMap<>();
        plan.byPolicy()
                .forEach((policy, steps) ->
                        document(policy, steps).ifPresent(document -> policies.put(policy, YamlText.of(document))));
        return policies;
    }

    /** The policy as it will be; empty where it exists and nothing is known of how it is written. */
    private Optional<ObjectNode> document(ObjectRef policy, List<Repair.Step> steps) {
        Optional<ObjectNode> manifest = places.manifest(policy).or(() -> begun(steps));
        manifest.ifPresent(object -> steps.forEach(step -> step.match(
                rule -> section(object.withObjectProperty("spec"), rule)
                        .add(RuleJson.rule(rule.direction(), rule.rule())),
                mended -> RepairEdits.set(object, "spec." + mended.field(), mended.now()),
                amended -> RepairEdits.make(object, amended.edit()))));
        return manifest;
    }

    private static ArrayNode section(ObjectNode spec, Repair.NewRule step) {
        String section = step.direction().section();
        return spec.path(section).isArray() ? (ArrayNode) spec.path(section) : spec.putArray(section);
    }

    /** A new policy; one that exists is not known to its last field. */
    private static Optional<ObjectNode> begun(List<Repair.Step> steps) {
        return steps.get(0)
                .match(
                        rule -> Optional.of(begun(rule, steps)),
                        mended -> Optional.empty(),
                        amended -> amended.exists() ? Optional.empty() : Optional.of(MAPPER.createObjectNode()));
    }

    private static ObjectNode begun(Repair.NewRule first, List<Repair.Step> steps) {
        ObjectNode object = MAPPER.createObjectNode();
        object.put("apiVersion", "networking.k8s.io/v1").put("kind", "NetworkPolicy");
        object.putObject("metadata")
                .put("name", first.ref().name())
                .put("namespace", first.ref().namespace());
        ObjectNode spec = object.putObject("spec");
        spec.set("podSelector", RuleJson.selector(first.podSelector()));
        ArrayNode types = spec.putArray("policyTypes");
        steps.stream().map(step -> step.direction().policyType()).distinct().forEach(types::add);
        return object;
    }
}
