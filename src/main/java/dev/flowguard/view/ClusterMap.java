package dev.flowguard.view;

import dev.flowguard.cluster.NamespaceShard;
import java.util.List;

/**
 * Everything that the map, the matrix, the table of contracts and the coverage show.
 *
 * @param state {@code now}, or the id of a change that is tried
 * @param generation of the cluster as it is
 * @param origin where the cluster is described, in words
 * @param live whether it is a live one
 * @param decides whether a webhook runs beside the page, of which recent decisions are known
 * @param plugin the network plugin by which policies are read
 * @param enforced whether that enforces policies at all
 * @param ends who connects or is connected to; other lists name them by their places here
 * @param links what is allowed, unless there are too many
 * @param bundles where there are too many links: how many lead from one namespace to another
 * @param notes what of the cluster makes answers about it other than one may expect
 */
public record ClusterMap(
        String state,
        long generation,
        String origin,
        boolean live,
        boolean decides,
        String plugin,
        boolean enforced,
        List<Namespace> namespaces,
        List<End> ends,
        List<Link> links,
        List<Bundle> bundles,
        List<FlowRow> flows,
        List<Mistake> mistakes,
        List<FindingRow> findings,
        List<String> notes) {
    ClusterMap of(
            long newGeneration,
            String newState,
            String newOrigin,
            boolean isLive,
            boolean newDecides,
            List<FlowRow> newFlows,
            List<String> newNotes) {
        return new ClusterMap(
                newState,
                newGeneration,
                newOrigin,
                isLive,
                newDecides,
                plugin,
                enforced,
                namespaces,
                ends,
                links,
                bundles,
                newFlows,
                mistakes,
                findings,
                newNotes);
    }

    /** @param workloads how many there are in it */
    public record Namespace(String name, int workloads) {
        static Namespace of(NamespaceShard shard) {
            return new Namespace(shard.name(), shard.workloads().size());
        }
    }

    /**
     * The pods of one topmost owner, or addresses.
     *
     * @param id how a question names it: {@code Deployment/shop/orders}, {@code 10.0.0.0/8}
     * @param kind of the owner; {@code Addresses}; or {@code IngressController} for one that is not among the workloads
     * @param namespace empty for what is in none
     * @param label how people call it: {@code shop/orders}
     * @param ingress the policies that isolate it, by direction
     */
    public record End(
            String id,
            String kind,
            String namespace,
            String name,
            String label,
            int pods,
            boolean hostNetwork,
            List<String> ingress,
            List<String> egress) {}

    /**
     * What may be sent from one end to another.
     *
     * @param allowed ports, in words; empty where none is surely open
     * @param undetermined ports of which it is not known, in words
     */
    public record Link(int from, int to, String allowed, String undetermined) {}

    /** @param from place of a namespace in the list of these; -1 for addresses */
    public record Bundle(int from, int to, int links) {}

    /** A part of a contract or annotation that is not understood. */
    public record Mistake(String contract, String place, String message) {}

    /** A diagnosis that needs no contract. @param policy with its kind */
    public record FindingRow(
            String id,
            String severity,
            String level,
            String policy,
            String place,
            String message,
            String explanation) {}
}
