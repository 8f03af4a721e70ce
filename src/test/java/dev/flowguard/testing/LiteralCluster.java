package dev.flowguard.testing;

import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.CniProfile;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.NamedPort;
import dev.flowguard.cluster.object.NamespaceEntry;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.cluster.object.Owner;
import dev.flowguard.cluster.object.PerPodLabels;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.net.Address;
import dev.flowguard.net.IpFamily;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.Policy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A cluster as it was written down: lists of things, looked through from one end to the other whenever something is asked. */
public final class LiteralCluster {
    /**
     * A pod, or one that a template may make any time.
     *
     * @param labels but for those of {@link PerPodLabels} that no selector names
     */
    public record Pod(
            String namespace,
            String name,
            Owner owner,
            Labels labels,
            List<NamedPort> ports,
            boolean hostNetwork,
            List<Address> addresses,
            boolean live) {
        boolean isLike(Pod other) {
            return namespace.equals(other.namespace)
                    && labels.equals(other.labels)
                    && ports.equals(other.ports)
                    && hostNetwork == other.hostNetwork;
        }
    }

    private final ClusterSettings settings;
    private final List<Observation> observations;
    private final List<Pod> pods = new ArrayList<>();
    private final Map<Pod, List<Pod>> alike = new HashMap<>();
    private final Map<String, Labels> namespaces = new HashMap<>();
    private final Set<Address> nodes = new HashSet<>();
    private final Set<Address> addresses = new HashSet<>();
    private final Map<Pod, Set<IpFamily>> families = new HashMap<>();
    private final Set<String> concernedByOthers = new HashSet<>();

    /** @param considered policies beside the cluster's own whose selectors count when pods are told apart */
    public LiteralCluster(ClusterSettings settings, List<Observation> observations, List<Policy> considered) {
        this.settings = settings;
        this.observations = observations;
        facts(NamespaceEntry.class).forEach(namespace -> namespaces.put(namespace.name(), namespace.labels()));
        LiteralKeys keys = new LiteralKeys(policies(), flows(), services(), considered, this::namespaceLabels);
        for (Fact.Pod pod : facts(Fact.Pod.class)) {
            Labels labels = pod.shape().labels().with(keys.told(pod.namespace(), pod.perPod()));
            pods.add(new Pod(
                    pod.namespace(),
                    pod.name(),
                    pod.owner(),
                    labels,
                    pod.shape().ports(),
                    pod.shape().hostNetwork(),
                    pod.addresses(),
                    true));
        }
        for (Fact.Template template : facts(Fact.Template.class)) {
            Set<Labels> each = template.perPod().labels().stream()
                    .map(one -> template.shape().labels().with(keys.told(template.namespace(), one)))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            each.forEach(labels -> pods.add(new Pod(
                    template.namespace(),
                    "of " + template.owner(),
                    template.owner(),
                    labels,
                    template.shape().ports(),
                    template.shape().hostNetwork(),
                    List.of(),
                    false)));
        }
        pods.forEach(pod -> alike.put(pod, pods.stream().filter(pod::isLike).toList()));
        facts(Fact.Node.class).forEach(node -> nodes.addAll(node.addresses()));
        addresses.addAll(nodes);
        pods.forEach(pod -> addresses.addAll(pod.addresses()));
        services().forEach(service -> addresses.addAll(service.clusterIps()));
        pods.forEach(pod -> families.put(pod, familiesOf(pod)));
        facts(Fact.OtherPolicy.class)
                .forEach(fact -> concernedByOthers.add(fact.policy().namespace()));
    }

    public CniProfile cni() {
        return settings.cni();
    }

    public ClusterSettings settings() {
        return settings;
    }

    public List<Pod> pods() {
        return pods;
    }

    /** A verdict speaks for all pods that policies cannot tell apart: these, the pod itself among them. */
    List<Pod> alike(Pod pod) {
        return alike.getOrDefault(pod, List.of());
    }

    /** Whether it has no other of its kind and nobody makes one. */
    boolean isLone(Pod pod) {
        return pod.live() && pod.owner().isBarePod() && alike(pod).size() == 1;
    }

    Labels namespaceLabels(String namespace) {
        return namespaces.getOrDefault(
                namespace, NamespaceEntry.assumed(namespace).labels());
    }

    boolean hasOneNode() {
        return facts(Fact.Node.class).size() == 1;
    }

    boolean isNode(Address address) {
        return nodes.contains(address);
    }

    Set<Address> nodes() {
        return nodes;
    }

    /** Addresses of pods, Services and nodes. */
    public Set<Address> addresses() {
        return addresses;
    }

    public Set<IpFamily> families(LiteralEnd end) {
        return end instanceof LiteralEnd.OfPod some
                ? families(some.pod())
                : Set.of(((LiteralEnd.OfAddress) end).address().family());
    }

    Set<IpFamily> families(Pod pod) {
        return families.getOrDefault(pod, Set.of());
    }

    private Set<IpFamily> familiesOf(Pod pod) {
        Set<IpFamily> own = families(alike(pod).stream().flatMap(each -> each.addresses().stream()));
        Set<IpFamily> onPodNetwork = families(Stream.concat(
                pods.stream().filter(each -> !each.hostNetwork()).flatMap(each -> each.addresses().stream()),
                services().stream().flatMap(service -> service.clusterIps().stream())));
        Set<IpFamily> ofNodes = families(nodes.stream());
        return Stream.of(own, onPodNetwork, ofNodes)
                .filter(seen -> !seen.isEmpty())
                .findFirst()
                .orElse(Set.of(IpFamily.IPV4));
    }

    private static Set<IpFamily> families(Stream<Address> addresses) {
        return addresses.map(Address::family).collect(Collectors.toSet());
    }

    /** Whether a policy of a kind that is not evaluated concerns the pod. */
    boolean isConcernedByOthers(Pod pod) {
        return settings.considerOtherPolicies()
                && !pod.hostNetwork()
                && (concernedByOthers.contains("") || concernedByOthers.contains(pod.namespace()));
    }

    public List<Policy> policies() {
        return facts(Fact.NetworkPolicy.class).stream()
                .map(Fact.NetworkPolicy::policy)
                .toList();
    }

    List<ServiceEntry> services() {
        return facts(ServiceEntry.class);
    }

    List<Fact.Endpoints> endpoints() {
        return facts(Fact.Endpoints.class);
    }

    boolean hasAgent(String daemonSet) {
        return facts(Fact.NodeAgent.class).stream()
                .anyMatch(agent -> agent.name().equals(daemonSet));
    }

    /** What the cluster's objects imply. */
    public List<Flow> implied() {
        return LiteralNeeds.of(this, facts(Fact.Implied.class));
    }

    /** Those of which there is an object, or which are one. */
    Set<String> seenNamespaces() {
        return observations.stream()
                .map(Observation::object)
                .map(object -> object.kind().equals("Namespace") ? object.name() : object.namespace())
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }

    public List<Flow> flows() {
        return facts(Fact.Declared.class).stream()
                .flatMap(declared -> declared.contract().flows().stream())
                .toList();
    }

    Owner topmost(String namespace, Owner owner) {
        return facts(Fact.Owned.class).stream()
                .filter(owned ->
                        owned.namespace().equals(namespace) && owned.child().equals(owner))
                .findFirst()
                .map(owned -> topmost(namespace, owned.parent()))
                .orElse(owner);
    }

    Owner topmost(ObjectRef object) {
        return topmost(object.namespace(), new Owner(object.kind(), object.name()));
    }

    private <F extends Fact> List<F> facts(Class<F> kind) {
        List<F> found = new ArrayList<>();
        for (Observation observation : observations) {
            for (Fact fact : observation.facts()) {
                if (kind.isInstance(fact)) {
                    found.add(kind.cast(fact));
                }
            }
        }
        return found;
    }
}
