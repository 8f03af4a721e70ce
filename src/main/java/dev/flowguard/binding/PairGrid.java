package dev.flowguard.binding;

import dev.flowguard.net.IpFamily;
import dev.flowguard.net.PortRange;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import dev.flowguard.verdict.pair.Traffic;
import java.util.List;

/**
 * The pairs of one source and one destination, each of which has a place: whoever goes through them may rest after any of them. The
 * rules of policies may cut the two ends into millions of parts.
 */
record PairGrid(
        List<Endpoint> sources,
        List<Endpoint> destinations,
        List<PortRange> ports,
        List<IpFamily> families,
        Destination destination) {
    long size() {
        return (long) families.size() * sources.size() * destinations.size() * ports.size();
    }

    /** @param place from 0, in the order of {@link #forEach} */
    Pair at(long place) {
        long rest = place;
        PortRange range = ports.get((int) (rest % ports.size()));
        rest /= ports.size();
        Endpoint to = destinations.get((int) (rest % destinations.size()));
        rest /= destinations.size();
        Endpoint from = sources.get((int) (rest % sources.size()));
        return pair(from, to, range, families.get((int) (rest / sources.size())));
    }

    /** @return whether all pairs were visited */
    boolean forEach(PairVisitor visitor) {
        for (IpFamily family : families) {
            for (Endpoint from : sources) {
                for (Endpoint to : destinations) {
                    for (PortRange range : ports) {
                        if (!visitor.visit(pair(from, to, range, family))) {
                            return false;
                        }
                    }
                }
            }
        }
        return true;
    }

    private Pair pair(Endpoint from, Endpoint to, PortRange range, IpFamily family) {
        Traffic traffic = new Traffic(destination.protocol(), range, family, destination.route());
        return new Pair(from, to, traffic, destination.alternatives(family));
    }
}
