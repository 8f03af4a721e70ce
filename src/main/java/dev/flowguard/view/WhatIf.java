package dev.flowguard.view;

import java.util.List;

/**
 * What a change would do.
 *
 * @param state the id under which the cluster with all of it applied can be asked about; empty where the text cannot be used
 * @param verdict the gravest of the steps: Rejected, Breaks, Warned, Admitted or Applied; empty where there is none
 * @param problems why the text cannot be used; with any, nothing was judged
 * @param steps one for each object, in their order
 * @param broken keys of the flows that stood otherwise and are broken or undetermined with it
 * @param repaired keys of the flows that were broken or undetermined and hold with it
 * @param gained connections that become possible, by the ends of the map of that state; of very many the first
 * @param lost connections that are no longer possible; of very many the first
 * @param gainedInAll how many become possible
 * @param lostInAll how many are no longer possible
 * @param patch from which the map of that state can be made
 * @param millis how long the judgement took
 */
public record WhatIf(
        String state,
        String verdict,
        List<ProblemView> problems,
        List<StepView> steps,
        List<String> broken,
        List<String> repaired,
        List<Change> gained,
        List<Change> lost,
        int gainedInAll,
        int lostInAll,
        Patch patch,
        long millis) {
    /**
     * What is another than on the map of the cluster as it is, if it can be said so.
     *
     * @param whole whether it cannot: then the whole map of the state is to be asked for
     * @param sending places of ends: all links from them are replaced by {@code links}
     * @param receiving places of ends: all links to them are replaced by {@code links}
     * @param ends that may be others than before, or are new
     * @param gone places of ends that are there no more
     * @param bundles that count another number of links, where there are bundles instead of links
     * @param flows that stand otherwise, or are new
     * @param goneFlows keys of those that are shown no more
     * @param namespaces that have another number of workloads
     */
    public record Patch(
            boolean whole,
            List<Integer> sending,
            List<Integer> receiving,
            List<PlacedEnd> ends,
            List<Integer> gone,
            List<ClusterMap.Link> links,
            List<ClusterMap.Bundle> bundles,
            List<FlowRow> flows,
            List<String> goneFlows,
            List<ClusterMap.Namespace> namespaces) {
        static final Patch NONE = empty(false);
        static final Patch WHOLE = empty(true);

        private static Patch empty(boolean whole) {
            return new Patch(
                    whole, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                    List.of());
        }
    }

    /** An end, and its place in the list of the map. */
    public record PlacedEnd(int place, ClusterMap.End end) {}

    /** A mistake in the text. @param line from 1; 0 for the whole */
    public record ProblemView(int line, String message) {}

    /**
     * The change of one object.
     *
     * @param what {@code update NetworkPolicy shop/orders}
     * @param line where it begins in the text; 0 for a deletion
     * @param decision Rejected, Warned or Admitted; of what the webhook is not asked about Breaks, where a flow that must hold does not any
     *     more, Warned, where another does not, or Applied
     * @param reason of the decision, for programs
     * @param message what whoever is refused reads; of what the webhook is not asked about, how flows fare
     * @param warnings what whoever is admitted reads
     */
    public record StepView(
            String what,
            int line,
            String decision,
            String reason,
            String message,
            List<String> warnings,
            List<LineFinding> findings) {}

    /** A finding, at the line of the text that it is about. */
    public record LineFinding(int line, String id, String severity, String place, String message, String explanation) {}

    /** A connection that differs, by the labels of its ends. */
    public record Change(String from, String to, String ports, boolean sure) {}
}
