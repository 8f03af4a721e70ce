package dev.flowguard.cli.input;

import dev.flowguard.cluster.ClusterDns;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.cluster.object.Owner;
import dev.flowguard.cluster.object.PerPodLabels;
import dev.flowguard.cluster.object.PodShape;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The DNS that nearly every cluster has, for manifests that do not show one: a team's folder has no kube-system, and its pods resolve names
 * all the same.
 */
final class AssumedDns {
    private static final List<String> ITS_NAMESPACES = List.of("kube-system", "openshift-dns");
    private static final String NAMESPACE = "kube-system";
    private static final String SERVICE = "kube-dns";
    private static final Map<String, String> PODS = Map.of("k8s-app", "kube-dns");

    private AssumedDns() {}

    /** These, and the usual DNS where nothing is seen of any, and it matters. */
    static List<Observation> beside(List<Observation> observations, ClusterSettings settings) {
        boolean isSeen = observations.stream().anyMatch(AssumedDns::shows);
        boolean isTold =
                !settings.dnsService().isEmpty() || !settings.resolvers().isEmpty();
        boolean matters = observations.stream()
                .flatMap(observation -> observation.policies().stream())
                .anyMatch(policy -> policy.egress().isolates());
        return isSeen || isTold || !matters
                ? observations
                : Stream.concat(observations.stream(), usual().stream()).toList();
    }

    /**
     * Whether its namespace is read, or what it may be itself. Other objects that are in its namespace show nothing of it: many a folder
     * has a role binding or an agent there.
     */
    private static boolean shows(Observation observation) {
        ObjectRef object = observation.object();
        return object.kind().equals("Namespace")
                ? ITS_NAMESPACES.contains(object.name())
                : ITS_NAMESPACES.contains(object.namespace())
                        && observation.facts().stream().anyMatch(AssumedDns::mayBeIts);
    }

    private static boolean mayBeIts(Fact fact) {
        if (fact instanceof ServiceEntry service) {
            return service.ports().stream().anyMatch(port -> port.number() == ClusterDns.PORT);
        } else if (fact instanceof Fact.Template template) {
            return mayBeItsPod(template.shape());
        } else if (fact instanceof Fact.Pod pod) {
            return mayBeItsPod(pod.shape());
        }
        return false;
    }

    private static boolean mayBeItsPod(PodShape shape) {
        return PODS.entrySet().stream()
                        .allMatch(label ->
                                label.getValue().equals(shape.labels().asMap().get(label.getKey())))
                || shape.ports().stream().anyMatch(port -> port.number() == ClusterDns.PORT);
    }

    private static List<Observation> usual() {
        List<ServiceEntry.Port> ports = new ArrayList<>();
        for (Protocol protocol : List.of(Protocol.UDP, Protocol.TCP)) {
            ports.add(new ServiceEntry.Port(
                    protocol == Protocol.UDP ? "dns" : "dns-tcp", protocol, ClusterDns.PORT, ClusterDns.PORT, ""));
        }
        ServiceEntry service = new ServiceEntry(
                NAMESPACE,
                SERVICE,
                Map.of(ClusterDns.ASSUMED, "true"),
                PODS,
                ports,
                List.of(),
                ServiceEntry.Exposure.CLUSTER_INTERNAL);
        Fact.Template pods = new Fact.Template(
                NAMESPACE,
                new Owner("Deployment", "coredns"),
                new PodShape(Labels.of(PODS), List.of(), false),
                new PerPodLabels.Unforeseen());
        return List.of(
                new Observation(new ObjectRef("Service", NAMESPACE, SERVICE), List.of(service)),
                new Observation(new ObjectRef("Deployment", NAMESPACE, "coredns"), List.of(pods)));
    }

    /** That it is assumed; nothing where it is not. */
    static Stream<String> note(Snapshot cluster) {
        return cluster.dns().isAssumed()
                ? Stream.of("the DNS of the cluster is not here: taken to be Service kube-system/kube-dns with pods"
                        + " k8s-app=kube-dns on port 53; --dns says otherwise")
                : Stream.empty();
    }
}
