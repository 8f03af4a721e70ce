package dev.flowguard.kubernetes.core;

import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.cluster.object.ServiceEntry.Exposure;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.kubernetes.field.Absent;
import dev.flowguard.kubernetes.field.FieldPath;
import dev.flowguard.kubernetes.field.LabelReader;
import dev.flowguard.kubernetes.field.Metadata;
import dev.flowguard.kubernetes.field.Notes;
import dev.flowguard.kubernetes.field.Ports;
import dev.flowguard.net.Address;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.PortName;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads Services. */
public final class ServiceReader {
    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final String EXTERNAL_NAME = "ExternalName";
    private static final Set<String> EXPOSED_TYPES = Set.of("NodePort", "LoadBalancer");
    private static final String KEEPS_SOURCE = "Local";
    private static final String HEADLESS = "None";

    private final Notes notes;

    private ServiceReader(Notes notes) {
        this.notes = notes;
    }

    public static List<Fact> facts(Service service, Metadata metadata, Notes notes) {
        ServiceSpec spec = Absent.asBlank(service.getSpec(), ServiceSpec::new);
        return EXTERNAL_NAME.equals(spec.getType())
                ? List.of(new Fact.Alias(metadata.namespace(), metadata.name(), Absent.asEmpty(spec.getExternalName())))
                : new ServiceReader(notes).facts(spec, metadata);
    }

    private List<Fact> facts(ServiceSpec spec, Metadata metadata) {
        new LabelReader(notes).read(spec.getSelector(), SPEC.field("selector"));
        List<Fact> facts = new ArrayList<>();
        facts.add(new ServiceEntry(
                metadata.namespace(),
                metadata.name(),
                metadata.labels(),
                Absent.asEmpty(spec.getSelector()),
                ports(spec),
                clusterIps(spec),
                exposure(spec)));
        facts.addAll(Declarations.of(
                new ObjectRef("Service", metadata.namespace(), metadata.name()),
                new FlowEnd.ServicePods(metadata.namespace(), metadata.name()),
                metadata.annotations()));
        return facts;
    }

    private List<ServiceEntry.Port> ports(ServiceSpec spec) {
        List<ServiceEntry.Port> read = new ArrayList<>();
        List<ServicePort> ports = Absent.asEmpty(spec.getPorts(), ServicePort::new);
        for (int i = 0; i < ports.size(); i++) {
            port(ports.get(i), SPEC.field("ports").item(i)).ifPresent(read::add);
        }
        return read;
    }

    private Optional<ServiceEntry.Port> port(ServicePort port, FieldPath path) {
        Optional<Integer> number = new Ports(notes).number(port.getPort(), path.field("port"));
        Optional<Protocol> protocol = new Ports(notes).protocol(port.getProtocol(), path.field("protocol"));
        if (number.isEmpty() || protocol.isEmpty()) {
            return Optional.empty();
        }
        return target(port.getTargetPort(), number.get(), path.field("targetPort"))
                .map(target -> new ServiceEntry.Port(
                        Absent.asEmpty(port.getName()), protocol.get(), number.get(), target.number(), target.name()));
    }

    private record Target(int number, String name) {}

    /** Absent, zero and empty all mean: the same as the Service's port. */
    private Optional<Target> target(@Nullable IntOrString target, int port, FieldPath path) {
        @Nullable Integer number = target == null ? Integer.valueOf(0) : target.getIntVal();
        if (number != null) {
            return number == 0
                    ? Optional.of(new Target(port, ""))
                    : new Ports(notes).number(number, path).map(known -> new Target(known, ""));
        }
        String name = target == null ? "" : Absent.asEmpty(target.getStrVal());
        if (name.isEmpty()) {
            return Optional.of(new Target(port, ""));
        }
        return notes.isRight(path, PortName.mistakeIn(name)) ? Optional.of(new Target(0, name)) : Optional.empty();
    }

    private List<Address> clusterIps(ServiceSpec spec) {
        List<String> all = Absent.asEmpty(spec.getClusterIPs());
        List<Address> addresses = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            clusterIp(all.get(i), SPEC.field("clusterIPs").item(i)).ifPresent(addresses::add);
        }
        if (all.isEmpty()) {
            clusterIp(Absent.asEmpty(spec.getClusterIP()), SPEC.field("clusterIP"))
                    .ifPresent(addresses::add);
        }
        return addresses;
    }

    private Optional<Address> clusterIp(String text, FieldPath path) {
        return text.isEmpty() || text.equals(HEADLESS)
                ? Optional.empty()
                : notes.parsed(path, () -> Address.parse(text));
    }

    private static Exposure exposure(ServiceSpec spec) {
        boolean exposed = EXPOSED_TYPES.contains(Absent.asEmpty(spec.getType()))
                || !Absent.asEmpty(spec.getExternalIPs()).isEmpty();
        if (!exposed) {
            return Exposure.CLUSTER_INTERNAL;
        }
        return KEEPS_SOURCE.equals(spec.getExternalTrafficPolicy()) ? Exposure.SOURCE_KEPT : Exposure.SOURCE_REWRITTEN;
    }
}
