package dev.flowguard.assess.finding.diagnosis;

import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.NamedPort;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.net.Protocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * On which ports workloads are known to listen: those that their containers name and those that Services
 * send traffic to. They may listen on others as well. Several diagnoses ask, so each workload is looked at once; for one thread.
 */
public final class KnownPorts {
    /**
     * A port on which a workload is known to listen.
     *
     * @param name empty where it has none
     */
    public record Known(Protocol protocol, int number, String name) {
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
    public record Translation(ServiceEntry service, ServiceEntry.Port port, int target) {}

    private final Snapshot cluster;
    private final Map<Workload, List<Translation>> translations = new HashMap<>();
    private final Map<Workload, List<Known>> known = new HashMap<>();

    public KnownPorts(Snapshot cluster) {
        this.cluster = cluster;
    }

    /** Those that its containers name, then those that only Services know; each number once. */
    public List<Known> of(Workload workload) {
        return known.computeIfAbsent(workload, this::find);
    }

    private List<Known> find(Workload workload) {
        List<Known> found = new ArrayList<>();
        for (NamedPort port : workload.ports()) {
            add(new Known(port.protocol(), port.number(), port.name()), found);
        }
        for (Known target : targets(workload)) {
            add(target, found);
        }
        return found;
    }

    private static void add(Known port, List<Known> found) {
        if (!listens(found, port.protocol(), port.number())) {
            found.add(port);
        }
    }

    /** Those to which Services send, with the names that its containers give them. */
    public List<Known> targets(Workload workload) {
        return translations(workload).stream()
                .map(to -> new Known(to.port().protocol(), to.target(), nameOf(workload, to)))
                .toList();
    }

    private static String nameOf(Workload workload, Translation to) {
        return workload.ports().stream()
                .filter(port -> port.protocol() == to.port().protocol() && port.number() == to.target())
                .map(NamedPort::name)
                .findFirst()
                .orElse("");
    }

    public boolean listens(Workload workload, Protocol protocol, int number) {
        return listens(of(workload), protocol, number);
    }

    public boolean expectsToBeReached(Workload workload) {
        return !of(workload).isEmpty();
    }

    /** The ports of the Services that stand before the workload. */
    public List<Translation> translations(Workload workload) {
        return translations.computeIfAbsent(workload, this::findTranslations);
    }

    private List<Translation> findTranslations(Workload workload) {
        List<Translation> found = new ArrayList<>();
        for (ServiceEntry service :
                cluster.namespaceOrAssumed(workload.namespace()).services()) {
            if (service.selects(workload)) {
                for (ServiceEntry.Port port : service.ports()) {
                    port.targetOn(workload).ifPresent(target -> found.add(new Translation(service, port, target)));
                }
            }
        }
        return found;
    }

    private static boolean listens(List<Known> known, Protocol protocol, int number) {
        for (Known port : known) {
            if (port.protocol() == protocol && port.number() == number) {
                return true;
            }
        }
        return false;
    }
}
