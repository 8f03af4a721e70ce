package dev.flowguard.assess.finding.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.assess.Finding;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of finding in policies of other kinds, and beside it what looks alike and is none. */
class ChainFindingsTest {
    /** @param expected ids with their places, in the order in which they are told; empty: nothing is found at all */
    record Row(String name, String cni, List<String> objects, String... expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"order", "ties", "passes", "ofCilium", "ofCalico", "unread", "selectors"})
    @DisplayName("What is found, and what is not")
    void finds(Row row) {
        assertThat(Warehouse.findings(row.cni(), row.objects()))
                .as("%s", Warehouse.findings(row.cni(), row.objects()))
                .extracting(finding -> finding.id() + " " + finding.place())
                .containsExactly(row.expected());
    }

    @Test
    @DisplayName("every kind is found by some row, and kept silent by another")
    void everyKindIsFound() {
        List<String> found = Stream.of(order(), ties(), passes(), ofCilium(), ofCalico(), unread(), selectors())
                .flatMap(rows -> rows)
                .flatMap(row -> Stream.of(row.expected()))
                .map(each -> each.split(" ")[0])
                .toList();
        assertThat(found)
                .containsAll(ChainFindings.kinds().stream().map(FindingKind::id).toList());
    }

    static Stream<Row> order() {
        return Stream.of(
                new Row(
                        "a rule behind one that decides all that it matches",
                        "generic",
                        List.of(
                                cluster(
                                        "a",
                                        "tier: Admin, priority: 1, subject: {namespaces: {}}, ingress: [{action: Deny, from: [{namespaces: {}}]},"
                                                + " {name: scrape, action: Accept, from: [{namespaces: {matchLabels: {team: web}}}], protocols: [{tcp: {destinationPort: {number: 80}}}]}]")),
                        "rule-never-asked spec.ingress[1]"),
                new Row(
                        "an exception before the rule from which it excepts",
                        "generic",
                        List.of(
                                cluster(
                                        "a",
                                        "tier: Admin, priority: 1, subject: {namespaces: {}}, ingress: ["
                                                + "{action: Accept, from: [{namespaces: {matchLabels: {team: web}}}]}, {action: Deny, from: [{namespaces: {}}]}]"))),
                new Row(
                        "a rule of Calico behind a deny of everything",
                        "calico",
                        List.of(
                                calico(
                                        "a",
                                        "types: [Ingress], ingress: [{action: Deny}, {action: Allow, protocol: TCP, source: {selector: role == 'web'}}]")),
                        "rule-never-asked spec.ingress[1]"),
                new Row(
                        "rules of Cilium have no order",
                        "cilium",
                        List.of(
                                cilium(
                                        "a",
                                        "endpointSelector: {}, ingressDeny: [{fromEntities: [world]}], ingress: [{fromEntities: [world]}]"))),
                new Row(
                        "a policy of Calico behind one that decides, by its order",
                        "calico",
                        List.of(
                                global("first", "order: 10, types: [Ingress], ingress: [{action: Deny}]"),
                                calico("second", "order: 20, types: [Ingress], ingress: [{action: Allow}]")),
                        "policy-never-asked spec.order"),
                new Row(
                        "the other way round",
                        "calico",
                        List.of(
                                global("first", "order: 30, types: [Ingress], ingress: [{action: Deny}]"),
                                calico(
                                        "second",
                                        "order: 20, types: [Ingress], ingress: [{action: Allow, protocol: TCP}]"))),
                new Row(
                        "one direction of it only",
                        "calico",
                        List.of(
                                global("first", "order: 10, types: [Ingress], ingress: [{action: Deny}]"),
                                calico(
                                        "second",
                                        "order: 20, types: [Ingress, Egress], ingress: [{action: Allow}], egress: [{action: Allow, protocol: TCP}]")),
                        "policy-never-asked spec.ingress"),
                new Row(
                        "a policy in a tier behind one that ends with a denial",
                        "calico",
                        List.of(
                                tier("early", 100),
                                tier("late", 200),
                                global(
                                        "early.gate",
                                        "tier: early, types: [Ingress], ingress: [{action: Allow, source: {selector: role == 'web'}}]"),
                                global("late.open", "tier: late, types: [Ingress], ingress: [{action: Allow}]")),
                        "policy-never-asked spec.tier"),
                new Row(
                        "a tier that something passes",
                        "calico",
                        List.of(
                                tier("early", 100),
                                tier("late", 200),
                                global(
                                        "early.gate",
                                        "tier: early, types: [Ingress], ingress: [{action: Allow, source: {selector: role == 'web'}}, {action: Pass}]"),
                                global("late.open", "tier: late, types: [Ingress], ingress: [{action: Allow}]"))),
                new Row(
                        "an earlier tier for other pods",
                        "calico",
                        List.of(
                                tier("early", 100),
                                global(
                                        "early.gate",
                                        "tier: early, selector: role == 'store', types: [Ingress], ingress: [{action: Deny}]"),
                                calico("open", "types: [Ingress], ingress: [{action: Allow, protocol: TCP}]"))),
                new Row(
                        "a policy of the Baseline tier behind an Admin one that decides",
                        "kindnet",
                        List.of(
                                cluster(
                                        "a",
                                        "tier: Admin, priority: 1, subject: {namespaces: {}}, egress: [{action: Accept, to: [{networks: [0.0.0.0/0]}]}]"),
                                cluster(
                                        "b",
                                        "tier: Baseline, priority: 1, subject: {namespaces: {}}, egress: [{action: Deny, to: [{networks: [192.0.2.0/24]}]}]")),
                        "rule-never-asked spec.egress[0]"));
    }

    static Stream<Row> ties() {
        String deny =
                "tier: Admin, priority: 7, subject: {namespaces: {}}, ingress: [{action: Deny, from: [{namespaces: {}}]}]";
        return Stream.of(
                new Row(
                        "C3 one priority, two answers",
                        "generic",
                        List.of(
                                cluster("a", deny),
                                cluster(
                                        "b",
                                        "tier: Admin, priority: 7, subject: {namespaces: {matchLabels: {team: web}}}, ingress: [{action: Accept, from: [{namespaces: {}}]}]")),
                        "priority-tie spec.priority"),
                new Row("C3 one priority, one answer", "generic", List.of(cluster("a", deny), cluster("b", deny))),
                new Row(
                        "C3 one priority in two tiers",
                        "generic",
                        List.of(
                                cluster("a", deny),
                                cluster(
                                        "b",
                                        "tier: Baseline, priority: 7, subject: {namespaces: {}}, egress: [{action: Accept, to: [{namespaces: {}}]}]"))),
                new Row(
                        "C3 one priority for pods of one each",
                        "generic",
                        List.of(
                                cluster(
                                        "a",
                                        "tier: Admin, priority: 7, subject: {namespaces: {matchLabels: {team: web}}}, ingress: [{action: Deny, from: [{namespaces: {}}]}]"),
                                cluster(
                                        "b",
                                        "tier: Admin, priority: 7, subject: {namespaces: {matchLabels: {team: store}}}, ingress: [{action: Accept, from: [{namespaces: {}}]}]"))),
                new Row(
                        "C3 one priority for other ports",
                        "generic",
                        List.of(
                                cluster(
                                        "a",
                                        "tier: Admin, priority: 7, subject: {namespaces: {}}, ingress: [{action: Deny, from: [{namespaces: {}}], protocols: [{tcp: {destinationPort: {number: 80}}}]}]"),
                                cluster(
                                        "b",
                                        "tier: Admin, priority: 7, subject: {namespaces: {}}, ingress: [{action: Accept, from: [{namespaces: {}}], protocols: [{tcp: {destinationPort: {number: 81}}}]}]"))),
                new Row(
                        "K5 Calico goes by name",
                        "calico",
                        List.of(
                                global("a", "order: 5, types: [Ingress], ingress: [{action: Deny, protocol: TCP}]"),
                                global("b", "order: 5, types: [Ingress], ingress: [{action: Allow, protocol: UDP}]"))));
    }

    static Stream<Row> passes() {
        return Stream.of(
                new Row(
                        "C5 a pass in Baseline",
                        "generic",
                        List.of(
                                cluster(
                                        "a",
                                        "tier: Baseline, priority: 1, subject: {namespaces: {}}, ingress: [{action: Pass, from: [{namespaces: {}}]}]")),
                        "pass-to-nothing spec.ingress[0].action"),
                new Row(
                        "C5 a pass in Admin, behind which NetworkPolicies may come",
                        "generic",
                        List.of(
                                cluster(
                                        "a",
                                        "tier: Admin, priority: 1, subject: {namespaces: {}}, ingress: [{action: Pass, from: [{namespaces: {}}]}]"))),
                new Row(
                        "K3 a pass out of the last tier",
                        "calico",
                        List.of(calico("a", "types: [Ingress], ingress: [{action: Pass}]")),
                        "pass-to-nothing spec.ingress[0].action"),
                new Row(
                        "K3 a pass to a tier with a policy",
                        "calico",
                        List.of(
                                calico("a", "types: [Ingress], ingress: [{action: Pass, protocol: TCP}]"),
                                cluster(
                                        "b",
                                        "tier: Baseline, priority: 1, subject: {namespaces: {}}, ingress: [{action: Deny, from: [{namespaces: {}}]}]"))));
    }

    static Stream<Row> ofCilium() {
        return Stream.of(
                new Row(
                        "L2 an empty rule",
                        "cilium",
                        List.of(cilium("a", "endpointSelector: {}, ingress: [{}]")),
                        "empty-rule-allows-nothing spec.ingress[0]"),
                new Row(
                        "L2 isolation on purpose",
                        "cilium",
                        List.of(cilium("a", "endpointSelector: {}, ingress: [{fromEndpoints: []}]"))),
                new Row(
                        "L2 everything in so many words",
                        "cilium",
                        List.of(cilium("a", "endpointSelector: {}, ingress: [{fromEntities: [all]}]"))),
                new Row(
                        "L27 what the agent refuses",
                        "cilium",
                        List.of(cilium(
                                "a",
                                "endpointSelector: {}, ingress: [{fromEndpoints: [{}], fromCIDR: [192.0.2.0/24]}]")),
                        "ignored-by-agent spec.ingress[0]"),
                new Row(
                        "L27 the same in two rules",
                        "cilium",
                        List.of(cilium(
                                "a",
                                "endpointSelector: {}, ingress: [{fromEndpoints: [{}]}, {fromCIDR: [192.0.2.0/24]}]"))),
                new Row(
                        "L20 a block of pods in a policy of Cilium",
                        "cilium",
                        List.of(cilium("a", "endpointSelector: {}, egress: [{toCIDRSet: [{cidr: 10.0.2.0/24}]}]")),
                        "ip-block-covers-pods spec.egress[0]"),
                new Row(
                        "L20 a block of pods in a ClusterNetworkPolicy",
                        "cilium",
                        List.of(
                                cluster(
                                        "a",
                                        "tier: Admin, priority: 1, subject: {namespaces: {}}, egress: [{action: Deny, to: [{networks: [10.0.2.11/32]}]}]")),
                        "ip-block-covers-pods spec.egress[0]"),
                new Row(
                        "L20 where pods are matched by address",
                        "kindnet",
                        List.of(
                                cluster(
                                        "a",
                                        "tier: Admin, priority: 1, subject: {namespaces: {}}, egress: [{action: Deny, to: [{networks: [10.0.2.11/32]}]}]"))),
                new Row(
                        "L20 a block of the outside, and all private networks",
                        "cilium",
                        List.of(cilium("a", "endpointSelector: {}, egress: [{toCIDR: [192.0.2.0/24, 10.0.0.0/8]}]"))),
                new Row(
                        "L22 names without a rule for DNS",
                        "cilium",
                        List.of(cilium("a", "endpointSelector: {}, egress: [{toFQDNs: [{matchName: example.com}]}]")),
                        "fqdn-without-dns-rule spec.egress[0]"),
                new Row(
                        "L22 names with one",
                        "cilium",
                        List.of(cilium(
                                "a",
                                "endpointSelector: {}, egress: [{toFQDNs: [{matchName: example.com}]}, " + DNS + "]"))),
                new Row(
                        "L22 names with one in another policy for these pods",
                        "cilium",
                        List.of(
                                cilium(
                                        "a",
                                        "endpointSelector: {matchLabels: {app: cart}}, egress: [{toFQDNs: [{matchName: example.com}]}]"),
                                cilium("b", "endpointSelector: {}, egress: [" + DNS + "]"))),
                new Row(
                        "L11 a selector that only excludes",
                        "cilium",
                        List.of(
                                cilium(
                                        "a",
                                        "endpointSelector: {}, ingress: [{fromEndpoints: [{matchExpressions:"
                                                + " [{key: k8s:io.kubernetes.pod.namespace, operator: NotIn, values: [data]}]}]}]")),
                        "only-excludes spec.ingress[0]"),
                new Row(
                        "L11 one that includes as well",
                        "cilium",
                        List.of(cilium(
                                "a",
                                "endpointSelector: {}, ingress: [{fromEndpoints: [{matchExpressions:"
                                        + " [{key: k8s:io.kubernetes.pod.namespace, operator: NotIn, values: [data]},"
                                        + " {key: k8s:io.kubernetes.pod.namespace, operator: Exists}]}]}]"))),
                new Row(
                        "L11 the same of a ClusterNetworkPolicy",
                        "cilium",
                        List.of(
                                cluster(
                                        "a",
                                        "tier: Admin, priority: 1, subject: {namespaces: {}}, ingress: [{action: Deny, from: [{namespaces: {matchExpressions: [{key: team, operator: NotIn, values: [web]}]}}]}]")),
                        "only-excludes spec.ingress[0]"),
                new Row(
                        "L11 on a plugin that knows pods alone by labels",
                        "calico",
                        List.of(
                                cluster(
                                        "a",
                                        "tier: Admin, priority: 1, subject: {namespaces: {}}, ingress: [{action: Deny, from: [{namespaces: {matchExpressions: [{key: team, operator: NotIn, values: [web]}]}}]}]"))),
                new Row(
                        "L11 the same of a NetworkPolicy",
                        "cilium",
                        List.of(
                                "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a, namespace: data},"
                                        + " spec: {podSelector: {}, policyTypes: [Ingress], ingress: [{from: [{namespaceSelector: {matchExpressions:"
                                        + " [{key: team, operator: NotIn, values: [web]}]}}]}]}}"),
                        "only-excludes spec.ingress[0].from[0].namespaceSelector"));
    }

    static Stream<Row> ofCalico() {
        return Stream.of(
                new Row(
                        "K9 a default deny without types",
                        "calico",
                        List.of(calico("default-deny", "selector: all()")),
                        "types-left-out spec.types"),
                new Row(
                        "K9 a default deny of ingress without types",
                        "calico",
                        List.of(calico("default-deny-ingress", "selector: all()"))),
                new Row(
                        "K9 an empty list without types",
                        "calico",
                        List.of(calico("a", "ingress: [{action: Allow, protocol: TCP}], egress: []")),
                        "types-left-out spec.types"),
                new Row(
                        "K9 the same with types",
                        "calico",
                        List.of(calico(
                                "a", "types: [Ingress], ingress: [{action: Allow, protocol: TCP}], egress: []"))),
                new Row(
                        "K11 all() as the namespaces of a global policy",
                        "calico",
                        List.of(
                                global(
                                        "a",
                                        "namespaceSelector: all(), types: [Ingress], ingress: [{action: Allow, protocol: TCP}]")),
                        "all-with-namespace-selector spec.namespaceSelector"),
                new Row(
                        "K15 all() beside a namespaceSelector in a rule",
                        "calico",
                        List.of(
                                global(
                                        "a",
                                        "types: [Ingress], ingress: [{action: Allow, source: {selector: all(), namespaceSelector: team == 'web'}}]")),
                        "all-with-namespace-selector spec.ingress[0].source.selector"),
                new Row(
                        "K11 namespaces by name",
                        "calico",
                        List.of(
                                global(
                                        "a",
                                        "namespaceSelector: team == 'web', types: [Ingress], ingress: [{action: Allow, source: {namespaceSelector: team == 'web'}}]"))));
    }

    static Stream<Row> unread() {
        return Stream.of(
                new Row(
                        "X3 a policy of a plugin that the cluster does not have",
                        "calico",
                        List.of(cilium("a", "endpointSelector: {}, ingress: [{}]")),
                        "policy-of-other-plugin spec"),
                new Row(
                        "X3 on a plugin that nobody recognised",
                        "generic",
                        List.of(cilium("a", "endpointSelector: {}, ingress: [{fromEntities: [all]}]"))),
                new Row(
                        "K29 a selector that was stored and that Calico cannot read",
                        "calico",
                        List.of("{apiVersion: crd.projectcalico.org/v1, kind: GlobalNetworkPolicy, metadata: {name: a},"
                                + " spec: {selector: app = 'x', types: [Ingress]}}"),
                        "unreadable-field spec.selector"),
                new Row(
                        "C19 an operator that there is not, in a peer",
                        "generic",
                        List.of(
                                cluster(
                                        "a",
                                        "tier: Admin, priority: 1, subject: {namespaces: {}}, ingress: [{action: Deny, from: [{namespaces: {matchExpressions: [{key: team, operator: Is, values: [web]}]}}]}]")),
                        "unreadable-field spec.ingress[0].from[0].namespaces.matchExpressions[0].operator"),
                new Row(
                        "a field that nobody knows",
                        "generic",
                        List.of(
                                cluster(
                                        "a",
                                        "tier: Admin, priority: 1, subject: {namespaces: {}}, ingress: [{action: Deny, form: [], from: [{namespaces: {}}]}]")),
                        "unknown-field spec.ingress[0].form"));
    }

    static Stream<Row> selectors() {
        return Stream.of(
                new Row(
                        "a policy for no pod, mistyped",
                        "calico",
                        List.of(
                                calico(
                                        "a",
                                        "selector: app == 'crat', types: [Ingress], ingress: [{action: Allow, protocol: TCP}]")),
                        "selects-nothing spec.selector"),
                new Row(
                        "a rule for no pod, mistyped",
                        "calico",
                        List.of(
                                calico(
                                        "a",
                                        "selector: app == 'cart', types: [Ingress], ingress: [{action: Allow, source: {selector: app == 'order'}}]")),
                        "peer-matches-nothing spec.ingress[0]"),
                new Row(
                        "a selector that a set of addresses fits",
                        "calico",
                        List.of(
                                calico(
                                        "a",
                                        "types: [Egress], egress: [{action: Allow, destination: {selector: zone == 'partners'}}]"),
                                "{apiVersion: projectcalico.org/v3, kind: NetworkSet, metadata: {name: s, namespace: shop, labels: {zone: partners}}, spec: {nets: [192.0.2.0/24]}}")),
                new Row(
                        "a selector of whoever volunteers",
                        "calico",
                        List.of(
                                calico(
                                        "a",
                                        "types: [Ingress], ingress: [{action: Allow, source: {selector: may-call == 'true'}}]"))),
                new Row(
                        "a peer of Cilium for no pod",
                        "cilium",
                        List.of(
                                cilium(
                                        "a",
                                        "endpointSelector: {matchLabels: {app: cart}}, ingress: [{fromEndpoints: [{matchLabels: {app: odrers}}]}]")),
                        "peer-matches-nothing spec.ingress[0]"),
                new Row(
                        "a ClusterNetworkPolicy for no pod",
                        "generic",
                        List.of(
                                cluster(
                                        "a",
                                        "tier: Admin, priority: 1, subject: {pods: {namespaceSelector: {}, podSelector: {matchLabels: {app: ordres}}}}, ingress: [{action: Deny, from: [{namespaces: {}}]}]")),
                        "selects-nothing spec.subject"),
                new Row(
                        "all pods",
                        "cilium",
                        List.of(cilium("a", "endpointSelector: {}, ingress: [{fromEndpoints: [{}]}]"))));
    }

    private static final String DNS =
            "{toEndpoints: [{matchLabels: {k8s:io.kubernetes.pod.namespace: kube-system, k8s-app: kube-dns}}],"
                    + " toPorts: [{ports: [{port: '53', protocol: ANY}], rules: {dns: [{matchPattern: '*'}]}}]}";

    @Test
    @DisplayName("a selector that is mistyped is told with what was meant")
    void didYouMean() {
        assertThat(Warehouse.findings("calico", List.of(calico("a", "selector: app == 'crat', types: [Ingress]"))))
                .extracting(Finding::message)
                .containsExactly("selects-nothing: a: no pod in shop has app=crat; did you mean app=cart?");
    }

    private static String cluster(String name, String spec) {
        return "{apiVersion: policy.networking.k8s.io/v1alpha2, kind: ClusterNetworkPolicy, metadata: {name: " + name
                + "}, spec: {" + spec + "}}";
    }

    private static String cilium(String name, String spec) {
        return "{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {name: " + name
                + ", namespace: shop}, spec: {" + spec + "}}";
    }

    private static String calico(String name, String spec) {
        return "{apiVersion: projectcalico.org/v3, kind: NetworkPolicy, metadata: {name: " + name
                + ", namespace: shop}, spec: {" + spec + "}}";
    }

    private static String global(String name, String spec) {
        return "{apiVersion: projectcalico.org/v3, kind: GlobalNetworkPolicy, metadata: {name: " + name + "}, spec: {"
                + spec + "}}";
    }

    private static String tier(String name, int order) {
        return "{apiVersion: projectcalico.org/v3, kind: Tier, metadata: {name: " + name + "}, spec: {order: " + order
                + "}}";
    }
}
