package dev.flowguard.assess.suggest;

import dev.flowguard.contract.Expectation;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.FlowPorts;
import java.util.List;

/**
 * A flow that has still to be judged and named.
 *
 * @param words that make up its name
 */
record Draft(List<String> words, FlowEnd from, FlowEnd to, FlowPorts ports, boolean open) {
    Draft {
        words = List.copyOf(words);
    }

    SuggestedFlow named(FlowNames names) {
        String name = names.name(words.toArray(String[]::new));
        return new SuggestedFlow(new Flow(name, Expectation.ALLOWED, from, to, ports), open);
    }
}
