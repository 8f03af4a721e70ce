package dev.flowguard.audit.status;

import dev.flowguard.assess.FlowState;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How many flows a contract has, by state.
 *
 * @param declared all of them, those that could not be read included
 * @param byState has every state
 */
public record StatusSummary(int declared, Map<FlowState, Integer> byState) {
    static final StatusSummary NONE = of(0, Stream.of());

    public StatusSummary {
        byState = Map.copyOf(byState);
    }

    static StatusSummary of(int declared, Stream<FlowState> states) {
        Map<FlowState, Integer> counts = new EnumMap<>(FlowState.class);
        for (FlowState state : FlowState.values()) {
            counts.put(state, 0);
        }
        states.forEach(state -> counts.merge(state, 1, Integer::sum));
        return new StatusSummary(declared, counts);
    }

    int of(FlowState state) {
        return byState.getOrDefault(state, 0);
    }
}
