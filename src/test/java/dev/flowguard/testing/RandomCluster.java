package dev.flowguard.testing;

import dev.flowguard.assess.Change;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.CniProfile;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.NamedPort.Container;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.cluster.object.Owner;
import dev.flowguard.cluster.object.PerPodLabels;
import dev.flowguard.cluster.object.ServiceEntry.Exposure;
import dev.flowguard.contract.ImpliedLevels;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.net.Cidr;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PolicyRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A small cluster with a bit of everything, and changes to it. */
public final class RandomCluster {
    static final List<String> NAMESPACES = List.of("a", "b", "c", "kube-system");

    private final Dice dice;
    private final RandomPolicies policies;
    private final Map<ObjectRef, Observation> observations = new TreeMap<>();
    private final List<String> namespaces;
    private final ClusterSettings settings;
    private int addresses;

    public RandomCluster(Dice dice) {
        this.dice = dice;
        this.policies = new RandomPolicies(dice);
        this.settings = settings();
        this.namespaces = dice.shuffled(NAMESPACES).subList(0, 2 + dice.below(NAMESPACES.size() - 1));
        namespaces.forEach(this::fill);
        node("n1", 1);
        node("n2", 2);
        wellKnown();
        RandomFlows flows = new RandomFlows(dice, policies, namespaces, this::busyNamespace);
        int count = 1 + dice.below(4);
        for (int i = 0; i < count; i++) {
            FlowPart flow = flows.flow("flow-" + i);
            add(dice.chance(50) ? Given.clusterContract("c" + i, flow) : Given.contract("a/c" + i, flow));
        }
        otherPolicies();
    }

    public ClusterSettings clusterSettings() {
        return settings;
    }

    public List<Observation> observations() {
        return List.copyOf(observations.values());
    }

    /** A change of a policy that there is, or not, by a version that is known, or not. */
    public Change change() {
        PolicyRef ref = new PolicyRef(busyNamespace(), "p" + dice.below(3));
        Policy other = policies.policy(ref);
        return switch (dice.below(3)) {
            case 0 -> new Change.Create(other);
            case 1 -> new Change.Delete(known(ref));
            default -> new Change.Update(known(ref), dice.chance(50) ? other : varied(known(ref)));
        };
    }

    /** What the API server might have in some namespaces, while the cluster above was seen. */
    public Map<String, List<Policy>> confirmed() {
        Map<String, List<Policy>> confirmed = new TreeMap<>();
        for (String namespace : dice.some(namespaces, dice.chance(20) ? 2 : 0)) {
            List<Policy> there = new ArrayList<>();
            for (int i = dice.below(3); i > 0; i--) {
                there.add(policies.policy(new PolicyRef(namespace, "p" + i)));
            }
            confirmed.put(namespace, there);
        }
        return confirmed;
    }

    private Policy known(PolicyRef ref) {
        return observations.values().stream()
                .flatMap(observation -> observation.policies().stream())
                .filter(policy -> policy.ref().equals(ref) && dice.chance(90))
                .findFirst()
                .orElseGet(() -> policies.policy(ref));
    }

    private Policy varied(Policy policy) {
        return switch (dice.below(3)) {
            case 0 -> new Policy(policy.ref(), policies.pods(), policy.ingress(), policy.egress());
            case 1 -> new Policy(policy.ref(), policy.podSelector(), policies.section(), policy.egress());
            default -> new Policy(policy.ref(), policy.podSelector(), policy.ingress(), policies.section());
        };
    }

    private ClusterSettings settings() {
        CniProfile cni = dice.oneOf(CniProfile.values());
        return new ClusterSettings(
                cni,
                false,
                ClusterSettings.DEFAULT.dnsService(),
                ClusterSettings.DEFAULT.resolvers(),
                dice.chance(80),
                ImpliedLevels.NONE);
    }

    private void fill(String namespace) {
        if (dice.chance(85)) {
            add(Given.namespace(namespace, dice.oneOf("team=red", "team=blue", "env=prod", "team=red,env=prod")));
        }
        int workloads = 1 + dice.below(3);
        for (int i = 0; i < workloads; i++) {
            add(pods(namespace, i));
        }
        for (int i = dice.below(3); i > 0; i--) {
            put(policies.policy(new PolicyRef(namespace, "p" + i)));
        }
        if (dice.chance(50)) {
            add(service(namespace));
        }
    }

    private PodsPart pods(String namespace, int i) {
        String labels = "app=" + dice.oneOf(RandomPolicies.APPS)
                + (dice.chance(30) ? ",tier=" + dice.oneOf(RandomPolicies.TIERS) : "");
        PodsPart pods = Given.pods(namespace, labels);
        int most = 2;
        switch (dice.below(4)) {
            case 0 -> {
                pods.of(Owner.POD, "bare-" + i);
                most = 1;
            }
            case 1 -> pods.of("StatefulSet", "set").labelledOneByOne(new PerPodLabels.Ordinals("set", 0, 2));
            case 2 -> {
                pods.of("ReplicaSet", "web-" + i);
                add(Given.owned(namespace, new Owner("ReplicaSet", "web-" + i), new Owner("Deployment", "web")));
            }
            default -> pods.of("Deployment", "deploy-" + i);
        }
        boolean host = dice.chance(12);
        int live = most == 1 ? 1 : dice.below(most + 1);
        for (int n = 0; n < live; n++) {
            Labels own = Labels.of(Map.of(
                    PerPodLabels.STATEFUL_SET_POD_NAME, "set-" + n, PerPodLabels.POD_INDEX, Integer.toString(n)));
            pods.livePod(dice.chance(70) ? own : Labels.NONE, host ? nodeAddress() : podAddresses(namespace));
        }
        for (String name : dice.some(RandomPolicies.NAMES, 2)) {
            for (int again = dice.chance(15) ? 2 : 1; again > 0; again--) {
                Container container = dice.oneOf(
                        Container.REGULAR, Container.REGULAR, Container.REGULAR, Container.SIDECAR, Container.INIT);
                pods.port(
                        name,
                        dice.oneOf(RandomPolicies.NUMBERS),
                        dice.oneOf(Protocol.TCP, Protocol.TCP, Protocol.UDP),
                        container);
            }
        }
        return host ? pods.onHostNetwork() : pods;
    }

    private String[] podAddresses(String namespace) {
        String suffix = NAMESPACES.indexOf(namespace) + ".";
        addresses++;
        return switch (dice.below(6)) {
            case 0 -> new String[0];
            case 1 -> new String[] {"fd00::" + addresses};
            case 2, 3 -> new String[] {"10.0." + suffix + addresses, "fd00::" + addresses};
            default -> new String[] {"10.0." + suffix + addresses};
        };
    }

    private String[] nodeAddress() {
        return dice.chance(70) ? new String[] {"192.168.0." + (1 + dice.below(3))} : new String[0];
    }

    private void node(String name, int number) {
        if (dice.chance(60)) {
            add(
                    dice.chance(30)
                            ? Given.node(name, "192.168.0." + number, "fd01::" + number)
                            : Given.node(name, "192.168.0." + number));
        }
    }

    private ServicePart service(String namespace) {
        ServicePart service = Given.service(namespace + "/s")
                .exposed(dice.oneOf(Exposure.CLUSTER_INTERNAL, Exposure.SOURCE_REWRITTEN, Exposure.SOURCE_KEPT));
        if (dice.chance(80)) {
            service.selects("app=" + dice.oneOf(RandomPolicies.APPS));
            int port = dice.oneOf(RandomPolicies.NUMBERS);
            if (dice.chance(40)) {
                service.port("main", Protocol.TCP, port, dice.oneOf(RandomPolicies.NAMES));
            } else {
                service.port("main", Protocol.TCP, port, dice.oneOf(RandomPolicies.NUMBERS));
            }
            service.port("dns", Protocol.UDP, 53, 53);
        } else {
            service.port("main", Protocol.TCP, 443, 8080)
                    .published(
                            dice.oneOf("203.0.113.7", "192.168.0.1", "2001:db8::7", "10.0.0.1", "10.0.1.3", "fd00::2"),
                            Protocol.TCP,
                            8080);
        }
        if (dice.chance(80)) {
            service.clusterIp("10.96.0." + (1 + namespaces.indexOf(namespace)));
        }
        return dice.chance(20) ? service.clusterIp("fd00:96::" + namespaces.indexOf(namespace)) : service;
    }

    private void wellKnown() {
        if (dice.chance(40)) {
            add(Given.service("kube-system/kube-dns")
                    .selects("app=" + dice.oneOf(RandomPolicies.APPS))
                    .clusterIp("10.96.0.10")
                    .port("dns", Protocol.UDP, 53, 53)
                    .port("dns-tcp", Protocol.TCP, 53, dice.oneOf(53, 8081))
                    .port("metrics", Protocol.TCP, 9153, 9153));
        }
        if (dice.chance(30)) {
            add(Given.daemonSet("kube-system/node-local-dns"));
        }
        if (dice.chance(40)) {
            add(Given.service("default/kubernetes")
                    .port("https", Protocol.TCP, 443, 8080)
                    .clusterIp("10.96.0.1")
                    .published(dice.oneOf("192.168.0.1", "203.0.113.1"), Protocol.TCP, 8080));
        }
    }

    private void otherPolicies() {
        if (dice.chance(8)) {
            add(Given.otherPolicy("CiliumNetworkPolicy", dice.oneOf(namespaces), "other"));
        }
        if (dice.chance(3)) {
            add(Given.otherPolicy("GlobalNetworkPolicy", "", "other"));
        }
    }

    /** One of the two in which most happens. */
    private String busyNamespace() {
        return dice.chance(80) ? dice.oneOf(namespaces.subList(0, 2)) : dice.oneOf(namespaces);
    }

    private void put(Policy policy) {
        ObjectRef object = new ObjectRef(
                "NetworkPolicy", policy.ref().namespace(), policy.ref().name());
        observations.put(object, new Observation(object, List.of(new Fact.NetworkPolicy(policy))));
    }

    private void add(Part part) {
        part.observations().forEach(observation -> observations.put(observation.object(), observation));
    }

    /** Addresses worth asking for that are no pod's. */
    public static List<Cidr> strangers() {
        return List.of(
                Cidr.parse("203.0.113.7/32"), Cidr.parse("203.0.113.200/32"),
                Cidr.parse("198.51.100.1/32"), Cidr.parse("2001:db8::7/128"),
                Cidr.parse("192.168.0.1/32"), Cidr.parse("10.0.0.200/32"));
    }
}
