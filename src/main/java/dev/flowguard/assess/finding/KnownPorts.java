package dev.flowguard.assess.finding;

import dev.flowguard.cluster.NamedPort;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.ServiceEntry;
import dev.flowguard.cluster.Workload;
import dev.flowguard.net.Protocol;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * On which ports the workloads of a namespace are known to listen: those that their containers name and those that Services
 * send traffic to. They may listen on others as well.
 */
final class KnownPorts {
    /**
     * A port on which a workload is known to listen.
     *
     * @param name empty where it has none
     */
    record Known(Protocol protocol, int number, String name) {
        @Override
        public String toString() {
            return number + "/" + protocol + (name.isEmpty() ? "" : " (" + name + ")");
        }
    }

    /**
     * A Service's port and where its traffic ends on a workload.
     *
     * @param target the port on the pod
     */
    record Translation(ServiceEntry service, ServiceEntry.Port port, int target) {}

    private final Collection<ServiceEntry> services;

    KnownPorts(NamespaceShard shard) {
        services = shard.services();
    }

    /** Those that its containers name, then those that only Services know; each number once. */
    List<Known> of(Workload workload) {
        List<Known> known = new ArrayList<>();
        Stream<Known> named =
                workload.ports().stream().map(port -> new Known(port.protocol(), port.number(), port.name()));
        Stream.concat(named, targets(workload)).forEach(port -> {
            if (!listens(known, port.protocol(), port.number())) {
                known.add(port);
            }
        });
        return known;
    }

    /** Those to which Services send, with the names that its containers give them. */
    Stream<Known> targets(Workload workload) {
        return translations(workload).map(to -> new Known(to.port().protocol(), to.target(), nameOf(workload, to)));
    }

    private static String nameOf(Workload workload, Translation to) {
        return workload.ports().stream()
                .filter(port -> port.protocol() == to.port().protocol() && port.number() == to.target())
                .map(NamedPort::name)
                .findFirst()
                .orElse("");
    }

    boolean listens(Workload workload, Protocol protocol, int number) {
        return listens(of(workload), protocol, number);
    }

    boolean expectsToBeReached(Workload workload) {
        return !of(workload).isEmpty();
    }

    /** The ports of the Services that stand before the workload. */
    Stream<Translation> translations(Workload workload) {
        return services.stream()
                .filter(service -> service.selects(workload))
                .flatMap(service -> service.ports().stream()
                        .flatMap(port -> port.targetOn(workload).stream()
                                .map(target -> new Translation(service, port, target))));
    }

    private static boolean listens(List<Known> known, Protocol protocol, int number) {
        return known.stream().anyMatch(port -> port.protocol() == protocol && port.number() == number);
    }
}
