package dev.flowguard.contract;

import java.util.Optional;

/**
 * Where a contract was written, or what it follows from.
 *
 * @param object the FlowContract, ClusterFlowContract or annotated object; or the object that implies the flow
 * @param annotation the annotation's key, empty for a contract resource
 * @param implied the id of the {@link ImpliedKind} where nobody declared it, otherwise empty
 */
public record ContractSource(ObjectRef object, String annotation, String implied)
        implements Comparable<ContractSource> {
    public static final String FLOW_CONTRACT = "FlowContract";
    public static final String CLUSTER_FLOW_CONTRACT = "ClusterFlowContract";

    public ContractSource(ObjectRef object, String annotation) {
        this(object, annotation, "");
    }

    public static ContractSource resource(ObjectRef object) {
        return new ContractSource(object, "");
    }

    /** @param by the object that shows the flow to be needed */
    public static ContractSource implied(ImpliedKind kind, ObjectRef by) {
        return new ContractSource(by, "", kind.id());
    }

    public boolean isAnnotation() {
        return !annotation.isEmpty();
    }

    /** Whether it follows from the cluster's objects, and is no object itself. */
    public boolean isImplied() {
        return !implied.isEmpty();
    }

    /** Why it is implied; empty where it is declared. */
    public Optional<ImpliedKind> impliedKind() {
        return ImpliedKind.of(implied);
    }

    /** Whether it speaks for the whole cluster and so may reject changes in any namespace. */
    public boolean isClusterWide() {
        return isImplied() || !isAnnotation() && object.kind().equals(CLUSTER_FLOW_CONTRACT);
    }

    /** The namespace whose owners wrote it; empty for a cluster-wide contract. */
    public String homeNamespace() {
        return object.kind().equals("Namespace") ? object.name() : object.namespace();
    }

    @Override
    public int compareTo(ContractSource other) {
        int byObject = object.compareTo(other.object);
        if (byObject != 0) {
            return byObject;
        }
        int byAnnotation = annotation.compareTo(other.annotation);
        return byAnnotation != 0 ? byAnnotation : implied.compareTo(other.implied);
    }

    @Override
    public String toString() {
        if (isImplied()) {
            return "implied by " + object;
        }
        return isAnnotation() ? object + ", annotation " + annotation : object.toString();
    }
}
