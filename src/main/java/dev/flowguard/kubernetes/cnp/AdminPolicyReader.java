package dev.flowguard.kubernetes.cnp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.kubernetes.field.FieldPath;
import dev.flowguard.kubernetes.field.Metadata;
import dev.flowguard.kubernetes.field.Notes;
import dev.flowguard.kubernetes.field.ObjectKind;
import dev.flowguard.kubernetes.field.Reading;
import dev.flowguard.kubernetes.field.Scope;
import dev.flowguard.kubernetes.schema.Schema;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.chain.Action;
import dev.flowguard.policy.cnp.AdminPolicy;
import dev.flowguard.policy.cnp.AdminPolicy.Kind;
import dev.flowguard.policy.cnp.AdminPolicy.Tier;
import dev.flowguard.policy.cnp.AdminRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads administrators' policies. */
public final class AdminPolicyReader {
    private static final FieldPath SPEC = FieldPath.of("spec");

    /** The name of the one BaselineAdminNetworkPolicy that a cluster may have. */
    private static final String ONLY_NAME = "default";

    private final Kind kind;
    private final Notes notes;

    private record Served(Kind kind, Schema schema) {}

    private static final Map<ObjectKind, Served> KINDS = Map.of(
            served("v1alpha2", Kind.CLUSTER), new Served(Kind.CLUSTER, AdminSchema.CLUSTER),
            served("v1alpha1", Kind.ADMIN), new Served(Kind.ADMIN, AdminSchema.ADMIN),
            served("v1alpha1", Kind.BASELINE_ADMIN), new Served(Kind.BASELINE_ADMIN, AdminSchema.BASELINE_ADMIN));

    private AdminPolicyReader(Kind kind, Notes notes) {
        this.kind = kind;
        this.notes = notes;
    }

    /** What the object tells; empty if it is none of these kinds in a version that is known. */
    public static Optional<Reading> read(ObjectNode tree, ObjectKind kind) {
        return Optional.ofNullable(KINDS.get(kind)).map(served -> read(tree, served.kind(), served.schema()));
    }

    /** The kinds that are read, as kubectl names them. */
    public static Stream<String> kinds() {
        return KINDS.keySet().stream().map(ObjectKind::qualified);
    }

    private static ObjectKind served(String version, Kind kind) {
        return new ObjectKind(AdminPolicy.GROUP + "/" + version, kind.spelling());
    }

    private static Reading read(ObjectNode tree, Kind kind, Schema schema) {
        Notes notes = new Notes();
        ObjectRef object = Metadata.ref(tree, kind.spelling() + "." + AdminPolicy.GROUP, Scope.CLUSTER, notes);
        schema.check(tree, FieldPath.ROOT, notes);
        if (kind == Kind.BASELINE_ADMIN && !object.name().equals(ONLY_NAME)) {
            notes.problem(
                    FieldPath.of("metadata", "name"),
                    "a cluster has one object of this kind only: call it " + ONLY_NAME);
        }
        List<Fact> facts = notes.problems().isEmpty()
                ? List.of(new Fact.Ruled(new AdminPolicyReader(kind, notes).policy(tree.path("spec"), object.name())))
                : List.of();
        return Reading.of(object, facts, notes.problems());
    }

    private AdminPolicy policy(JsonNode spec, String name) {
        JsonNode subject = spec.path("subject");
        boolean byNamespace = subject.hasNonNull("namespaces");
        JsonNode pods = subject.path("pods");
        return new AdminPolicy(
                kind,
                name,
                tier(spec),
                spec.path("priority").asInt(),
                SelectorTree.read(byNamespace ? subject.path("namespaces") : pods.path("namespaceSelector")),
                byNamespace ? LabelSelector.EVERYTHING : SelectorTree.read(pods.path("podSelector")),
                rules(spec, Direction.INGRESS),
                rules(spec, Direction.EGRESS),
                notes.unknownFields().stream().filter(field -> !isInRule(field)).toList(),
                notes.meant(),
                SelectorTree.mistakesInPods(subject, SPEC.field("subject")));
    }

    private Tier tier(JsonNode spec) {
        return switch (kind) {
            case CLUSTER -> spec.path("tier").asText().equals("Baseline") ? Tier.BASELINE : Tier.ADMIN;
            case ADMIN -> Tier.ADMIN;
            case BASELINE_ADMIN -> Tier.BASELINE;
        };
    }

    private static boolean isInRule(String field) {
        return field.matches("spec\\.(ingress|egress)\\[.*");
    }

    private List<AdminRule> rules(JsonNode spec, Direction direction) {
        JsonNode written = spec.path(direction.section());
        List<AdminRule> rules = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            FieldPath path = SPEC.field(direction.section()).item(i);
            JsonNode rule = written.get(i);
            AdminPeers peers = AdminPeers.read(rule.path(direction.peers()), path.field(direction.peers()));
            AdminPorts ports = kind == Kind.CLUSTER
                    ? AdminPorts.newer(rule.path("protocols"))
                    : AdminPorts.older(rule.path("ports"));
            rules.add(new AdminRule(
                    action(rule.path("action").asText()),
                    rule.path("name").asText(""),
                    peers.peers(),
                    ports.numbered(),
                    ports.named(),
                    notes.unknownFields().stream()
                            .filter(field -> field.startsWith(path + ".") && !peers.isOfUnknown(field))
                            .toList()));
        }
        return rules;
    }

    private static Action action(String spelling) {
        return switch (spelling) {
            case "Deny" -> Action.DENY;
            case "Pass" -> Action.PASS;
            default -> Action.ALLOW;
        };
    }
}
