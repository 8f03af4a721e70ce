package dev.flowguard.binding;

import dev.flowguard.cluster.object.Workload;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import dev.flowguard.verdict.pair.Traffic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The traffic that a contract asks for, of some senders with some receivers. */
public final class AskedFor {
    /** Who the ends of a pair are: a workload, or any address. */
    private record Ends(Optional<Workload> source, Optional<Workload> destination) {
        static Ends of(Pair pair) {
            return new Ends(of(pair.source()), of(pair.destination()));
        }

        private static Optional<Workload> of(Endpoint end) {
            return end.match(pods -> Optional.of(pods.workload()), addresses -> Optional.empty());
        }
    }

    private final Flow flow;
    private final Map<Ends, List<Pair>> pairs = new HashMap<>();

    public AskedFor(Flow flow, FlowBinding binding, Within senders, Within receivers) {
        this.flow = flow;
        binding.forEach(flow, senders, receivers, pair -> {
            add(pair);
            pair.alternatives().forEach(alternative -> add(pair.with(alternative)));
            return true;
        });
    }

    private boolean add(Pair pair) {
        return pairs.computeIfAbsent(Ends.of(pair), ends -> new ArrayList<>(2)).add(pair);
    }

    /** A contract that names a range of addresses asks for it whoever has them. */
    public boolean includes(Pair pair) {
        Ends ends = Ends.of(pair);
        return pairs.getOrDefault(ends, List.of()).stream().anyMatch(asked -> contains(asked, pair))
                || (isBlock(flow.from())
                        && ends.source().isPresent()
                        && includes(new Ends(Optional.empty(), ends.destination()), pair))
                || (isBlock(flow.to())
                        && ends.destination().isPresent()
                        && includes(new Ends(ends.source(), Optional.empty()), pair));
    }

    private boolean includes(Ends anyAddress, Pair pair) {
        return pairs.getOrDefault(anyAddress, List.of()).stream()
                .anyMatch(asked -> speaksOf(asked.traffic(), pair.traffic()));
    }

    private static boolean contains(Pair asked, Pair pair) {
        return speaksOf(asked.traffic(), pair.traffic())
                && contains(asked.source(), pair.source())
                && contains(asked.destination(), pair.destination());
    }

    private static boolean speaksOf(Traffic asked, Traffic traffic) {
        return asked.protocol() == traffic.protocol()
                && asked.family() == traffic.family()
                && asked.ports().contains(traffic.ports());
    }

    private static boolean contains(Endpoint asked, Endpoint end) {
        return asked.match(
                pods -> true,
                range -> end.match(pods -> false, part -> range.range().contains(part.range())));
    }

    private static boolean isBlock(FlowEnd end) {
        return end.match(pods -> false, owned -> false, service -> false, outside -> true, wellKnown -> false);
    }
}
