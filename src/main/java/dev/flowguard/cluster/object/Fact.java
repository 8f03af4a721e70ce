package dev.flowguard.cluster.object;

import dev.flowguard.cluster.implied.Implication;
import dev.flowguard.contract.Contract;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.net.Address;
import dev.flowguard.net.Cidr;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.policy.chain.PolicySource;
import dev.flowguard.policy.chain.SideInput;
import java.util.List;
import java.util.Set;

/** Something that an observed object tells about the cluster. One object may tell several things. */
public sealed interface Fact
        permits NamespaceEntry,
                ServiceEntry,
                Fact.Alias,
                Fact.Pod,
                Fact.Template,
                Fact.Owned,
                Fact.Endpoints,
                Fact.Ingress,
                Fact.Node,
                Fact.NetworkPolicy,
                Fact.Declared,
                Fact.OtherPolicy,
                Fact.Ruled,
                Fact.Input,
                Fact.NodeAgent,
                Fact.Staged,
                Fact.Implied,
                Fact.StandIn,
                Fact.Labelled {
    /** Hands this fact to the method for its kind. */
    void accept(Visitor visitor);

    /** Takes in facts, a method for each kind. */
    interface Visitor {
        void namespace(NamespaceEntry namespace);

        void service(ServiceEntry service);

        void alias(Alias alias);

        void pod(Pod pod);

        void template(Template template);

        void owned(Owned owned);

        void endpoints(Endpoints endpoints);

        void ingress(Ingress ingress);

        void node(Node node);

        void policy(Policy policy);

        void contract(Contract contract);

        void otherPolicy(ObjectRef policy);

        void ruled(PolicySource policy);

        void input(SideInput input);

        void nodeAgent(NodeAgent agent);

        void staged(Staged staged);

        void implied(Implication implication);

        void standIn(StandIn standIn);

        void labelled(Labelled labelled);
    }

    /**
     * A NetworkPolicy says that it is part of a set of changes that belong together.
     *
     * @param set how the set is called in the policy's namespace
     * @param count how many policies there are in it
     * @param created when the policy was made, in seconds since 1970
     */
    record Staged(PolicyRef policy, String set, int count, long created) implements Fact {
        @Override
        public void accept(Visitor visitor) {
            visitor.staged(this);
        }
    }

    /**
     * A Service of type ExternalName, which is no more than a name in DNS for another name: nothing is reached at it.
     *
     * @param target the other name; empty where none is written
     */
    record Alias(String namespace, String name, String target) implements Fact {
        @Override
        public void accept(Visitor visitor) {
            visitor.alias(this);
        }
    }

    /**
     * A live pod: neither succeeded nor failed.
     *
     * @param owner its controller as its owner reference names it, or itself
     * @param perPod those of its labels that {@link PerPodLabels} sets aside
     * @param addresses empty while it is pending
     */
    record Pod(String namespace, String name, Owner owner, PodShape shape, Labels perPod, List<Address> addresses)
            implements Fact {
        public Pod {
            addresses = List.copyOf(addresses);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.pod(this);
        }
    }

    /** The pods that a controller can make at any time, whether or not there are any now. */
    record Template(String namespace, Owner owner, PodShape shape, PerPodLabels perPod) implements Fact {
        @Override
        public void accept(Visitor visitor) {
            visitor.template(this);
        }
    }

    /** A controller is itself owned, as a ReplicaSet is by its Deployment. */
    record Owned(String namespace, Owner child, Owner parent) implements Fact {
        @Override
        public void accept(Visitor visitor) {
            visitor.owned(this);
        }
    }

    /**
     * Addresses behind a Service that were not made from a selector, or that the API server published.
     *
     * @param ports what listens there
     */
    record Endpoints(String namespace, String service, List<Address> addresses, List<Port> ports) implements Fact {
        /** A port of an EndpointSlice. */
        public record Port(Protocol protocol, PortRange number) {}

        public Endpoints {
            addresses = List.copyOf(addresses);
            ports = List.copyOf(ports);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.endpoints(this);
        }
    }

    /** An Ingress: which Services of its namespace an ingress controller sends traffic to. */
    record Ingress(String namespace, String name, List<Backend> backends) implements Fact {
        /**
         * A port of a Service, by one of the two.
         *
         * @param portName empty where the number says it
         * @param portNumber 0 where the name says it
         */
        public record Backend(String service, String portName, int portNumber) {
            public boolean speaksOf(ServiceEntry.Port port) {
                return portName.isEmpty()
                        ? port.number() == portNumber
                        : port.name().equals(portName);
            }
        }

        public Ingress {
            backends = List.copyOf(backends);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.ingress(this);
        }
    }

    /**
     * A node and its addresses.
     *
     * @param podRanges from which the addresses of its pods are taken
     * @param plugins names of the network plugins that have annotated it
     */
    record Node(String name, Labels labels, List<Address> addresses, List<Cidr> podRanges, Set<String> plugins)
            implements Fact {
        public Node {
            addresses = List.copyOf(addresses);
            podRanges = List.copyOf(podRanges);
            plugins = Set.copyOf(plugins);
        }

        /** One of which no more is known. */
        public Node(String name, List<Address> addresses) {
            this(name, Labels.NONE, addresses, List.of(), Set.of());
        }

        public Node(String name, Labels labels, List<Address> addresses) {
            this(name, labels, addresses, List.of(), Set.of());
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.node(this);
        }
    }

    /** A NetworkPolicy. */
    record NetworkPolicy(Policy policy) implements Fact {
        @Override
        public void accept(Visitor visitor) {
            visitor.policy(policy);
        }
    }

    /** What an object declares: a contract resource, or an annotated object. */
    record Declared(Contract contract) implements Fact {
        @Override
        public void accept(Visitor visitor) {
            visitor.contract(contract);
        }
    }

    /** A policy of a kind that is not evaluated; cluster-wide where its namespace is empty. */
    record OtherPolicy(ObjectRef policy) implements Fact {
        @Override
        public void accept(Visitor visitor) {
            visitor.otherPolicy(policy);
        }
    }

    /** A policy of another kind than NetworkPolicy, which is evaluated. */
    record Ruled(PolicySource policy) implements Fact {
        @Override
        public void accept(Visitor visitor) {
            visitor.ruled(policy);
        }
    }

    /** Something on which the meaning of such policies may depend. */
    record Input(SideInput input) implements Fact {
        @Override
        public void accept(Visitor visitor) {
            visitor.input(input);
        }
    }

    /** A DaemonSet, by which the network plugin and a resolver on the node are recognised. */
    record NodeAgent(String namespace, String name) implements Fact {
        /** Where plugins are installed. In other namespaces anybody may call a DaemonSet like one of them. */
        private static final Set<String> SYSTEM_NAMESPACES = Set.of(
                "kube-system",
                "calico-system",
                "cilium",
                "cilium-system",
                "kube-flannel",
                "openshift-ovn-kubernetes",
                "ovn-kubernetes");

        /** Whether it is where those who run the cluster put such; in a cluster without that plugin the namespace may be anybody's. */
        public boolean isTrusted() {
            return SYSTEM_NAMESPACES.contains(namespace);
        }

        /** Whether only those who run the cluster can have made it. */
        public boolean isInKubeSystem() {
            return namespace.equals("kube-system");
        }

        /** Whether it is where OpenShift lets nobody but itself make namespaces; elsewhere they may be anybody's. */
        public boolean isInOpenShift() {
            return namespace.startsWith("openshift-");
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.nodeAgent(this);
        }
    }

    /** Something of which, with others, a need for traffic follows. */
    record Implied(Implication implication) implements Fact {
        @Override
        public void accept(Visitor visitor) {
            visitor.implied(implication);
        }
    }

    /**
     * Pods that an operator makes for a custom resource; they are known by it only where neither they nor a controller of theirs are
     * seen.
     */
    record StandIn(Template template) implements Fact {
        @Override
        public void accept(Visitor visitor) {
            visitor.standIn(this);
        }
    }

    /**
     * Labels of a controller that its pods do not get, as they are not on its template.
     *
     * @param labels only those
     */
    record Labelled(Owner owner, Labels labels) implements Fact {
        @Override
        public void accept(Visitor visitor) {
            visitor.labelled(this);
        }
    }
}
