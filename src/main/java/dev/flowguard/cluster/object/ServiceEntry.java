package dev.flowguard.cluster.object;

import dev.flowguard.net.Address;
import dev.flowguard.net.IpFamily;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.PortMatch;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Service.
 *
 * @param labels the Service's own labels, by which well-known Services are found
 * @param selector an empty map selects no pod: such a Service has endpoints made by somebody else
 * @param clusterIps empty for a headless Service
 * @param exposure how traffic from outside the cluster may come in
 */
public record ServiceEntry(
        String namespace,
        String name,
        Map<String, String> labels,
        Map<String, String> selector,
        List<Port> ports,
        List<Address> clusterIps,
        Exposure exposure)
        implements Fact {
    /** Where the API server publishes itself, under {@link #API_SERVICE}. */
    public static final String API_NAMESPACE = "default";

    public static final String API_SERVICE = "kubernetes";

    /** Whether a Service takes traffic from outside, and if so whether the sender's address survives (SEMANTICS Q20, B10). */
    public enum Exposure {
        CLUSTER_INTERNAL,
        /** NodePort or LoadBalancer with {@code externalTrafficPolicy: Cluster}: the pod may see a node's address. */
        SOURCE_REWRITTEN,
        /** NodePort or LoadBalancer with {@code externalTrafficPolicy: Local}. */
        SOURCE_KEPT
    }

    /**
     * A port of a Service.
     *
     * @param name empty where the only port has none
     * @param targetNumber the port on the pod, or 0 where {@code targetName} names it
     */
    public record Port(String name, Protocol protocol, int number, int targetNumber, String targetName) {
        /** Whether a port that is asked of the Service, by its number or its name, is this one. */
        public boolean isMeantBy(PortMatch asked) {
            return asked.match(
                    numbered ->
                            numbered.protocol() == protocol && numbered.ports().contains(number),
                    named -> named.protocol() == protocol && named.name().equals(name),
                    every -> every.protocol() == protocol,
                    unknown -> false);
        }

        /** Where the traffic to this port ends on that pod; empty where the pod is no endpoint of it. */
        public Optional<Integer> targetOn(Workload workload) {
            return targetName.isEmpty() ? Optional.of(targetNumber) : workload.servingPort(targetName, protocol);
        }
    }

    public ServiceEntry {
        labels = Map.copyOf(labels);
        selector = Map.copyOf(selector);
        ports = List.copyOf(ports);
        clusterIps = List.copyOf(clusterIps);
    }

    public boolean hasSelector() {
        return !selector.isEmpty();
    }

    /** Whether a workload of its namespace is behind it. */
    public boolean selects(Workload workload) {
        for (Map.Entry<String, String> label : selector.entrySet()) {
            if (!label.getValue().equals(workload.labels().get(label.getKey()))) {
                return false;
            }
        }
        return hasSelector();
    }

    public LabelSelector podSelector() {
        return LabelSelector.ofLabels(selector);
    }

    /** Whether its traffic can be of that family: that of a ClusterIP, or any where it has none. */
    public boolean carries(IpFamily family) {
        for (Address clusterIp : clusterIps) {
            if (clusterIp.family() == family) {
                return true;
            }
        }
        return clusterIps.isEmpty();
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }

    @Override
    public void accept(Visitor visitor) {
        visitor.service(this);
    }
}
