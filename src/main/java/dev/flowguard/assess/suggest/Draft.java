package dev.flowguard.assess.suggest;

import dev.flowguard.contract.ContractLimits;
import dev.flowguard.contract.Expectation;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.FlowPorts;
import dev.flowguard.policy.PortMatch;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A flow that has still to be judged and named.
 *
 * @param words that make up its name
 * @param because what shows that it is needed; empty where it is only what is possible today
 */
record Draft(List<String> words, FlowEnd from, FlowEnd to, FlowPorts ports, boolean open, String because) {
    Draft {
        words = List.copyOf(words);
    }

    Draft(List<String> words, FlowEnd from, FlowEnd to, FlowPorts ports, boolean open) {
        this(words, from, to, ports, open, "");
    }

    /** The same traffic in flows that a contract takes; none where it cannot be said there. */
    Stream<Draft> declarable() {
        return ContractLimits.allow(from) && ContractLimits.allow(to)
                ? ports.match(
                        onPods -> parts(onPods.ports(), FlowPorts.OfPods::new),
                        onService -> parts(onService.ports(), FlowPorts.OfService::new),
                        () -> Stream.of(this))
                : Stream.empty();
    }

    private Stream<Draft> parts(List<PortMatch> all, Function<List<PortMatch>, FlowPorts> ports) {
        return ContractLimits.parts(all, ContractLimits.PORTS).stream()
                .map(some -> new Draft(words, from, to, ports.apply(some), open, because));
    }

    SuggestedFlow named(FlowNames names) {
        String name = names.name(words.toArray(String[]::new));
        return new SuggestedFlow(new Flow(name, Expectation.ALLOWED, from, to, ports), open, because);
    }
}
