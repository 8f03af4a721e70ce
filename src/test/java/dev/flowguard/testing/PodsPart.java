package dev.flowguard.testing;

import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.NamedPort;
import dev.flowguard.cluster.object.NamedPort.Container;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.cluster.object.Owner;
import dev.flowguard.cluster.object.PerPodLabels;
import dev.flowguard.cluster.object.PodShape;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.net.Address;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A controller with the pods it has made, or a bare pod. */
public final class PodsPart implements Part {
    private record Live(Labels perPod, List<Address> addresses) {}

    private final String namespace;
    private final Labels labels;
    private final List<NamedPort> ports = new ArrayList<>();
    private final List<Live> live = new ArrayList<>();
    private Owner owner;
    private PerPodLabels perPod = new PerPodLabels.Unforeseen();
    private boolean hostNetwork;

    PodsPart(Owner owner, String namespace, Labels labels) {
        this.owner = owner;
        this.namespace = namespace;
        this.labels = labels;
    }

    /** Another controller than the Deployment named after the first label. */
    public PodsPart of(String kind, String name) {
        owner = new Owner(kind, name);
        return this;
    }

    /** What the controller is known to label its pods with, one by one. */
    public PodsPart labelledOneByOne(PerPodLabels labels) {
        perPod = labels;
        return this;
    }

    /** A live pod with these addresses; with none, a pending one. */
    public PodsPart ip(String... addresses) {
        return livePod(Labels.NONE, addresses);
    }

    /** A live pod with labels of its own. */
    public PodsPart livePod(Labels own, String... addresses) {
        live.add(new Live(own, Stream.of(addresses).map(Address::parse).toList()));
        return this;
    }

    public PodsPart port(String name, int number) {
        return port(name, number, Protocol.TCP, Container.REGULAR);
    }

    public PodsPart port(String name, int number, Protocol protocol) {
        return port(name, number, protocol, Container.REGULAR);
    }

    public PodsPart port(String name, int number, Protocol protocol, Container container) {
        ports.add(new NamedPort(name, protocol, number, container));
        return this;
    }

    public PodsPart onHostNetwork() {
        hostNetwork = true;
        return this;
    }

    @Override
    public List<Observation> observations() {
        PodShape shape = new PodShape(labels, ports, hostNetwork);
        List<Observation> all = new ArrayList<>();
        if (!owner.isBarePod()) {
            all.add(new Observation(
                    new ObjectRef(owner.kind(), namespace, owner.name()),
                    List.of(new Fact.Template(namespace, owner, shape, perPod))));
        }
        for (int i = 0; i < live.size(); i++) {
            String name = owner.isBarePod() ? owner.name() : owner.name() + "-" + i;
            Live pod = live.get(i);
            all.add(new Observation(
                    new ObjectRef(Owner.POD, namespace, name),
                    List.of(new Fact.Pod(namespace, name, owner, shape, pod.perPod(), pod.addresses()))));
        }
        return all;
    }
}
