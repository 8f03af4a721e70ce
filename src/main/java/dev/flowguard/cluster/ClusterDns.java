package dev.flowguard.cluster;

import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.net.Address;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * How pods of this cluster resolve names. It is discovered, never assumed: the DNS Service by configuration, by its place in
 * the common distributions, or by the label that they all give it; resolvers on the node by their DaemonSet.
 *
 * @param services the DNS Service; empty where none was found
 * @param resolvers addresses outside the pod network that answer as well, such as a node-local cache
 */
public record ClusterDns(List<ServiceEntry> services, Set<Address> resolvers) {
    /** The port that clients of DNS use, on the Service and on resolvers. */
    public static final int PORT = 53;

    /** The label of a DNS Service that nobody has seen, and that is taken to be there. */
    public static final String ASSUMED = "flowguard.dev/assumed";

    private static final String NODE_LOCAL_AGENT = "node-local-dns";
    private static final Address NODE_LOCAL_ADDRESS = Address.parse("169.254.20.10");
    private static final List<String> USUAL_SERVICES =
            List.of("kube-system/kube-dns", "openshift-dns/dns-default", "kube-system/coredns");
    private static final Map.Entry<String, String> USUAL_LABEL = Map.entry("k8s-app", "kube-dns");

    public ClusterDns {
        services = List.copyOf(services);
        resolvers = Set.copyOf(resolvers);
    }

    static ClusterDns discover(
            ClusterSettings settings,
            Function<String, Optional<NamespaceShard>> namespaces,
            Collection<String> nodeAgents) {
        Set<Address> resolvers = new TreeSet<>(settings.resolvers());
        if (nodeAgents.contains(NODE_LOCAL_AGENT)) {
            resolvers.add(NODE_LOCAL_ADDRESS);
        }
        List<String> candidates = settings.dnsService().isEmpty() ? USUAL_SERVICES : List.of(settings.dnsService());
        List<ServiceEntry> found = candidates.stream()
                .flatMap(candidate -> named(candidate, namespaces).stream())
                .limit(1)
                .toList();
        if (found.isEmpty() && settings.dnsService().isEmpty()) {
            found = labelled(namespaces);
        }
        return new ClusterDns(found, resolvers);
    }

    /** Whether it is only taken to be the usual one. */
    public boolean isAssumed() {
        return services.stream().anyMatch(service -> service.labels().containsKey(ASSUMED));
    }

    /** Whether the pods behind the DNS Service live in that namespace. */
    boolean livesIn(String namespace) {
        return services.stream().anyMatch(service -> service.namespace().equals(namespace));
    }

    private static Optional<ServiceEntry> named(
            String namespaceAndName, Function<String, Optional<NamespaceShard>> namespaces) {
        List<String> parts = Arrays.asList(namespaceAndName.split("/", 2));
        return namespaces.apply(parts.get(0)).flatMap(shard -> shard.service(parts.get(parts.size() - 1)));
    }

    private static List<ServiceEntry> labelled(Function<String, Optional<NamespaceShard>> namespaces) {
        return namespaces
                .apply("kube-system")
                .map(shard -> shard.services().stream()
                        .filter(service ->
                                USUAL_LABEL.getValue().equals(service.labels().get(USUAL_LABEL.getKey())))
                        .limit(1)
                        .toList())
                .orElse(List.of());
    }
}
