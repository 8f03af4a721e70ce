package dev.flowguard.cluster.implied;

import dev.flowguard.cluster.object.Owner;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.PortMatch;
import java.util.List;

/** What one object tells of traffic that is needed. Alone it mostly implies nothing: it takes a Service, an account or a controller. */
public sealed interface Implication {
    /** Hands this to the method for its kind. */
    void accept(Visitor visitor);

    /** Takes in implications, a method for each kind; those that are not heeded need none. */
    interface Visitor {
        default void called(Called called) {}

        default void bound(Bound bound) {}

        default void account(Account account) {}

        default void identity(Identity identity) {}

        default void scraper(Scraper scraper) {}

        default void monitor(Monitor monitor) {}

        default void controller(Controller controller) {}

        default void gateway(Gateway gateway) {}

        default void route(Route route) {}

        default void custom(Custom custom) {}

        default void rewritten() {}

        default void scattered(Scattered scattered) {}
    }

    /**
     * The API server calls a Service: a webhook or the server of an extension.
     *
     * @param by the object that says so
     * @param port the Service's
     */
    record Called(ObjectRef by, String namespace, String service, int port) implements Implication {
        @Override
        public void accept(Visitor visitor) {
            visitor.called(this);
        }
    }

    /** Service accounts that have a role. */
    record Bound(ObjectRef by, List<AccountName> accounts) implements Implication {
        public Bound {
            accounts = List.copyOf(accounts);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.bound(this);
        }
    }

    /** The name of a ServiceAccount. */
    record AccountName(String namespace, String name) {
        /** The account of pods that name none. */
        public static final String DEFAULT = "default";
    }

    /** A ServiceAccount whose pods get no token unless they ask for one. */
    record Account(AccountName name) implements Implication {
        @Override
        public void accept(Visitor visitor) {
            visitor.account(this);
        }
    }

    /**
     * As whom the pods of an owner run, where that is not the usual: the default account, with a token if the account says so, and
     * names resolved by the cluster's DNS.
     *
     * @param resolvesElsewhere whether the pods ask other resolvers than the cluster's
     * @param nodes on which they run, where they use the nodes' network
     */
    record Identity(Owner owner, String account, Token token, boolean resolvesElsewhere, LabelSelector nodes)
            implements Implication {
        /** Whether pods have a token for the API server. */
        public enum Token {
            MOUNTED,
            NOT_MOUNTED,
            AS_THE_ACCOUNT_SAYS
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.identity(this);
        }
    }

    /**
     * Custom resources whose operator is not known: it may make pods and namespaces of which nothing is seen.
     *
     * @param kind of which there are some, as kubectl names it: {@code Widget.example.com}; or the group of kinds that are only defined
     */
    record Custom(String kind) implements Implication {
        @Override
        public void accept(Visitor visitor) {
            visitor.custom(this);
        }
    }

    /** Kustomizations give the objects other namespaces or labels than those which are read. */
    record Rewritten() implements Implication {
        @Override
        public void accept(Visitor visitor) {
            visitor.rewritten();
        }
    }

    /**
     * Objects that are written with one namespace and that kustomizations put into several, never all together: what stands there side
     * by side is not of one cluster.
     *
     * @param into by name
     */
    record Scattered(String namespace, List<String> into) implements Implication {
        public Scattered {
            into = List.copyOf(into);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.scattered(this);
        }
    }

    /** In which namespaces something is looked for. */
    record Scope(boolean everywhere, List<String> names, LabelSelector selector) {
        public static final Scope EVERYWHERE = new Scope(true, List.of(), LabelSelector.EVERYTHING);

        public Scope {
            names = List.copyOf(names);
        }

        public static Scope named(List<String> names) {
            return new Scope(false, names, LabelSelector.EVERYTHING);
        }

        public static Scope matching(LabelSelector selector) {
            return new Scope(false, List.of(), selector);
        }

        boolean covers(String namespace, Labels labels) {
            return everywhere || names.contains(namespace) || names.isEmpty() && selector.matches(labels);
        }
    }

    /** Which monitors a scraper takes: in these namespaces those with these labels. */
    record Choice(Scope namespaces, LabelSelector monitors) {}

    /**
     * A Prometheus.
     *
     * @param serviceMonitors empty: none
     * @param podMonitors empty: none
     */
    record Scraper(ObjectRef by, LabelSelector pods, List<Choice> serviceMonitors, List<Choice> podMonitors)
            implements Implication {
        public Scraper {
            serviceMonitors = List.copyOf(serviceMonitors);
            podMonitors = List.copyOf(podMonitors);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.scraper(this);
        }
    }

    /**
     * A ServiceMonitor or PodMonitor.
     *
     * @param ofServices whether the targets are Services, otherwise pods
     * @param ports names of ports of the Services, or of the pods
     * @param targetPorts ports on the pods, for Services
     */
    record Monitor(
            ObjectRef by,
            Labels labels,
            boolean ofServices,
            Scope namespaces,
            LabelSelector targets,
            List<String> ports,
            List<PortMatch> targetPorts)
            implements Implication {
        public Monitor {
            ports = List.copyOf(ports);
            targetPorts = List.copyOf(targetPorts);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.monitor(this);
        }
    }

    /**
     * An IngressClass or GatewayClass.
     *
     * @param controller as the class names it: {@code k8s.io/ingress-nginx}
     */
    record Controller(ObjectRef by, String controller, boolean isDefault) implements Implication {
        @Override
        public void accept(Visitor visitor) {
            visitor.controller(this);
        }
    }

    /** A Gateway, and the class that it is of. */
    record Gateway(ObjectRef by, String gatewayClass) implements Implication {
        @Override
        public void accept(Visitor visitor) {
            visitor.gateway(this);
        }
    }

    /** An Ingress, a route of the Gateway API or of OpenShift. */
    record Route(ObjectRef by, Entrance entrance, List<Backend> backends) implements Implication {
        public Route {
            backends = List.copyOf(backends);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.route(this);
        }
    }

    /**
     * By whom traffic comes in to a route.
     *
     * @param ingressClass of an Ingress; empty: the default one
     * @param gateways of a route of the Gateway API
     * @param openShift whether OpenShift's router serves it
     */
    record Entrance(boolean ingress, String ingressClass, List<ObjectRef> gateways, boolean openShift) {
        public Entrance {
            gateways = List.copyOf(gateways);
        }

        public static Entrance ofClass(String ingressClass) {
            return new Entrance(true, ingressClass, List.of(), false);
        }

        public static Entrance ofGateways(List<ObjectRef> gateways) {
            return new Entrance(false, "", gateways, false);
        }

        public static final Entrance OF_OPENSHIFT = new Entrance(false, "", List.of(), true);
    }

    /**
     * A Service that traffic is sent to.
     *
     * @param portName empty where the number says it, or where every port is meant
     * @param port 0 where the name says it, or where every port is meant
     */
    record Backend(String namespace, String service, String portName, int port) {}
}
