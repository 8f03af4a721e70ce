package dev.flowguard.cli.explain;

import dev.flowguard.cluster.object.Owner;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.verdict.pair.Endpoint;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who is meant by the text of an option.
 *
 * @param name in full
 * @param ends several where the pods of what is named differ; none where only a Service has that name
 * @param services the Service of that name or address, if there is one
 * @param declared how a declared flow would name them: the ends, or else the pods behind the Service
 * @param note how the text was understood; empty where that is plain
 */
public record NamedEnd(String name, List<Endpoint> ends, List<ServiceEntry> services, FlowEnd declared, String note) {
    public NamedEnd {
        ends = List.copyOf(ends);
        services = List.copyOf(services);
    }

    /** The kind of the workload that is meant; empty where none is. */
    String kind() {
        return ends.stream()
                .flatMap(
                        end -> end.match(pods -> pods.workload().owners().stream(), addresses -> Stream.<Owner>empty()))
                .filter(owner -> name.endsWith("/" + owner.name()))
                .map(Owner::kind)
                .findFirst()
                .orElse("");
    }
}
