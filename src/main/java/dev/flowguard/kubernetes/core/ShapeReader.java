package dev.flowguard.kubernetes.core;

import dev.flowguard.cluster.object.NamedPort;
import dev.flowguard.cluster.object.PerPodLabels;
import dev.flowguard.cluster.object.PodShape;
import dev.flowguard.kubernetes.field.Absent;
import dev.flowguard.kubernetes.field.FieldPath;
import dev.flowguard.kubernetes.field.LabelReader;
import dev.flowguard.kubernetes.field.Notes;
import dev.flowguard.kubernetes.field.Ports;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.PortName;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what a policy can see of a pod, or of the pods that a template makes. */
final class ShapeReader {
    /** Labels and shape of a pod, as they stand in its metadata and spec. */
    record Read(PodShape shape, Labels perPod) {}

    private static final String ALWAYS = "Always";

    private final Notes notes;

    ShapeReader(Notes notes) {
        this.notes = notes;
    }

    /** @param path to the object that has the metadata and the spec */
    Read read(@Nullable ObjectMeta metadata, @Nullable PodSpec given, FieldPath path) {
        PodSpec spec = Absent.asBlank(given, PodSpec::new);
        Labels labels = new LabelReader(notes)
                .read(
                        Absent.asBlank(metadata, ObjectMeta::new).getLabels(),
                        path.field("metadata").field("labels"));
        return new Read(
                new PodShape(
                        labels.keeping(key -> !PerPodLabels.isPerPod(key)),
                        ports(spec, path.field("spec")),
                        Absent.asFalse(spec.getHostNetwork()),
                        serviceAccount(spec)),
                labels.keeping(PerPodLabels::isPerPod));
    }

    /** By its name of today, else by that of old; without either it is the namespace's own. */
    private static String serviceAccount(PodSpec spec) {
        return Stream.of(Absent.asEmpty(spec.getServiceAccountName()), Absent.asEmpty(spec.getServiceAccount()))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse(PodShape.DEFAULT_SERVICE_ACCOUNT);
    }

    /** Regular containers before init containers: where two ports have one name, that order decides. */
    private List<NamedPort> ports(PodSpec spec, FieldPath path) {
        List<NamedPort> ports = new ArrayList<>();
        List<Container> containers = Absent.asEmpty(spec.getContainers(), Container::new);
        for (int i = 0; i < containers.size(); i++) {
            FieldPath container = path.field("containers").item(i);
            ports.addAll(ports(containers.get(i), NamedPort.Container.REGULAR, container));
        }
        List<Container> initContainers = Absent.asEmpty(spec.getInitContainers(), Container::new);
        for (int i = 0; i < initContainers.size(); i++) {
            FieldPath container = path.field("initContainers").item(i);
            boolean keepsRunning = ALWAYS.equals(initContainers.get(i).getRestartPolicy());
            ports.addAll(ports(
                    initContainers.get(i),
                    keepsRunning ? NamedPort.Container.SIDECAR : NamedPort.Container.INIT,
                    container));
        }
        return ports;
    }

    private List<NamedPort> ports(Container container, NamedPort.Container sort, FieldPath path) {
        List<NamedPort> named = new ArrayList<>();
        List<ContainerPort> ports = Absent.asEmpty(container.getPorts(), ContainerPort::new);
        for (int i = 0; i < ports.size(); i++) {
            namedPort(ports.get(i), sort, path.field("ports").item(i)).ifPresent(named::add);
        }
        return named;
    }

    /** A port without a name is only information (SEMANTICS Q16), but a wrong one is a mistake all the same. */
    private Optional<NamedPort> namedPort(ContainerPort port, NamedPort.Container sort, FieldPath path) {
        String name = Absent.asEmpty(port.getName());
        Optional<Integer> number = new Ports(notes).number(port.getContainerPort(), path.field("containerPort"));
        Optional<Protocol> protocol = new Ports(notes).protocol(port.getProtocol(), path.field("protocol"));
        if (name.isEmpty() || !notes.isRight(path.field("name"), PortName.mistakeIn(name))) {
            return Optional.empty();
        }
        return number.flatMap(known -> protocol.map(protocolKnown -> new NamedPort(name, protocolKnown, known, sort)));
    }
}
