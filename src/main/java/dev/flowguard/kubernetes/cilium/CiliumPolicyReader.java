package dev.flowguard.kubernetes.cilium;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flowguard.kubernetes.cilium.Fields.Part;
import dev.flowguard.kubernetes.field.FieldPath;
import dev.flowguard.kubernetes.field.Notes;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.cilium.CiliumPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads CiliumNetworkPolicies and CiliumClusterwideNetworkPolicies. */
public final class CiliumPolicyReader {
    private final List<String> unknownFields;

    private CiliumPolicyReader(List<String> unknownFields) {
        this.unknownFields = unknownFields;
    }

    /**
     * The policy; empty if the API server would refuse it, for which the reasons are noted then.
     *
     * @param namespace empty for a cluster-wide policy
     */
    public static Optional<CiliumPolicy> read(JsonNode tree, String namespace, String name, Notes notes) {
        Notes own = new Notes();
        CiliumSchema.POLICY.check(tree, FieldPath.ROOT, own);
        own.problems().forEach(problem -> notes.problem(problem.path(), problem.message()));
        if (!own.problems().isEmpty()) {
            return Optional.empty();
        }
        CiliumPolicyReader reader = new CiliumPolicyReader(own.unknownFields());
        return Optional.of(new CiliumPolicy(
                namespace,
                name,
                Fields.specs(tree).stream().map(reader::spec).toList(),
                own.meant(),
                AgentCheck.refusals(tree, namespace.isEmpty())));
    }

    private CiliumPolicy.Spec spec(Part spec) {
        boolean ofNodes = spec.has("nodeSelector");
        Part selector = spec.field(ofNodes ? "nodeSelector" : "endpointSelector");
        List<CiliumPolicy.Rule> rules = new ArrayList<>();
        for (Direction direction : Direction.values()) {
            rules(spec, direction, false, rules);
            rules(spec, direction, true, rules);
        }
        Part isolation = spec.field("enableDefaultDeny");
        return new CiliumPolicy.Spec(
                spec.path().toString(),
                ofNodes,
                new SelectorParts(selector).selector(),
                rules,
                isolation.value().path("ingress").asBoolean(true),
                isolation.value().path("egress").asBoolean(true),
                unknownFields.stream()
                        .filter(field -> concernsAllOf(spec, field))
                        .toList());
    }

    private void rules(Part spec, Direction direction, boolean denies, List<CiliumPolicy.Rule> rules) {
        List<Part> written = spec.items(direction.section() + (denies ? "Deny" : ""));
        for (int i = 0; i < written.size(); i++) {
            Part rule = written.get(i);
            rules.add(new CiliumPolicy.Rule(
                    direction,
                    denies,
                    i,
                    new RulePeers(rule, direction).peers(denies),
                    new RulePorts(rule).ports(denies),
                    unknownFields.stream()
                            .filter(field -> field.startsWith(rule.path() + "."))
                            .toList()));
        }
    }

    /** A field outside of the rules: of this spec, or of the object. */
    private static boolean concernsAllOf(Part spec, String field) {
        boolean ofSpecs = field.startsWith("spec.") || field.startsWith("specs[");
        return !ofSpecs
                || (field.startsWith(spec.path() + ".")
                        && !field.substring(spec.path().toString().length() + 1)
                                .matches("(ingress|egress)(Deny)?\\[.*"));
    }
}
