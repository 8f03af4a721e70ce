package dev.flowguard.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.assess.repair.Repair;
import dev.flowguard.assess.repair.RepairPlan;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.policy.PolicyRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        if (documents.isEmpty() && plan.helpless().isEmpty()) {
            text.append("# Nothing to repair.\n");
        }
        for (DeclaredFlow flow : plan.helpless()) {
            text.append("# No rules were found that would repair ").append(flow).append('\n');
        }
        documents.forEach(document -> text.append("---\n").append(document));
        return text.toString();
    }

    /** Each policy as one document, without a separator. */
    Map<PolicyRef, String> policies(RepairPlan plan) {
        Map<PolicyRef, String> policies = new LinkedHashMap<>();
        plan.byPolicy().forEach((policy, steps) -> policies.put(policy, YamlText.of(repaired(policy, steps))));
        return policies;
    }

    private ObjectNode repaired(PolicyRef policy, List<Repair.Step> steps) {
        ObjectNode object = places.manifest(policy).orElseGet(() -> begun(policy, steps));
        ObjectNode spec = object.withObjectProperty("spec");
        steps.forEach(step -> section(spec, step).add(RuleJson.rule(step.direction(), step.rule())));
        return object;
    }

    private static ArrayNode section(ObjectNode spec, Repair.Step step) {
        String section = step.direction().section();
        return spec.path(section).isArray() ? (ArrayNode) spec.path(section) : spec.putArray(section);
    }

    private static ObjectNode begun(PolicyRef policy, List<Repair.Step> steps) {
        ObjectNode object = MAPPER.createObjectNode();
        object.put("apiVersion", "networking.k8s.io/v1").put("kind", "NetworkPolicy");
        object.putObject("metadata").put("name", policy.name()).put("namespace", policy.namespace());
        ObjectNode spec = object.putObject("spec");
        spec.set("podSelector", RuleJson.selector(steps.get(0).podSelector()));
        ArrayNode types = spec.putArray("policyTypes");
        steps.stream().map(step -> step.direction().policyType()).distinct().forEach(types::add);
        return object;
    }
}
