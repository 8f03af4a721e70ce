package dev.flowguard.kubernetes.calico;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.kubernetes.field.FieldPath;
import dev.flowguard.kubernetes.field.Metadata;
import dev.flowguard.kubernetes.field.Notes;
import dev.flowguard.kubernetes.field.Reading;
import dev.flowguard.kubernetes.field.Scope;
import dev.flowguard.net.Cidr;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.calico.CalicoPolicy;
import dev.flowguard.policy.calico.HostEndpoint;
import dev.flowguard.policy.calico.HostEndpointLabels;
import dev.flowguard.policy.calico.NetworkSet;
import dev.flowguard.policy.calico.ServiceAccountLabels;
import dev.flowguard.policy.calico.Tier;
import dev.flowguard.policy.chain.RuledRef;
import dev.flowguard.policy.chain.SideInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Reads the objects of Calico, and of Kubernetes what only Calico's policies look at. */
public final class CalicoObjects {
    /** Calico's API shows NetworkPolicies and ClusterNetworkPolicies again under names that begin so (OTHER-POLICIES K27). */
    private static final List<String> MIRRORS = List.of("knp.default.", "kcnp.");

    private static final Set<String> FIXED_TO_PASS = Set.of("kube-admin", "kube-baseline");

    private static final List<String> GROUPS = List.of(CalicoPolicy.GROUP, CalicoPolicy.STORED_GROUP);

    private static final Map<String, BiFunction<ObjectNode, String, Reading>> KINDS = Map.of(
            CalicoPolicy.NAMESPACED_KIND,
            (tree, group) -> policy(tree, group, CalicoPolicy.NAMESPACED_KIND, Scope.NAMESPACED),
            CalicoPolicy.GLOBAL_KIND,
            (tree, group) -> policy(tree, group, CalicoPolicy.GLOBAL_KIND, Scope.CLUSTER),
            HostEndpoint.KIND,
            CalicoObjects::hostEndpoint,
            Tier.KIND,
            CalicoObjects::tier,
            NetworkSet.NAMESPACED_KIND,
            (tree, group) -> networkSet(tree, group, NetworkSet.NAMESPACED_KIND, Scope.NAMESPACED),
            NetworkSet.GLOBAL_KIND,
            (tree, group) -> networkSet(tree, group, NetworkSet.GLOBAL_KIND, Scope.CLUSTER));

    private CalicoObjects() {}

    /** The kinds that are read, as kubectl names them. */
    public static Stream<String> kinds() {
        return GROUPS.stream()
                .flatMap(group -> Stream.concat(KINDS.keySet().stream(), StagedReader.kinds())
                        .map(kind -> kind + "." + group));
    }

    /**
     * What the object tells; empty if it is none of these.
     *
     * @param group of its API, empty for the core group
     */
    public static Optional<Reading> read(ObjectNode tree, String group, String kind) {
        if (!GROUPS.contains(group)) {
            return Optional.empty();
        }
        return Optional.ofNullable(KINDS.get(kind))
                .map(reader -> reader.apply(tree, group))
                .or(() -> StagedReader.read(tree, group, kind));
    }

    private static Reading policy(ObjectNode tree, String group, String kind, Scope scope) {
        Notes notes = new Notes();
        ObjectRef object = ref(tree, group, kind, scope, notes);
        if (MIRRORS.stream().anyMatch(object.name()::startsWith)) {
            return Reading.of(object, List.of(), List.of());
        }
        RuledRef ref = new RuledRef(kind, CalicoPolicy.GROUP, object.namespace(), object.name());
        List<Fact> facts = new CalicoPolicyReader(tree, ref, group.equals(CalicoPolicy.STORED_GROUP))
                .read(notes).stream().<Fact>map(Fact.Ruled::new).toList();
        return Reading.of(object, facts, notes.problems());
    }

    private static Reading hostEndpoint(ObjectNode tree, String group) {
        Notes notes = new Notes();
        ObjectRef object = Metadata.ref(tree, CalicoPolicy.qualified(HostEndpoint.KIND), Scope.CLUSTER, notes);
        if (group.equals(CalicoPolicy.GROUP)) {
            CalicoSchema.HOST_ENDPOINT.check(tree, FieldPath.ROOT, notes);
        }
        Labels labels = StoredMetadata.of(tree, group).labels();
        return Reading.of(
                object,
                List.of(
                        new Fact.Ruled(new HostEndpoint(object.name())),
                        new Fact.Input(new HostEndpointLabels(object.name(), labels))),
                notes.problems());
    }

    private static Reading tier(ObjectNode tree, String group) {
        Notes notes = new Notes();
        ObjectRef object = Metadata.ref(tree, CalicoPolicy.qualified(Tier.KIND), Scope.CLUSTER, notes);
        CalicoSchema.TIER.check(tree, FieldPath.ROOT, notes);
        Fields spec = Fields.spec(tree);
        String name = object.name();
        boolean passes =
                spec.has("defaultAction") ? spec.text("defaultAction").equals("Pass") : FIXED_TO_PASS.contains(name);
        if (group.equals(CalicoPolicy.GROUP)) {
            new TierCheck(spec, name, notes).check();
        }
        double order = spec.field("order").value().asDouble(Double.POSITIVE_INFINITY);
        return input(object, new Tier(name, order, passes), notes);
    }

    private static Reading networkSet(ObjectNode tree, String group, String kind, Scope scope) {
        Notes notes = new Notes();
        ObjectRef object = ref(tree, group, kind, scope, notes);
        CalicoSchema.NETWORK_SET.check(tree, FieldPath.ROOT, notes);
        List<Cidr> nets = new ArrayList<>();
        for (Fields net : Fields.spec(tree).items("nets")) {
            if (group.equals(CalicoPolicy.GROUP)) {
                notes.isRight(net.path(), CalicoSyntax.mistakeInNet(net.text()));
            }
            CalicoSyntax.net(net.text()).ifPresent(nets::add);
        }
        return input(
                object,
                new NetworkSet(
                        object.namespace(),
                        object.name(),
                        StoredMetadata.of(tree, group).labels(),
                        nets,
                        notes.unknownFields()),
                notes);
    }

    /** What policies look at of a ServiceAccount: its labels, if it has any (K12). */
    public static List<Fact> labelsOf(JsonNode account, ObjectRef itself) {
        Labels labels = StoredMetadata.of(account, "").labels();
        return labels.isEmpty()
                ? List.of()
                : List.of(new Fact.Input(new ServiceAccountLabels(itself.namespace(), itself.name(), labels)));
    }

    private static Reading input(ObjectRef object, SideInput input, Notes notes) {
        return Reading.of(object, List.of(new Fact.Input(input)), notes.problems());
    }

    private static ObjectRef ref(ObjectNode tree, String group, String kind, Scope scope, Notes notes) {
        return StoredMetadata.inApi(Metadata.ref(tree, CalicoPolicy.qualified(kind), scope, notes), tree, group);
    }
}
