package dev.flowguard.cluster;

import dev.flowguard.contract.Contract;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.net.Address;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.Policy;
import java.util.List;

/** Something that an observed object tells about the cluster. One object may tell several things. */
public sealed interface Fact permits NamespaceEntry, ServiceEntry, Fact.Other {
    /** The facts that are no more than a record of what was seen. */
    sealed interface Other extends Fact {}

    /**
     * A live pod: neither succeeded nor failed.
     *
     * @param owner its controller as its owner reference names it, or itself
     * @param perPod those of its labels that {@link PerPodLabels} sets aside
     * @param addresses empty while it is pending
     */
    record Pod(String namespace, String name, Owner owner, PodShape shape, Labels perPod, List<Address> addresses)
            implements Other {
        public Pod {
            addresses = List.copyOf(addresses);
        }
    }

    /** The pods that a controller can make at any time, whether or not there are any now. */
    record Template(String namespace, Owner owner, PodShape shape, PerPodLabels perPod) implements Other {}

    /** A controller is itself owned, as a ReplicaSet is by its Deployment. */
    record Owned(String namespace, Owner child, Owner parent) implements Other {}

    /**
     * Addresses behind a Service that were not made from a selector, or that the API server published.
     *
     * @param ports what listens there
     */
    record Endpoints(String namespace, String service, List<Address> addresses, List<Port> ports) implements Other {
        /** A port of an EndpointSlice. */
        public record Port(Protocol protocol, PortRange number) {}

        public Endpoints {
            addresses = List.copyOf(addresses);
            ports = List.copyOf(ports);
        }
    }

    /** A node and its addresses. */
    record Node(String name, List<Address> addresses) implements Other {
        public Node {
            addresses = List.copyOf(addresses);
        }
    }

    /** A NetworkPolicy. */
    record NetworkPolicy(Policy policy) implements Other {}

    /** What an object declares: a contract resource, or an annotated object. */
    record Declared(Contract contract) implements Other {}

    /** A policy of a kind that is not evaluated; cluster-wide where its namespace is empty. */
    record OtherPolicy(ObjectRef policy) implements Other {}

    /** A DaemonSet, by which the network plugin is recognised. */
    record NodeAgent(String namespace, String name) implements Other {}
}
