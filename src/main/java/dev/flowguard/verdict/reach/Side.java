package dev.flowguard.verdict.reach;

import dev.flowguard.net.AddressRange;
import dev.flowguard.verdict.match.Allowance;
import dev.flowguard.verdict.pair.Endpoint;
import java.util.List;

/** What one side of a pair lets through, for every other end and every port. */
public interface Side {
    /** Whether policies can keep anything out, or may. */
    boolean isIsolated();

    /** Whether any port may be open; a quick look, to which the answer is mostly no where policies are many. */
    boolean maybeOpen(int other, boolean ownNode);

    /**
     * @param other a workload, by its number
     * @param ownNode whether the other end may be the pods' own node
     * @param destination of the traffic, on which ports are declared
     */
    Allowance workload(int other, boolean ownNode, Endpoint destination);

    /** @param addresses cut by {@link #blocks} */
    Allowance addresses(Endpoint.Addresses addresses, boolean ownNode, Endpoint destination);

    /** For a pod of which nothing is known. */
    Allowance somePod(Endpoint destination);

    /** The address blocks that the rules tell apart. */
    List<AddressRange> blocks();
}
