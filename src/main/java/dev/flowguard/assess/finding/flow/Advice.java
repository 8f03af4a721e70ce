package dev.flowguard.assess.finding.flow;

import dev.flowguard.binding.Unbound;
import java.util.List;

/**
 * Something that is amiss with one end of a declared flow, and what was probably meant.
 *
 * @param summaries the same in one line, from the fullest to the shortest; none says which end or flow it is about
 */
public record Advice(Unbound.End end, List<String> summaries) {
    public Advice {
        summaries = List.copyOf(summaries);
    }

    static Advice of(Unbound.End end, String... summaries) {
        return new Advice(end, List.of(summaries));
    }
}
