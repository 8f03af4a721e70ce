package dev.flowguard.contract;

import dev.flowguard.net.Cidr;
import dev.flowguard.policy.LabelSelector;
import java.util.List;
import java.util.function.Function;

/** One end of a declared flow: who sends, or who is reached. */
public sealed interface FlowEnd {
    <T> T match(
            Function<Pods, T> pods,
            Function<OwnedBy, T> ownedBy,
            Function<ServicePods, T> service,
            Function<Outside, T> outside,
            Function<WellKnown, T> wellKnown);

    /**
     * Pods by label in every namespace whose labels match; hostNetwork pods never belong to it. A contract's own namespace is
     * written as a selector of {@value LabelSelector#NAMESPACE_NAME}.
     */
    record Pods(LabelSelector namespaces, LabelSelector pods) implements FlowEnd {
        @Override
        public <T> T match(
                Function<Pods, T> pods,
                Function<OwnedBy, T> ownedBy,
                Function<ServicePods, T> service,
                Function<Outside, T> outside,
                Function<WellKnown, T> wellKnown) {
            return pods.apply(this);
        }
    }

    /**
     * The pods of an annotated workload (or the annotated Pod itself), whatever their labels.
     *
     * @param fromNodes whether those on the host network belong to it too, as the addresses of their nodes; only implied flows say so
     * @param nodes on which those may run
     */
    record OwnedBy(ObjectRef owner, boolean fromNodes, LabelSelector nodes) implements FlowEnd {
        /** Without those on the host network. */
        public OwnedBy(ObjectRef owner) {
            this(owner, false, LabelSelector.EVERYTHING);
        }

        @Override
        public <T> T match(
                Function<Pods, T> pods,
                Function<OwnedBy, T> ownedBy,
                Function<ServicePods, T> service,
                Function<Outside, T> outside,
                Function<WellKnown, T> wellKnown) {
            return ownedBy.apply(this);
        }
    }

    /** The pods that a Service stands for. */
    record ServicePods(String namespace, String name) implements FlowEnd {
        @Override
        public <T> T match(
                Function<Pods, T> pods,
                Function<OwnedBy, T> ownedBy,
                Function<ServicePods, T> service,
                Function<Outside, T> outside,
                Function<WellKnown, T> wellKnown) {
            return service.apply(this);
        }
    }

    /** Addresses outside the cluster: those of the block that no pod, Service or node is known to have. */
    record Outside(Cidr cidr, List<Cidr> except) implements FlowEnd {
        public Outside {
            except = List.copyOf(except);
        }

        @Override
        public <T> T match(
                Function<Pods, T> pods,
                Function<OwnedBy, T> ownedBy,
                Function<ServicePods, T> service,
                Function<Outside, T> outside,
                Function<WellKnown, T> wellKnown) {
            return outside.apply(this);
        }
    }

    /**
     * An end that is discovered in the cluster.
     *
     * @param nodes for {@link Name#NODES} which of them; otherwise every one
     */
    record WellKnown(Name name, LabelSelector nodes) implements FlowEnd {
        /** The ends that have a name of their own. */
        public enum Name {
            /** The DNS ports (53, UDP and TCP) of the cluster's DNS. */
            CLUSTER_DNS("ClusterDNS"),
            /** The addresses and port behind {@code default/kubernetes}; as a source those addresses, or agents that carry its traffic. */
            KUBERNETES_API("KubernetesAPI"),
            /** The addresses of nodes. */
            NODES("Nodes"),
            /** The pods that resolve names by the cluster's DNS; only implied flows speak of them. */
            DNS_CLIENTS("DNSClients");

            /** Those that a contract may name as a source. */
            public static final List<Name> SOURCES = List.of(KUBERNETES_API, NODES);

            /** Those that a contract may name as a destination. */
            public static final List<Name> DESTINATIONS = List.of(CLUSTER_DNS, KUBERNETES_API, NODES);

            private final String spelling;

            Name(String spelling) {
                this.spelling = spelling;
            }

            public String spelling() {
                return spelling;
            }
        }

        public WellKnown(Name name) {
            this(name, LabelSelector.EVERYTHING);
        }

        @Override
        public <T> T match(
                Function<Pods, T> pods,
                Function<OwnedBy, T> ownedBy,
                Function<ServicePods, T> service,
                Function<Outside, T> outside,
                Function<WellKnown, T> wellKnown) {
            return wellKnown.apply(this);
        }
    }
}
