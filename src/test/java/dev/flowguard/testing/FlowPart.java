package dev.flowguard.testing;

import dev.flowguard.contract.Expectation;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.FlowPorts;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.net.Cidr;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.PortMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A declared flow, with every port where none is said. */
public final class FlowPart {
    private final String name;
    private final List<PortMatch> ports = new ArrayList<>();
    private FlowEnd from = everyPod();
    private FlowEnd to = everyPod();
    private Expectation expectation = Expectation.ALLOWED;
    private boolean onService;

    FlowPart(String name) {
        this.name = name;
    }

    public FlowPart from(String namespace, String pods) {
        return from(pods(LabelSelector.namespaceNamed(namespace), pods));
    }

    public FlowPart from(FlowEnd end) {
        from = end;
        return this;
    }

    public FlowPart to(String namespace, String pods) {
        return to(pods(LabelSelector.namespaceNamed(namespace), pods));
    }

    public FlowPart to(FlowEnd end) {
        to = end;
        return this;
    }

    /** Ports of the destination. */
    public FlowPart on(PortMatch... wanted) {
        ports.addAll(List.of(wanted));
        return this;
    }

    /** Ports of the Service that the flow goes to. */
    public FlowPart onService(PortMatch... wanted) {
        onService = true;
        return on(wanted);
    }

    public FlowPart mustBeBlocked() {
        expectation = Expectation.BLOCKED;
        return this;
    }

    Flow flow() {
        FlowPorts which = ports.isEmpty()
                ? new FlowPorts.Every()
                : onService ? new FlowPorts.OfService(ports) : new FlowPorts.OfPods(ports);
        return new Flow(name, expectation, from, to, which);
    }

    /** Pods in every namespace with such labels. */
    public static FlowEnd pods(LabelSelector namespaces, String pods) {
        return new FlowEnd.Pods(namespaces, LabelSelector.parse(pods));
    }

    public static FlowEnd everyPod() {
        return pods(LabelSelector.EVERYTHING, "");
    }

    public static FlowEnd service(String namespaceAndName) {
        ObjectRef service = Names.object("Service", namespaceAndName);
        return new FlowEnd.ServicePods(service.namespace(), service.name());
    }

    public static FlowEnd ownedBy(String kind, String namespaceAndName) {
        return new FlowEnd.OwnedBy(Names.object(kind, namespaceAndName));
    }

    public static FlowEnd outside(String cidr, String... except) {
        return new FlowEnd.Outside(
                Cidr.parse(cidr), Stream.of(except).map(Cidr::parse).toList());
    }

    public static FlowEnd clusterDns() {
        return new FlowEnd.WellKnown(FlowEnd.WellKnown.Name.CLUSTER_DNS);
    }

    public static FlowEnd kubernetesApi() {
        return new FlowEnd.WellKnown(FlowEnd.WellKnown.Name.KUBERNETES_API);
    }
}
