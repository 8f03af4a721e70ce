package dev.flowguard.wording;

import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.NamedPort;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.net.Protocol;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * On which ports workloads are known to serve: those that their containers name, and those that Services lead to. Where thousands of
 * ports are open, these are the ones that matter.
 */
public final class ServedPorts {
    /** Where no port is worth more than another. */
    static final ServedPorts NONE = new ServedPorts(workload -> List.of());

    /** A port that somebody is known to serve on. */
    record Served(Protocol protocol, int number) {}

    private final Function<Workload, List<Served>> of;

    private ServedPorts(Function<Workload, List<Served>> of) {
        this.of = of;
    }

    /** What this cluster tells of its workloads. */
    public static ServedPorts in(Snapshot cluster) {
        return new ServedPorts(workload -> {
            Set<Served> served = new LinkedHashSet<>();
            for (ServiceEntry service :
                    cluster.namespaceOrAssumed(workload.namespace()).services()) {
                if (service.selects(workload)) {
                    service.ports()
                            .forEach(port -> port.targetOn(workload)
                                    .ifPresent(target -> served.add(new Served(port.protocol(), target))));
                }
            }
            for (NamedPort port : workload.ports()) {
                served.add(new Served(port.protocol(), port.number()));
            }
            return List.copyOf(served);
        });
    }

    List<Served> of(Workload workload) {
        return of.apply(workload);
    }
}
