package dev.flowguard.policy.chain;

import dev.flowguard.net.IpFamily;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Peer;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whom a policy selects, or whom a rule speaks of: an expression over all that a policy can see of an end, which is asked with three
 * values. What speaks of pods is false for every end that is no pod of the pod network, those on the host network included, so that
 * a negation is true there.
 */
public sealed interface Ends {
    @SuppressWarnings(
            "ClassInitializationDeadlock") // Records without static state; whoever loads first, nothing waits.
    Ends EVERYBODY = new AllOf(List.of());

    @SuppressWarnings(
            "ClassInitializationDeadlock") // Records without static state; whoever loads first, nothing waits.
    Ends NOBODY = new AnyOf(List.of());

    <T> T accept(Cases<T> cases);

    /** The Services of which one would have to know whom they lead to. */
    default Stream<OfService> services() {
        return Stream.empty();
    }

    /** A method for each sort of expression. */
    interface Cases<T> {
        T allOf(AllOf all);

        T anyOf(AnyOf any);

        T not(Not not);

        T unclear(Unclear unclear);

        T pods(Pods pods);

        T podLabels(PodLabels labels);

        T namespaceLabels(NamespaceLabels labels);

        T inNamespace(InNamespace namespace);

        T serviceAccounts(ServiceAccounts accounts);

        T label(Label label);

        T addresses(Addresses addresses);

        T family(OfFamily family);

        T nodes(Nodes nodes);

        T outside(Outside outside);

        T apiServer(ApiServer apiServer);

        T service(OfService service);
    }

    static Ends allOf(Collection<Ends> parts) {
        return parts.size() == 1 ? parts.iterator().next() : new AllOf(List.copyOf(parts));
    }

    static Ends allOf(Ends... parts) {
        return allOf(List.of(parts));
    }

    static Ends anyOf(Collection<Ends> parts) {
        return parts.size() == 1 ? parts.iterator().next() : new AnyOf(List.copyOf(parts));
    }

    static Ends anyOf(Ends... parts) {
        return anyOf(List.of(parts));
    }

    static Ends not(Ends part) {
        return new Not(part);
    }

    /** Pods with these labels in namespaces with those. */
    static Ends pods(LabelSelector namespaces, LabelSelector pods) {
        return new AllOf(List.of(new NamespaceLabels(namespaces), new PodLabels(pods)));
    }

    /** Who fits all of the parts; without any, everybody. */
    record AllOf(List<Ends> parts) implements Ends {
        public AllOf {
            parts = List.copyOf(parts);
        }

        @Override
        public Stream<OfService> services() {
            return parts.stream().flatMap(Ends::services);
        }

        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.allOf(this);
        }
    }

    /** Who fits one of the parts; without any, nobody. */
    record AnyOf(List<Ends> parts) implements Ends {
        public AnyOf {
            parts = List.copyOf(parts);
        }

        @Override
        public Stream<OfService> services() {
            return parts.stream().flatMap(Ends::services);
        }

        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.anyOf(this);
        }
    }

    record Not(Ends part) implements Ends {
        @Override
        public Stream<OfService> services() {
            return part.services();
        }

        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.not(this);
        }
    }

    /**
     * Nobody can tell.
     *
     * @param why a clause for people, such as {@code what DNS answers is not known}
     */
    record Unclear(String why) implements Ends {
        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.unclear(this);
        }
    }

    /** Any pod of the pod network. */
    record Pods() implements Ends {
        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.pods(this);
        }
    }

    /** Pods with these labels, in any namespace. */
    record PodLabels(LabelSelector selector) implements Ends {
        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.podLabels(this);
        }
    }

    /** Pods in namespaces with these labels. */
    record NamespaceLabels(LabelSelector selector) implements Ends {
        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.namespaceLabels(this);
        }
    }

    /** Pods in that namespace. */
    record InNamespace(String name) implements Ends {
        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.inNamespace(this);
        }
    }

    /** Pods that run as a service account of one of these names, in any namespace. */
    record ServiceAccounts(Set<String> names) implements Ends {
        public ServiceAccounts {
            names = Set.copyOf(names);
        }

        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.serviceAccounts(this);
        }
    }

    /** Pods of which a label, a label of their namespace, or the name of their service account, passes a test. */
    record Label(Bearer bearer, String key, LabelTest test, String operand) implements Ends {
        /** Whose label it is. */
        public enum Bearer {
            POD,
            NAMESPACE,
            /** What bears no labels here but a name, which is the value whatever the key. */
            SERVICE_ACCOUNT
        }

        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.label(this);
        }
    }

    /**
     * Addresses in one of the blocks.
     *
     * @param pods whether a pod is matched by its address; an address outside always is
     * @param nodes whether a node is
     */
    record Addresses(List<Peer.IpBlock> blocks, Answer pods, Answer nodes) implements Ends {
        public Addresses {
            blocks = List.copyOf(blocks);
        }

        /** As the plugin treats address blocks of any kind. */
        public static Addresses of(List<Peer.IpBlock> blocks, Plugin plugin) {
            return new Addresses(blocks, plugin.ipBlockMatchesPods(), plugin.ipBlockMatchesNodes());
        }

        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.addresses(this);
        }
    }

    /** Whoever is spoken to by an address of that family. */
    record OfFamily(IpFamily family) implements Ends {
        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.family(this);
        }
    }

    /** Nodes with these labels, and pods on their network. */
    record Nodes(LabelSelector labels, Whose whose) implements Ends {
        /** Seen from the pod that the policy selects. */
        public enum Whose {
            ANY,
            /** The node that it runs on. */
            OWN,
            /** Any node but its own. */
            OTHER
        }

        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.nodes(this);
        }
    }

    /** What is no pod and no node. */
    record Outside() implements Ends {
        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.outside(this);
        }
    }

    /** What backs the Service {@code default/kubernetes}, be it nodes or addresses outside; never a pod of the pod network. */
    record ApiServer() implements Ends {
        @Override
        public Stream<OfService> services() {
            return Stream.of(new OfService("default", "kubernetes"));
        }

        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.apiServer(this);
        }
    }

    /**
     * What Services lead to: the pods that they select, or where they select none the addresses of their EndpointSlices.
     *
     * @param namespace empty for every namespace
     * @param name empty where the labels say which
     * @param labels of the Services
     */
    record OfService(String namespace, String name, LabelSelector labels, Backing backing) implements Ends {
        /** Stands among {@link #services} for all Services, where labels say which are meant. */
        public static final OfService BY_LABELS = new OfService("", "");

        /** What behind them is meant. */
        public enum Backing {
            ANY,
            /** The pods of those that select pods; never one on the host network. */
            SELECTED_PODS,
            /** The addresses of those that select none, whoever has them. */
            LISTED_ADDRESSES
        }

        /** That one Service, whatever is behind it. */
        public OfService(String namespace, String name) {
            this(namespace, name, LabelSelector.EVERYTHING, Backing.ANY);
        }

        @Override
        public Stream<OfService> services() {
            return Stream.of(namespace.isEmpty() || name.isEmpty() ? BY_LABELS : new OfService(namespace, name));
        }

        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.service(this);
        }
    }
}
