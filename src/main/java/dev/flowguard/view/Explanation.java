package dev.flowguard.view;

import java.util.List;

/**
 * Why one end can, or cannot, reach another.
 *
 * @param verdict the least of all traces: Allowed, Blocked or Undetermined
 * @param notes how the question was understood, where that is not plain
 * @param text the whole as {@code explain} prints it
 * @param repair what would let it through; its steps are empty where nothing is to be repaired or nothing was found
 */
public record Explanation(
        String from,
        String to,
        String port,
        String verdict,
        List<String> notes,
        List<String> text,
        List<TraceView> traces,
        RepairView repair) {
    /**
     * One pair of ends.
     *
     * @param through the Service and its port, in words; empty where the pods are asked directly
     * @param because why it is undetermined; empty where it is not
     */
    public record TraceView(
            String from,
            String to,
            String port,
            String family,
            String verdict,
            String through,
            String because,
            List<SideView> sides) {}

    /**
     * A side of a pair.
     *
     * @param says in one sentence
     * @param order what was asked in turn, where policies of several kinds were; a line each, indented
     */
    public record SideView(
            String direction,
            String subject,
            String verdict,
            String says,
            List<String> order,
            List<PolicyView> policies,
            List<NearMissView> nearMisses) {}

    /**
     * A policy that was asked.
     *
     * @param object the same wherever it is spoken of
     * @param kind as its manifest calls it
     * @param ref as {@code shop/orders}; of a policy for the whole cluster its name
     * @param yaml its manifest; empty where it is not known
     * @param note what is to be said of the whole policy; empty where nothing is
     */
    public record PolicyView(String object, String kind, String ref, String yaml, String note, List<RuleView> rules) {}

    /**
     * A rule of it.
     *
     * @param place as {@code spec.ingress[0]}
     * @param matches yes, no or unknown
     * @param action what becomes of traffic that it matches: Allow, Deny or Pass
     * @param says in words: {@code from pods app=web, on 80/TCP}
     * @param misses why it does not match; empty where it does
     * @param firstLine in the manifest, from 1; 0 where it is not known
     */
    public record RuleView(
            String place,
            String matches,
            String action,
            String says,
            List<String> misses,
            int firstLine,
            int lastLine) {}

    /**
     * What looks as if it were meant to let the traffic through, and where that stands.
     *
     * @param object the policy, as in {@link PolicyView}; it need not be among those that were asked
     * @param policy for people
     * @param place of the rule, as {@code spec.ingress[0]}
     * @param firstLine of what is to be changed, in the manifest, from 1; 0 where it is not known
     * @param corrected the manifest with what was perhaps meant, which nobody has judged yet; empty where it is more than a word that differs
     */
    public record NearMissView(
            String object,
            String policy,
            String place,
            String message,
            String yaml,
            int firstLine,
            int lastLine,
            String corrected) {}

    /**
     * Rules that were judged to let the traffic through and nothing else.
     *
     * @param steps in words, one for each rule
     * @param yaml the policies with these rules, ready to be applied
     * @param forbidden why it is not offered; empty where it is
     */
    public record RepairView(List<String> steps, String yaml, String forbidden) {
        static final RepairView NONE = new RepairView(List.of(), "", "");
    }
}
