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

    /** The pods of an annotated workload (or the annotated Pod itself), whatever their labels. */
    record OwnedBy(ObjectRef owner) implements FlowEnd {
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

    /** A destination that is discovered in the cluster. */
    record WellKnown(Name name) implements FlowEnd {
        /** The destinations that have a name of their own. */
        public enum Name {
            /** The DNS ports (53, UDP and TCP) of the cluster's DNS. */
            CLUSTER_DNS("ClusterDNS"),
            /** The addresses and port behind {@code default/kubernetes}. */
            KUBERNETES_API("KubernetesAPI");

            private final String spelling;

            Name(String spelling) {
                this.spelling = spelling;
            }

            public String spelling() {
                return spelling;
            }
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
