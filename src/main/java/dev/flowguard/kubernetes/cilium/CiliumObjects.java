package dev.flowguard.kubernetes.cilium;

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
import dev.flowguard.net.Cidr;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.cilium.CidrGroup;
import dev.flowguard.policy.cilium.CiliumConfig;
import dev.flowguard.policy.cilium.CiliumConfig.Enforcement;
import dev.flowguard.policy.cilium.CiliumEnforcement;
import dev.flowguard.policy.cilium.CiliumPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads the objects of Cilium: policies, groups of address blocks, and how the agents are configured. */
public final class CiliumObjects {
    private static final ObjectKind CONFIG = new ObjectKind("v1", "ConfigMap");

    private static final Map<String, Function<ObjectNode, Reading>> KINDS = Map.of(
            CiliumPolicy.NAMESPACED_KIND,
            tree -> policy(tree, CiliumPolicy.NAMESPACED_KIND, Scope.NAMESPACED),
            CiliumPolicy.CLUSTERWIDE_KIND,
            tree -> policy(tree, CiliumPolicy.CLUSTERWIDE_KIND, Scope.CLUSTER),
            CidrGroup.KIND,
            CiliumObjects::cidrGroup);

    private CiliumObjects() {}

    /** The kinds that are read, as kubectl names them. */
    public static Stream<String> kinds() {
        return Stream.concat(
                Stream.of(CONFIG.qualified()), KINDS.keySet().stream().map(CiliumObjects::qualified));
    }

    /**
     * What the object tells; empty if it is none of these.
     *
     * @param group of its API, empty for the core group
     */
    public static Optional<Reading> read(ObjectNode tree, String group, String kind) {
        if (group.isEmpty()) {
            return kind.equals(CONFIG.kind()) ? config(tree) : Optional.empty();
        }
        return group.equals(CiliumPolicy.GROUP)
                ? Optional.ofNullable(KINDS.get(kind)).map(reader -> reader.apply(tree))
                : Optional.empty();
    }

    private static Reading policy(ObjectNode tree, String kind, Scope scope) {
        Notes notes = new Notes();
        ObjectRef object = Metadata.ref(tree, qualified(kind), scope, notes);
        List<Fact> facts = CiliumPolicyReader.read(tree, object.namespace(), object.name(), notes).stream()
                .<Fact>map(Fact.Ruled::new)
                .toList();
        return Reading.of(object, facts, notes.problems());
    }

    private static Reading cidrGroup(ObjectNode tree) {
        Notes notes = new Notes();
        ObjectRef object = Metadata.ref(tree, qualified(CidrGroup.KIND), Scope.CLUSTER, notes);
        CiliumSchema.CIDR_GROUP.check(tree, FieldPath.ROOT, notes);
        if (!notes.problems().isEmpty()) {
            return Reading.of(object, List.of(), notes.problems());
        }
        List<Cidr> blocks = new ArrayList<>();
        tree.path("spec").path("externalCIDRs").forEach(block -> blocks.add(Cidr.parse(block.asText())));
        Labels labels = Labels.of(texts(tree.path("metadata").path("labels")));
        return Reading.of(object, List.of(new Fact.Input(new CidrGroup(object.name(), labels, blocks))), List.of());
    }

    /** That of the agents; other ConfigMaps tell nothing. */
    private static Optional<Reading> config(ObjectNode tree) {
        JsonNode metadata = tree.path("metadata");
        if (!metadata.path("name").asText().equals(CiliumConfig.NAME)
                || !metadata.path("namespace").asText().equals(CiliumConfig.NAMESPACE)) {
            return Optional.empty();
        }
        CiliumConfig config = CiliumConfig.of(texts(tree.path("data")));
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact.Input(config));
        if (config.enforcement() == Enforcement.ALWAYS) {
            facts.add(new Fact.Ruled(new CiliumEnforcement()));
        }
        ObjectRef object = new ObjectRef("ConfigMap", CiliumConfig.NAMESPACE, CiliumConfig.NAME);
        return Optional.of(Reading.of(object, facts, List.of()));
    }

    private static String qualified(String kind) {
        return kind + "." + CiliumPolicy.GROUP;
    }

    private static Map<String, String> texts(JsonNode map) {
        Map<String, String> texts = new TreeMap<>();
        map.fields()
                .forEachRemaining(
                        entry -> texts.put(entry.getKey(), entry.getValue().asText("")));
        return texts;
    }
}
