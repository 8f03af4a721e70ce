package dev.flowguard.view;

import java.util.List;

/**
 * A declared or implied flow and how it stands.
 *
 * @param key the same in every answer, for links and comparisons
 * @param contract what declares it, or shows that it is needed
 * @param implied whether nobody declared it
 * @param enforcement what a change that breaks it may expect
 * @param expect whether it is to be allowed or blocked
 * @param state as in a contract's status: Satisfied, Broken, Undetermined, Unbound, Unenforced
 * @param pairs how many pairs it speaks of
 * @param amiss how many of them are not as expected, or not surely
 * @param because why, in sentences; empty where all is well
 * @param edges where it is drawn
 * @param cut whether there are more edges than are listed
 * @param since when it began to stand so, as far as it is known: an instant, or empty
 * @param by what made it so; empty where that is not known
 */
public record FlowRow(
        String key,
        String contract,
        boolean implied,
        String name,
        String namespace,
        String enforcement,
        String expect,
        String state,
        int pairs,
        int amiss,
        List<String> because,
        List<Edge> edges,
        boolean cut,
        String since,
        String by) {
    /**
     * From one end to another.
     *
     * @param ports for people, {@code 8080/TCP, 53/UDP}
     * @param port one of these as a question names it; a broken one where there is one
     * @param state the gravest of the pairs between these ends
     */
    public record Edge(int from, int to, String ports, String port, String state) {}

    FlowRow with(String newSince, String newBy) {
        return new FlowRow(
                key,
                contract,
                implied,
                name,
                namespace,
                enforcement,
                expect,
                state,
                pairs,
                amiss,
                because,
                edges,
                cut,
                newSince,
                newBy);
    }
}
