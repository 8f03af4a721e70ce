package dev.flowguard.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.testing.Described;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ClusterNetworkPolicy and what came before it, by the rows of OTHER-POLICIES section 1. */
class ClusterNetworkPolicyTest {
    private static final String FROM_Y = "from: [{namespaces: {matchLabels: {team: blue}}}]";
    private static final String TO_Y = "to: [{namespaces: {matchLabels: {team: blue}}}]";
    private static final String ISOLATED =
            "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: closed, namespace: x}, spec:"
                    + " {podSelector: {}, policyTypes: [Ingress]}}";

    private static String policy(String name, String tier, int priority, String sections) {
        return ("{apiVersion: policy.networking.k8s.io/v1alpha2, kind: ClusterNetworkPolicy, metadata: {name: %s}, spec:"
                        + " {tier: %s, priority: %d, subject: {namespaces: {matchLabels: {team: red}}}, %s}}")
                .formatted(name, tier, priority, sections);
    }

    private static String ingress(String action) {
        return "ingress: [{action: " + action + ", " + FROM_Y + "}]";
    }

    @ParameterizedTest(name = "{0} in Admin, {1} in Baseline, isolated by a NetworkPolicy: {2}: {3}")
    @CsvSource({
        "Deny, Accept, false, blocked on ingress",
        "Accept, Deny, true, allowed",
        "Pass, Deny, false, blocked on ingress",
        "Pass, Accept, true, blocked on ingress",
        "Pass, Pass, false, allowed",
    })
    @DisplayName("C1, C5, C7: Admin before NetworkPolicies before Baseline, and Pass leaves the tier")
    void tiers(String admin, String baseline, boolean isolated, String expected) {
        Described cluster = isolated
                ? Described.of(
                        "kindnet",
                        policy("a", "Admin", 1, ingress(admin)),
                        policy("b", "Baseline", 1, ingress(baseline)),
                        ISOLATED)
                : Described.of(
                        "kindnet",
                        policy("a", "Admin", 1, ingress(admin)),
                        policy("b", "Baseline", 1, ingress(baseline)));

        assertThat(cluster.verdict("y/a", "x/a", "80")).isEqualTo(expected);
    }

    @Test
    @DisplayName("C2: the lower priority is first, and inside a policy the first rule that matches decides")
    void priority() {
        String first =
                policy("z", "Admin", 1, "ingress: [{action: Accept, " + FROM_Y + "}, {action: Deny, " + FROM_Y + "}]");

        assertThat(Described.of("kindnet", first, policy("a", "Admin", 2, ingress("Deny")))
                        .verdict("y/a", "x/a", "80"))
                .isEqualTo("allowed");
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource({"Accept, Deny, undetermined", "Deny, Deny, blocked on ingress", "Accept, Pass, allowed"})
    @DisplayName("C3: between two policies of one priority nobody knows the first, unless both lead to one end")
    void tie(String one, String other, String expected) {
        Described cluster =
                Described.of("kindnet", policy("a", "Admin", 5, ingress(one)), policy("b", "Admin", 5, ingress(other)));

        assertThat(cluster.verdict("y/a", "x/a", "80")).isEqualTo(expected);
    }

    @Test
    @DisplayName("C4: what no rule matches goes on as if passed, and nobody is isolated")
    void noMatch() {
        Described cluster = Described.of(
                "kindnet",
                policy(
                        "a",
                        "Admin",
                        1,
                        "ingress: [{action: Accept, " + FROM_Y
                                + ", protocols: [{tcp: {destinationPort: {number: 80}}}]}]"));

        assertThat(cluster.verdict("y/a", "x/a", "81")).isEqualTo("allowed");
        assertThat(cluster.verdict("x/b", "x/a", "80")).isEqualTo("allowed");
    }

    @Test
    @DisplayName("C6: both directions must allow, and a policy without rules for one does not touch it")
    void directions() {
        Described cluster = Described.of(
                "kindnet",
                policy("out", "Admin", 1, "egress: [{action: Accept, " + TO_Y + "}]"),
                "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: closed, namespace: \"y\"}, spec:"
                        + " {podSelector: {}, policyTypes: [Ingress]}}");

        assertThat(cluster.verdict("x/a", "y/a", "80")).isEqualTo("blocked on ingress");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"kindnet, allowed", "calico, blocked on egress", "cilium, blocked on egress", "generic, undetermined"})
    @DisplayName("T3: whether a NetworkPolicy for ingress keeps Baseline from egress depends on the plugin")
    void endsBoth(String cni, String expected) {
        Described cluster =
                Described.of(cni, policy("b", "Baseline", 1, "egress: [{action: Deny, " + TO_Y + "}]"), ISOLATED);

        assertThat(cluster.verdict("x/a", "y/a", "80")).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"generic, blocked on ingress", "calico, blocked on ingress", "cilium, allowed"})
    @DisplayName("C8, X4: on Cilium isolation is asked last, so that Baseline may open what a NetworkPolicy closes")
    void isolationLast(String cni, String expected) {
        Described cluster = Described.of(cni, policy("b", "Baseline", 1, ingress("Accept")), ISOLATED);

        assertThat(cluster.verdict("y/a", "x/a", "80")).isEqualTo(expected);
    }

    @Test
    @DisplayName("C9: a subject by pods, and host-network pods are neither subject nor peer")
    void hostNetwork() {
        String host = "{apiVersion: v1, kind: Pod, metadata: {name: host, namespace: \"y\", labels: {pod: host}}, spec:"
                + " {hostNetwork: true, containers: [{name: c}]}, status: {phase: Running, podIP: 10.9.0.1}}";
        String denyAll =
                "{apiVersion: policy.networking.k8s.io/v1alpha2, kind: ClusterNetworkPolicy, metadata: {name: d},"
                        + " spec: {tier: Admin, priority: 1, subject: {pods: {namespaceSelector: {}, podSelector: {}}}, ingress:"
                        + " [{action: Deny, from: [{namespaces: {}}]}]}}";
        Described cluster = Described.of("kindnet", host, denyAll);

        assertThat(cluster.verdict("x/b", "x/a", "80")).isEqualTo("blocked on ingress");
        assertThat(cluster.verdict("y/host", "x/a", "80")).isEqualTo("allowed");
        assertThat(cluster.verdict("x/a", "y/host", "80")).isEqualTo("allowed");
    }

    @Test
    @DisplayName(
            "C10: what comes from outside matches no ingress rule; L11: but a selector that only excludes, on Cilium")
    void outside() {
        String all = policy("a", "Admin", 1, "ingress: [{action: Deny, from: [{namespaces: {}}]}]");
        String excluding = policy(
                "a",
                "Admin",
                1,
                "ingress: [{action: Deny, from: [{namespaces: {matchExpressions: [{key: team, operator: NotIn, values: [red]}]}}]}]");

        assertThat(Described.of("kindnet", all).verdict("192.0.2.1", "x/a", "80"))
                .isEqualTo("allowed");
        assertThat(Described.of("calico", excluding).verdict("192.0.2.1", "x/a", "80"))
                .isEqualTo("allowed");
        assertThat(Described.of("cilium", excluding).verdict("192.0.2.1", "x/a", "80"))
                .isEqualTo("blocked on ingress");
        String everything = policy(
                "a",
                "Admin",
                1,
                "ingress: [{action: Deny, from: [{namespaces: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: NotIn, values: [x]}]}}]}]");
        assertThat(Described.of("calico", everything).verdict("x/b", "x/a", "80"))
                .isEqualTo("allowed");
        assertThat(Described.of("cilium", everything).verdict("x/b", "x/a", "80"))
                .startsWith("undetermined");
    }

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{tcp: {destinationPort: {range: {start: 79, end: 90}}}} | 80 | blocked on ingress",
                "{tcp: {destinationPort: {range: {start: 79, end: 90}}}} | 80/UDP | allowed",
                "{destinationNamedPort: web} | 80 | blocked on ingress",
                "{destinationNamedPort: web} | 80/UDP | allowed",
                "{sctp: {destinationPort: {number: 80}}} | 80/SCTP | blocked on ingress",
            })
    @DisplayName("C11, C12: protocols, ranges, and names that take number and protocol from the destination")
    void protocols(String protocol, String port, String expected) {
        Described cluster = Described.of(
                "kindnet",
                policy("a", "Admin", 1, "ingress: [{action: Deny, " + FROM_Y + ", protocols: [" + protocol + "]}]"));

        assertThat(cluster.verdict("y/a", "x/a", port)).isEqualTo(expected);
    }

    @Test
    @DisplayName("C11: without protocols a rule is for every protocol, those without ports included")
    void everyProtocol() {
        assertThat(Described.of("kindnet", policy("a", "Admin", 1, ingress("Deny")))
                        .verdict("y/a", "x/a", "0/ICMP"))
                .isEqualTo("blocked on ingress");
    }

    @Test
    @DisplayName("C13: a port's name beside networks never matches")
    void nameBesideNetworks() {
        Described cluster = Described.of(
                "kindnet",
                policy(
                        "a",
                        "Admin",
                        1,
                        "egress: [{action: Deny, to: [{networks: [0.0.0.0/0]}], protocols: [{destinationNamedPort: web}]}]"));

        assertThat(cluster.verdict("x/a", "y/a", "80")).isEqualTo("allowed");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "generic, blocked on egress",
        "kindnet, blocked on egress",
        "calico, blocked on egress",
        "cilium, allowed"
    })
    @DisplayName("C14: networks match pods, but never on Cilium; and what is outside everywhere")
    void networks(String cni, String expected) {
        Described cluster =
                Described.of(cni, policy("a", "Admin", 1, "egress: [{action: Deny, to: [{networks: [0.0.0.0/0]}]}]"));

        assertThat(cluster.verdict("x/a", "y/a", "80")).isEqualTo(expected);
        assertThat(cluster.verdict("x/a", "192.0.2.1", "80")).isEqualTo("blocked on egress");
    }

    @Test
    @DisplayName("C15: nodes by their labels; without nodes nobody can tell; Calico cannot, and denies everything")
    void nodes() {
        String node =
                "{apiVersion: v1, kind: Node, metadata: {name: node-a, labels: {zone: a}}, status: {addresses: [{type:"
                        + " InternalIP, address: 172.16.0.1}]}}";
        String other =
                "{apiVersion: v1, kind: Node, metadata: {name: o, labels: {zone: b}}, status: {addresses: [{type:"
                        + " InternalIP, address: 172.16.0.2}]}}";
        String deny = policy("a", "Admin", 1, "egress: [{action: Deny, to: [{nodes: {matchLabels: {zone: a}}}]}]");

        assertThat(Described.of("kindnet", node, other, deny).verdict("x/a", "172.16.0.1", "80"))
                .isEqualTo("blocked on egress");
        assertThat(Described.of("kindnet", node, other, deny).verdict("x/a", "172.16.0.2", "80"))
                .isEqualTo("allowed");
        assertThat(Described.of("kindnet", node, other, deny).verdict("x/a", "192.0.2.1", "80"))
                .isEqualTo("allowed");
        assertThat(Described.of("kindnet", deny).verdict("x/a", "192.0.2.1", "80"))
                .isEqualTo("undetermined");
        assertThat(Described.of("calico", node, other, deny).verdict("x/a", "y/a", "80"))
                .isEqualTo("blocked on egress");
        assertThat(Described.of("cilium", node, other, deny).verdict("x/a", "172.16.0.1", "80"))
                .isEqualTo("undetermined");
    }

    @Test
    @DisplayName("C16: a domain name is undetermined for what is outside, where the port fits, and never a pod")
    void domains() {
        Described cluster = Described.of(
                "kindnet",
                policy(
                        "a",
                        "Admin",
                        1,
                        "egress: [{action: Accept, to: [{domainNames: [example.com]}], protocols: [{tcp:"
                                + " {destinationPort: {number: 443}}}]}, {action: Deny, to: [{networks: [0.0.0.0/0]}]}]"));

        assertThat(cluster.verdict("x/a", "192.0.2.1", "443")).isEqualTo("undetermined");
        assertThat(cluster.verdict("x/a", "192.0.2.1", "80")).isEqualTo("blocked on egress");
        assertThat(cluster.verdict("x/a", "y/a", "443")).isEqualTo("blocked on egress");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"Accept, allowed", "Deny, blocked on egress", "Pass, blocked on egress"})
    @DisplayName("C17: a rule with a peer that nothing is known of lets nothing through, and else keeps everything out")
    void unknownPeer(String action, String expected) {
        Described cluster = Described.of(
                "kindnet", policy("a", "Admin", 1, "egress: [{action: " + action + ", to: [{moons: {}}]}]"));

        assertThat(cluster.verdict("x/a", "y/a", "80")).isEqualTo(expected);
    }

    @Test
    @DisplayName("C18: a pod's own node is never surely kept out")
    void ownNode() {
        String node =
                "{apiVersion: v1, kind: Node, metadata: {name: node-a}, status: {addresses: [{type: InternalIP, address:"
                        + " 172.16.0.1}]}}";
        String deny = policy("a", "Admin", 1, "egress: [{action: Deny, to: [{networks: [0.0.0.0/0]}]}]");

        assertThat(Described.of("kindnet", node, deny).verdict("x/a", "172.16.0.1", "80"))
                .isEqualTo("undetermined");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "tier: Admin | spec.tier: \"Highest\" is not one of Admin, Baseline | tier: Highest",
                "priority: 1 | spec.priority: 1001 is out of range: write a number from 0 to 1000 | priority: 1001",
                "action: Deny | spec.ingress[0].action: \"Allow\" is not one of Accept, Deny, Pass | action: Allow",
                "from: [{namespaces: {}}] | spec.ingress[0].from: is empty: list at least one, or leave it out if that is allowed | from: []",
                "from: [{namespaces: {}}] | spec.ingress[0].from[0]: has more than one field: write a peer for each | from: [{namespaces: {}, pods: {namespaceSelector: {}, podSelector: {}}}]",
                "from: [{namespaces: {}}] | spec.ingress[0].protocols[0].tcp.destinationPort.range: holds one port: write its number in place of a range | from: [{namespaces: {}}], protocols: [{tcp: {destinationPort: {range: {start: 80, end: 80}}}}]",
                "from: [{namespaces: {}}] | spec.ingress[0].protocols[0].tcp: has none of destinationPort: write at least one of them | from: [{namespaces: {}}], protocols: [{tcp: {}}]",
            })
    @DisplayName("C19: what the schema would refuse is bad input, with its field and line")
    void refused(String good, String problem, String bad) {
        String policy = policy("a", "Admin", 1, "ingress: [{action: Deny, from: [{namespaces: {}}]}]");

        assertThat(Described.read(policy.replace(good, bad)).problems())
                .singleElement()
                .asString()
                .isEqualTo("standard input, document 1, line 1: " + problem);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "generic, blocked on ingress",
        "kindnet, blocked on ingress",
        "calico, undetermined",
        "cilium, undetermined"
    })
    @DisplayName("C20: AdminNetworkPolicies and the BaselineAdminNetworkPolicy, which newer plugins pass over")
    void older(String cni, String expected) {
        String admin =
                "{apiVersion: policy.networking.k8s.io/v1alpha1, kind: AdminNetworkPolicy, metadata: {name: a}, spec:"
                        + " {priority: 1, subject: {namespaces: {}}, ingress: [{action: Pass, from: [{namespaces: {}}], ports:"
                        + " [{portNumber: {port: 80}}]}]}}";
        String baseline = "{apiVersion: policy.networking.k8s.io/v1alpha1, kind: BaselineAdminNetworkPolicy, metadata:"
                + " {name: default}, spec: {subject: {namespaces: {}}, ingress: [{action: Deny, from: [{namespaces: {}}],"
                + " ports: [{portRange: {start: 1, end: 90}}]}]}}";

        assertThat(Described.of(cni, admin, baseline).verdict("y/a", "x/a", "80"))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "ovn-kubernetes, blocked on ingress",
        "antrea, undetermined",
        "kube-router, undetermined",
        "flannel, allowed"
    })
    @DisplayName("C21, X3: who enforces the kind, who does not, and of whom it is not known")
    void enforcers(String cni, String expected) {
        assertThat(Described.of(cni, policy("a", "Admin", 1, ingress("Deny"))).verdict("y/a", "x/a", "80"))
                .isEqualTo(expected);
    }

    @Test
    @DisplayName("X1: an end that is no pod has no chain, and both ends must let the traffic through")
    void bothEnds() {
        Described cluster = Described.of(
                "kindnet",
                policy(
                        "a",
                        "Admin",
                        1,
                        "ingress: [{action: Deny, from: [{namespaces: {}}]}], egress: [{action: Deny, to: [{namespaces: {}}]}]"));

        assertThat(cluster.verdict("x/a", "x/b", "80")).isEqualTo("blocked on both");
        assertThat(cluster.verdict("x/a", "192.0.2.1", "80")).isEqualTo("allowed");
    }

    @Test
    @DisplayName("X2: a doubtful rule in the middle leaves a verdict sure where both ways end alike")
    void doubtful() {
        String open = "egress: [{action: Accept, to: [{domainNames: [example.com]}]}]";
        String closed =
                "egress: [{action: Accept, to: [{domainNames: [example.com]}]}, {action: Deny, to: [{networks: [0.0.0.0/0]}]}]";

        assertThat(Described.of("kindnet", policy("a", "Admin", 1, open)).verdict("x/a", "192.0.2.1", "80"))
                .isEqualTo("allowed");
        assertThat(Described.of("kindnet", policy("a", "Admin", 1, closed)).verdict("x/a", "192.0.2.1", "80"))
                .isEqualTo("undetermined");
    }
}
