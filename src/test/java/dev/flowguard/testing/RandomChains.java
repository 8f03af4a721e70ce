package dev.flowguard.testing;

import dev.flowguard.cluster.ClusterModel;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.NamedPort;
import dev.flowguard.cluster.object.NamespaceEntry;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.cluster.object.Owner;
import dev.flowguard.cluster.object.PodShape;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.net.Address;
import dev.flowguard.net.Cidr;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.NamespaceScope;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.policy.Requirement;
import dev.flowguard.policy.Rule;
import dev.flowguard.policy.chain.Action;
import dev.flowguard.policy.chain.Ports;
import dev.flowguard.policy.cnp.AdminPeer;
import dev.flowguard.policy.cnp.AdminPolicy;
import dev.flowguard.policy.cnp.AdminRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Small clusters at random with NetworkPolicies and administrators' policies beside each other. */
public final class RandomChains {
    /** What is asked about; every number that a policy may name, and one that none does. */
    public static final List<Integer> PORTS = List.of(80, 81, 90, 99);

    private static final List<String> NAMESPACES = List.of("x", "z");
    private static final List<String> VALUES = List.of("a", "b");
    private static final List<String> BLOCKS = List.of("0.0.0.0/0", "10.0.0.0/24", "10.0.1.0/24", "192.0.2.0/24");

    private final Random random;
    private final List<Observation> observations = new ArrayList<>();
    private final List<Policy> networkPolicies = new ArrayList<>();
    private final List<AdminPolicy> adminPolicies = new ArrayList<>();
    private final String cni;

    public RandomChains(long seed, List<String> plugins) {
        this.random = new Random(seed);
        this.cni = oneOf(plugins);
        for (String namespace : NAMESPACES) {
            observe("Namespace", "", namespace, new NamespaceEntry(namespace, labels("team"), Map.of(), false, false));
            for (int pod = 1; pod <= 2; pod++) {
                String name = "pod-" + pod;
                String address = "10.0." + NAMESPACES.indexOf(namespace) + "." + pod;
                List<NamedPort> ports =
                        List.of(new NamedPort("web", Protocol.TCP, oneOf(PORTS), NamedPort.Container.REGULAR));
                Labels labels = labels("app").with(Labels.of(Map.of("pod", name)));
                observe(
                        "Pod",
                        namespace,
                        name,
                        new Fact.Pod(
                                namespace,
                                name,
                                new Owner(Owner.POD, name),
                                new PodShape(labels, ports, false),
                                Labels.NONE,
                                List.of(Address.parse(address))));
            }
        }
        several(2, this::networkPolicy).forEach(networkPolicies::add);
        several(4, this::adminPolicy).forEach(adminPolicies::add);
        networkPolicies.forEach(policy -> observe(
                "NetworkPolicy", policy.ref().namespace(), policy.ref().name(), new Fact.NetworkPolicy(policy)));
        adminPolicies.forEach(
                policy -> observe(policy.ref().qualifiedKind(), "", policy.name(), new Fact.Ruled(policy)));
    }

    public String cni() {
        return cni;
    }

    public List<Policy> networkPolicies() {
        return networkPolicies;
    }

    public List<AdminPolicy> adminPolicies() {
        return adminPolicies;
    }

    public Snapshot cluster() {
        return new ClusterModel(ClusterSettings.DEFAULT.withCni(cni)).apply(observations);
    }

    private void observe(String kind, String namespace, String name, Fact fact) {
        observations.add(new Observation(new ObjectRef(kind, namespace, name), List.of(fact)));
    }

    private Policy networkPolicy(int number) {
        return new Policy(new PolicyRef(oneOf(NAMESPACES), "np-" + number), selector("app"), section(), section());
    }

    private Policy.Section section() {
        List<Rule> rules =
                several(2, index -> Rule.of(index, several(2, peer -> podPeer()), several(2, port -> port())));
        return random.nextBoolean() ? Policy.Section.isolating(rules) : Policy.Section.ABSENT;
    }

    private Peer podPeer() {
        return new Peer.Pods(
                random.nextBoolean() ? new NamespaceScope.Own() : new NamespaceScope.Matching(positive("team")),
                selector("app"));
    }

    private PortMatch port() {
        return PortMatch.Numbered.of(oneOf(List.of(Protocol.TCP, Protocol.UDP)), oneOf(PORTS));
    }

    private AdminPolicy adminPolicy(int number) {
        return new AdminPolicy(
                AdminPolicy.Kind.CLUSTER,
                "cnp-" + number,
                oneOf(List.of(AdminPolicy.Tier.values())),
                random.nextInt(4),
                selector("team"),
                selector("app"),
                several(3, rule -> adminRule(false)),
                several(3, rule -> adminRule(true)),
                List.of(),
                Map.of(),
                List.of());
    }

    private AdminRule adminRule(boolean egress) {
        boolean everyPort = random.nextBoolean();
        return new AdminRule(
                oneOf(List.of(Action.values())),
                "",
                IntStream.rangeClosed(0, random.nextInt(2))
                        .mapToObj(peer -> adminPeer(egress))
                        .toList(),
                everyPort
                        ? Ports.EVERY
                        : new Ports.Numbered(
                                Set.of(oneOf(List.of(Protocol.TCP, Protocol.UDP))),
                                List.of(new PortRange(oneOf(List.of(80, 81)), oneOf(List.of(81, 90))))),
                everyPort || random.nextInt(3) > 0
                        ? List.of()
                        : List.of(new Ports.Named(Set.of(Protocol.TCP, Protocol.UDP, Protocol.SCTP), "web")),
                List.of());
    }

    private AdminPeer adminPeer(boolean egress) {
        return switch (egress ? random.nextInt(6) : 0) {
            case 4 -> new AdminPeer.Networks(List.of(Cidr.parse(oneOf(BLOCKS))));
            case 5 -> new AdminPeer.Domains(List.of("example.com"));
            default -> new AdminPeer.Pods(selector("team"), selector("app"), false);
        };
    }

    private LabelSelector selector(String key) {
        return switch (random.nextInt(4)) {
            case 0 -> LabelSelector.EVERYTHING;
            case 1 -> new LabelSelector(List.of(Requirement.notIn(key, List.of(oneOf(VALUES)))));
            default -> LabelSelector.ofLabels(Map.of(key, oneOf(VALUES)));
        };
    }

    /** Without exclusion, which a NetworkPolicy on Cilium leaves undetermined (OTHER-POLICIES L11). */
    private LabelSelector positive(String key) {
        return random.nextBoolean() ? LabelSelector.EVERYTHING : LabelSelector.ofLabels(Map.of(key, oneOf(VALUES)));
    }

    private Labels labels(String key) {
        return random.nextInt(4) == 0 ? Labels.NONE : Labels.of(Map.of(key, oneOf(VALUES)));
    }

    private <T> List<T> several(int most, IntFunction<T> each) {
        return IntStream.range(0, random.nextInt(most + 1)).mapToObj(each).toList();
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
