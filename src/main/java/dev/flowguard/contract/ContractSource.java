package dev.flowguard.contract;

/**
 * Where a contract was written.
 *
 * @param object the FlowContract, ClusterFlowContract or annotated object
 * @param annotation the annotation's key, empty for a contract resource
 */
public record ContractSource(ObjectRef object, String annotation) implements Comparable<ContractSource> {
    public static final String FLOW_CONTRACT = "FlowContract";
    public static final String CLUSTER_FLOW_CONTRACT = "ClusterFlowContract";

    public static ContractSource resource(ObjectRef object) {
        return new ContractSource(object, "");
    }

    public boolean isAnnotation() {
        return !annotation.isEmpty();
    }

    /** Whether it speaks for the whole cluster and so may reject changes in any namespace. */
    public boolean isClusterWide() {
        return !isAnnotation() && object.kind().equals(CLUSTER_FLOW_CONTRACT);
    }

    /** The namespace whose owners wrote it; empty for a cluster-wide contract. */
    public String homeNamespace() {
        return object.kind().equals("Namespace") ? object.name() : object.namespace();
    }

    @Override
    public int compareTo(ContractSource other) {
        int byObject = object.compareTo(other.object);
        return byObject != 0 ? byObject : annotation.compareTo(other.annotation);
    }

    @Override
    public String toString() {
        return isAnnotation() ? object + ", annotation " + annotation : object.toString();
    }
}
