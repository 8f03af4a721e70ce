package dev.flowguard.kubernetes;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.contract.Contract;
import dev.flowguard.contract.ContractSource;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.kubernetes.calico.CalicoObjects;
import dev.flowguard.kubernetes.cilium.CiliumObjects;
import dev.flowguard.kubernetes.cnp.AdminPolicyReader;
import dev.flowguard.kubernetes.contract.ContractReader;
import dev.flowguard.kubernetes.field.Choices;
import dev.flowguard.kubernetes.field.FieldPath;
import dev.flowguard.kubernetes.field.FieldProblem;
import dev.flowguard.kubernetes.field.Metadata;
import dev.flowguard.kubernetes.field.Notes;
import dev.flowguard.kubernetes.field.ObjectKind;
import dev.flowguard.kubernetes.field.Reading;
import dev.flowguard.kubernetes.field.Scope;
import dev.flowguard.kubernetes.implied.ImplyingKinds;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads any Kubernetes object: what it tells about the cluster, or why the API server would refuse it. */
public final class ObjectReader {
    private static final List<String> CONTRACTS =
            List.of(ContractSource.FLOW_CONTRACT, ContractSource.CLUSTER_FLOW_CONTRACT);

    private ObjectReader() {}

    /** Reads an object of the client's model. */
    public static Reading read(HasMetadata object) {
        return ModelKind.of(object.getClass())
                .map(kind -> kind.readUntyped(object))
                .orElseGet(() -> read(Trees.of(object)));
    }

    /** Reads an object as it was parsed. Values of the wrong type are problems. */
    public static Reading read(ObjectNode tree) {
        ObjectKind kind = new ObjectKind(text(tree, "apiVersion"), text(tree, "kind"));
        List<FieldProblem> problems = mistakesIn(kind);
        if (!problems.isEmpty()) {
            return refused(tree, kind, problems);
        }
        if (kind.group().equals(ContractReader.GROUP)) {
            return contract(tree, kind);
        }
        return ModelKind.of(kind)
                .map(model -> model.read(tree))
                .or(() -> ModelKind.successorOf(kind).map(successor -> noLongerServed(tree, kind, successor)))
                .or(() -> CiliumObjects.read(tree, kind.group(), kind.kind()))
                .or(() -> CalicoObjects.read(tree, kind.group(), kind.kind()))
                .or(() -> AdminPolicyReader.read(tree, kind))
                .or(() -> OtherPolicyKinds.scopeOf(kind).map(scope -> otherPolicy(tree, kind, scope)))
                .or(() -> ImplyingKinds.of(kind.group(), kind.kind()).map(implying -> implying(tree, kind, implying)))
                .or(() -> MistakenKind.in(kind).map(mistake -> refused(tree, kind, List.of(mistake))))
                .orElseGet(() -> new Reading.NotRead(kind.qualified()));
    }

    /** Mistakes in a contract stay with it; but a kind of ours that does not exist would be lost without a word. */
    private static Reading contract(ObjectNode tree, ObjectKind kind) {
        Notes notes = new Notes();
        if (!ContractReader.isContract(tree)) {
            notes.isRight(FieldPath.of("kind"), Choices.mistakeIn(kind.kind(), CONTRACTS));
            return refused(tree, kind, notes.problems());
        }
        Contract contract = ContractReader.read(tree);
        return Reading.of(contract.source().object(), List.of(new Fact.Declared(contract)), notes.problems());
    }

    /** Every kind of which objects tell something, as kubectl names it: {@code Service}, {@code Tier.projectcalico.org}. */
    public static Set<String> kinds() {
        return Stream.of(
                        CONTRACTS.stream().map(kind -> kind + "." + ContractReader.GROUP),
                        ModelKind.qualifiedNames(),
                        CiliumObjects.kinds(),
                        CalicoObjects.kinds(),
                        AdminPolicyReader.kinds(),
                        OtherPolicyKinds.names(),
                        ImplyingKinds.names())
                .flatMap(kinds -> kinds)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether objects of a kind of that name are read, be it in whatever version. */
    public static boolean readsKind(String name) {
        return CONTRACTS.contains(name) || ModelKind.named(name).isPresent();
    }

    private static Reading refused(ObjectNode tree, ObjectKind kind, List<FieldProblem> problems) {
        return new Reading.Refused(Metadata.ref(tree, kind.kind(), Scope.NAMESPACED, new Notes()), problems);
    }

    private static Reading noLongerServed(ObjectNode tree, ObjectKind former, ModelKind<?> successor) {
        ObjectRef object = Metadata.ref(tree, former.kind(), successor.scope(), new Notes());
        return new Reading.Refused(
                object,
                List.of(new FieldProblem(
                        FieldPath.of("apiVersion"),
                        "clusters no longer serve " + former + ": write apiVersion: "
                                + successor.kind().apiVersion())));
    }

    /** The kind keeps its group, for several of these groups have a NetworkPolicy of their own. */
    private static Reading otherPolicy(ObjectNode tree, ObjectKind kind, Scope scope) {
        Notes notes = new Notes();
        ObjectRef policy = Metadata.ref(tree, kind.qualified(), scope, notes);
        List<Fact> facts =
                OtherPolicyKinds.isMirror(kind, policy.name()) ? List.of() : List.of(new Fact.OtherPolicy(policy));
        return Reading.of(policy, facts, notes.problems());
    }

    private static Reading implying(ObjectNode tree, ObjectKind kind, ImplyingKinds.Kind implying) {
        Notes notes = new Notes();
        ObjectRef itself =
                Metadata.ref(tree, kind.kind(), implying.namespaced() ? Scope.NAMESPACED : Scope.CLUSTER, notes);
        // Names of RBAC objects may hold almost anything, and nothing here depends on what is wrong with one.
        return Reading.of(itself, implying.reader().read(tree, itself), List.of());
    }

    private static List<FieldProblem> mistakesIn(ObjectKind kind) {
        if (kind.apiVersion().isEmpty() && kind.kind().isEmpty()) {
            return List.of(new FieldProblem(
                    FieldPath.ROOT,
                    "has neither apiVersion nor kind: expected a Kubernetes object, which states both"));
        }
        Notes notes = new Notes();
        for (Map.Entry<String, String> field :
                Map.of("apiVersion", kind.apiVersion(), "kind", kind.kind()).entrySet()) {
            if (field.getValue().isEmpty()) {
                notes.problem(FieldPath.of(field.getKey()), "is missing: every Kubernetes object states it");
            }
        }
        return notes.problems();
    }

    private static String text(ObjectNode tree, String field) {
        return tree.path(field).isTextual() ? tree.path(field).textValue() : "";
    }

    /** Set up only where there is an object of the client's model that is no kind of ours. */
    private static final class Trees {
        private static final JsonMapper MAPPER = new JsonMapper();

        static ObjectNode of(HasMetadata object) {
            return MAPPER.valueToTree(object);
        }
    }
}
