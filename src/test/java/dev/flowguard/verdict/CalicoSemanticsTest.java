package dev.flowguard.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** OTHER-POLICIES section 2, row by row: what policies of Calico let through in the cluster of {@link CiliumCluster}. */
class CalicoSemanticsTest {
    private static final String FRONT = "source: {selector: \"app == 'front'\"}";
    private static final String SEC =
            "{apiVersion: projectcalico.org/v3, kind: Tier, metadata: {name: sec}, spec: {order: 100}}";
    private static final String PASSING =
            "{apiVersion: projectcalico.org/v3, kind: Tier, metadata: {name: sec}, spec: {order: 100, defaultAction: Pass}}";

    /** A row: what is asked, the objects, and the questions with their answers. */
    record Row(String name, List<String> objects, String questions, String cni) {
        Row on(String other) {
            return new Row(name, objects, questions, other);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"tiers", "subjects", "peers", "ports", "others"})
    @DisplayName("What gets through, what does not, and what is open")
    void answers(Row row) {
        assertThat(CiliumCluster.with(row.cni(), row.objects()).wrong(row.questions()))
                .isEmpty();
    }

    static Stream<Row> tiers() {
        return Stream.of(
                row("K1 no policy: all open", "front>cart:80 yes; 192.0.2.7>cart:80 yes"),
                row(
                        "K1 the first rule that matches decides, and Log none",
                        "front>cart:80 no ingress; db>cart:80 yes; 192.0.2.7>cart:80 yes",
                        cart("ingress: [{action: Log}, {action: Deny, " + FRONT + "}, {action: Allow}]")),
                row(
                        "K1 Pass leaves the tier",
                        "front>cart:80 no ingress; db>cart:80 no ingress; 192.0.2.7>cart:80 yes",
                        SEC,
                        gnp(
                                "sec.a",
                                "tier: sec, selector: \"app == 'cart'\", ingress: [{action: Pass, " + FRONT
                                        + "}, {action: Allow, notProtocol: SCTP, source: {nets: [192.0.2.0/24]}}]"),
                        cart("ingress: [{action: Deny}]")),
                row(
                        "K2 what no rule of the tier matches is denied at its end",
                        "front>cart:80 yes; db>cart:80 no ingress; cart>db:80 yes",
                        cart("ingress: [{action: Allow, " + FRONT + "}]")),
                row(
                        "K2 or passed, where its default action says so",
                        "front>cart:80 yes; db>cart:80 yes",
                        PASSING,
                        gnp(
                                "sec.a",
                                "tier: sec, selector: \"app == 'cart'\", ingress: [{action: Deny, source: {nets: [198.51.100.0/24]}}]")),
                row(
                        "K2 a tier none of whose policies applies is skipped",
                        "front>cart:80 yes; front>db:80 no ingress",
                        SEC,
                        gnp("sec.a", "tier: sec, selector: \"app == 'db'\", ingress: []")),
                row(
                        "K3 Pass out of the last tier is open",
                        "front>cart:80 yes; db>cart:80 no ingress",
                        cart("ingress: [{action: Pass, " + FRONT + "}]")),
                row(
                        "K4 a tier without an order comes behind all others",
                        "front>cart:80 no ingress; db>cart:80 no ingress",
                        "{apiVersion: projectcalico.org/v3, kind: Tier, metadata: {name: aaa}, spec: {}}",
                        gnp(
                                "aaa.a",
                                "tier: aaa, selector: \"app == 'cart'\", ingress: [{action: Allow, " + FRONT + "}]"),
                        cart("ingress: [{action: Deny, " + FRONT + "}]")),
                row(
                        "K4 tiers of one order go by name",
                        "front>cart:80 yes; db>cart:80 no ingress",
                        tier("b", "order: 7"),
                        tier("a", "order: 7"),
                        gnp("b.x", "tier: b, selector: \"app == 'cart'\", ingress: [{action: Deny}]"),
                        gnp(
                                "a.x",
                                "tier: a, selector: \"app == 'cart'\", ingress: [{action: Allow, " + FRONT
                                        + "}, {action: Pass}]")),
                row(
                        "K4 a tier of the order of default goes by name too",
                        "front>cart:80 yes",
                        tier("aa", "order: 1000000"),
                        gnp("aa.x", "tier: aa, selector: \"app == 'cart'\", ingress: [{action: Allow}]"),
                        cart("ingress: [{action: Deny}]")),
                row(
                        "K5 by order, negative and broken ones too",
                        "front>cart:80 yes; db>cart:80 no ingress",
                        gnp("z", "order: -1.5, selector: \"app == 'cart'\", ingress: [{action: Allow, " + FRONT + "}]"),
                        gnp("a", "order: -1.25, selector: \"app == 'cart'\", ingress: [{action: Deny}]")),
                row(
                        "K5 by name where the orders are equal, without one last",
                        "front>cart:80 no ingress",
                        gnp("b", "order: 5, selector: \"app == 'cart'\", ingress: [{action: Allow}]"),
                        gnp("a", "order: 5, selector: \"app == 'cart'\", ingress: [{action: Deny}]"),
                        gnp("0", "selector: \"app == 'cart'\", ingress: [{action: Allow}]")),
                row(
                        "K5 of one name the global one first, for its namespace is empty",
                        "front>cart:80 no ingress",
                        np("same", "selector: \"app == 'cart'\", ingress: [{action: Allow}]"),
                        gnp("same", "selector: \"app == 'cart'\", ingress: [{action: Deny}]")),
                row(
                        "K5 a stored name of the tier default goes by what follows the tier",
                        "front>cart:80 no ingress",
                        gnp("b", "selector: \"app == 'cart'\", ingress: [{action: Allow}]"),
                        inStore(gnp("default.a", "selector: \"app == 'cart'\", ingress: [{action: Deny}]"))),
                row(
                        "K5 in another tier the tier is part of the name",
                        "front>cart:80 yes",
                        SEC,
                        inStore(gnp("b", "tier: sec, selector: \"app == 'cart'\", ingress: [{action: Allow}]")),
                        inStore(gnp("default.a", "tier: sec, selector: \"app == 'cart'\", ingress: [{action: Deny}]"))),
                row(
                        "K5 a stored object may keep its name beside it",
                        "front>cart:80 yes",
                        gnp("b", "selector: \"app == 'cart'\", ingress: [{action: Allow}]"),
                        inStore(gnp("default.a", "selector: \"app == 'cart'\", ingress: [{action: Deny}]"))
                                .replace(
                                        "name: 'default.a'",
                                        "name: 'default.a', annotations: {projectcalico.org/metadata: '{\"name\":\"z\"}'}")),
                row(
                        "K6 before NetworkPolicies below order 1000, behind them above",
                        "front>cart:80 yes; db>cart:80 no ingress; 192.0.2.7>cart:80 yes",
                        k8s("k", "app: front"),
                        gnp(
                                "a",
                                "order: 999, selector: \"app == 'cart'\", ingress: [{action: Deny, source: {selector: \"app == 'db'\"}}]"),
                        gnp(
                                "b",
                                "order: 1001, selector: \"app == 'cart'\", ingress: [{action: Deny, " + FRONT
                                        + "}, {action: Allow}]")),
                row(
                        "K6 at order 1000 a NetworkPolicy goes by its name: before",
                        "front>cart:80 yes",
                        k8s("k", "app: front"),
                        gnp("l", "order: 1000, selector: \"app == 'cart'\", ingress: [{action: Deny}]")),
                row(
                        "K6 at order 1000 a NetworkPolicy goes by its name: behind",
                        "front>cart:80 no ingress",
                        k8s("k", "app: front"),
                        gnp("j", "order: 1000, selector: \"app == 'cart'\", ingress: [{action: Deny}]")),
                row(
                        "K7 ClusterNetworkPolicies before, between and behind",
                        "front>cart:80 yes; db>cart:80 no ingress; 192.0.2.7>cart:80 yes; 198.51.100.1>cart:80 no ingress",
                        SEC,
                        gnp(
                                "sec.a",
                                "tier: sec, selector: \"app == 'cart'\", ingress: [{action: Allow, " + FRONT
                                        + "}, {action: Pass}]"),
                        cnp("Admin", "action: Deny, from: [{namespaces: {}}]"),
                        cnp("Baseline", "action: Accept, from: [{namespaces: {}}]"),
                        cart("ingress: [{action: Allow, source: {nets: [192.0.2.0/24]}}]")),
                row(
                        "K7 Baseline is reached by Pass in default",
                        "front>cart:80 no ingress; db>cart:80 yes",
                        cnp("Baseline", "action: Deny, from: [{namespaces: {matchLabels: {team: web}}}]"),
                        cart("ingress: [{action: Pass}]")),
                row(
                        "K7 whole namespaces are their network sets too, pods in them are not",
                        "192.0.2.7>cart:80 no ingress; 198.51.100.1>cart:80 yes",
                        set("shop", "out", "{}", "192.0.2.0/24"),
                        set("data", "more", "{}", "198.51.100.0/24"),
                        cnp(
                                "Admin",
                                "action: Deny, from: [{namespaces: {matchLabels: {team: web}}}, {pods: {namespaceSelector: {}, podSelector: {}}}]")),
                row(
                        "K8 a tier that does not exist",
                        "front>cart:80 open; front>db:80 open",
                        gnp("gone.a", "tier: gone, selector: \"app == 'cart'\", ingress: [{action: Deny}]")),
                row(
                        "K9 without types and rules: Ingress",
                        "front>cart:80 no ingress; cart>db:80 yes",
                        cart("order: 1")),
                row(
                        "K9 without types, egress rules only: Egress",
                        "front>cart:80 yes; cart>db:80 no egress",
                        cart("egress: [{action: Deny}]")),
                row(
                        "K9 without types, rules of both",
                        "front>cart:80 no ingress; cart>db:80 no egress",
                        cart("egress: [{action: Deny}], ingress: [{action: Deny}]")),
                row(
                        "K9 an empty list counts for some",
                        "front>cart:80 no ingress; cart>db:80 open",
                        cart("ingress: [{action: Deny}], egress: []")),
                row(
                        "K9 an empty list of ingress is the default anyway",
                        "front>cart:80 no ingress; cart>db:80 yes",
                        cart("ingress: []")),
                row(
                        "K9 what is stored without types has both",
                        "front>cart:80 no ingress; cart>db:80 no egress",
                        "{apiVersion: crd.projectcalico.org/v1, kind: NetworkPolicy, metadata: {name: p, namespace: shop, uid: u}, spec: {selector: \"app == 'cart'\"}}"),
                row(
                        "K10 rules of a direction that types leave out are ignored",
                        "front>cart:80 yes; cart>db:80 no egress",
                        cart("types: [Egress], ingress: [{action: Deny}]")));
    }

    static Stream<Row> subjects() {
        return Stream.of(
                row(
                        "K11 without a selector all pods of the namespace",
                        "db>front:80 no ingress; front>db:80 yes",
                        np("p", "ingress: []")),
                row(
                        "K11 of a global policy all pods, in some namespaces",
                        "front>db:80 no ingress; db>cart:80 yes",
                        gnp("p", "namespaceSelector: \"env == 'prod'\", ingress: []")),
                row(
                        "K11 namespaceSelector all() is any pod",
                        "front>db:80 no ingress; db>cart:80 no ingress",
                        gnp("p", "namespaceSelector: all(), ingress: []")),
                row(
                        "K11 serviceAccountSelector by labels and name",
                        "cart>front:80 no ingress; front>cart:80 yes",
                        account("shop", "front-sa", "role: ui"),
                        np(
                                "p",
                                "serviceAccountSelector: \"role == 'ui' && projectcalico.org/name == 'front-sa'\", ingress: []")),
                row(
                        "K11 host-network pods are no endpoints of pods",
                        "front>agent:80 yes",
                        gnp("p", "namespaceSelector: all(), ingress: []")),
                row(
                        "K12 labels that Calico gives to pods",
                        "front>cart:80 yes; db>cart:80 no ingress; 192.0.2.7>cart:80 no ingress",
                        cart(
                                "ingress: [{action: Allow, source: {namespaceSelector: all(), selector: \"projectcalico.org/namespace == 'shop' && projectcalico.org/orchestrator == 'k8s' && projectcalico.org/serviceaccount == 'front-sa'\"}}]")),
                row(
                        "K12 labels inherited from namespace and service account",
                        "front>cart:80 yes; db>cart:80 no ingress",
                        account("shop", "front-sa", "role: ui"),
                        gnp(
                                "p",
                                "selector: \"app == 'cart'\", ingress: [{action: Allow, source: {selector: \"pcns.team == 'web' && pcns.projectcalico.org/name == 'shop' && pcsa.role == 'ui'\"}}]")),
                row(
                        "K12 names by their beginning, middle and end",
                        "front>cart:80 yes; db>cart:80 no ingress",
                        gnp(
                                "p",
                                "selector: \"app == 'cart'\", ingress: [{action: Allow, source: {selector: \"projectcalico.org/serviceaccount starts with 'fr' && projectcalico.org/namespace ends with 'op' && pcns.team contains 'e' && projectcalico.org/orchestrator contains '8'\"}}]")),
                row(
                        "K12 a service account that is not known has no labels",
                        "front>cart:80 no ingress; db>cart:80 no ingress",
                        gnp(
                                "p",
                                "selector: \"app == 'cart'\", ingress: [{action: Deny, source: {selector: \"!has(pcsa.role)\"}}, {action: Allow}]")));
    }

    static Stream<Row> peers() {
        return Stream.of(
                row(
                        "K13 an empty source matches everything, the outside too",
                        "front>cart:80 yes; 192.0.2.7>cart:80 yes",
                        cart("ingress: [{action: Allow, source: {}}]")),
                row(
                        "K13 all of a side must hold",
                        "front>cart:80 yes; db>cart:80 no ingress",
                        cart(
                                "ingress: [{action: Allow, source: {namespaceSelector: all(), selector: has(app), nets: [10.0.1.0/24]}}]")),
                row(
                        "K13 the own side narrows the subject",
                        "db>cart:80 yes; db>front:80 no ingress",
                        np("p", "ingress: [{action: Allow, destination: {selector: \"app == 'cart'\"}}]")),
                row(
                        "K13 the own side of an egress rule",
                        "cart>db:80 yes; front>db:80 no egress",
                        np("p", "egress: [{action: Allow, source: {selector: \"app == 'cart'\"}}]")),
                row(
                        "K14 selectors of a namespaced policy stay at home",
                        "front>cart:80 yes; db>cart:80 no ingress; 192.0.2.7>cart:80 no ingress",
                        cart("ingress: [{action: Allow, source: {selector: all()}}]")),
                row(
                        "K14 nets alone do not",
                        "db>cart:80 yes; front>cart:80 no ingress",
                        cart("ingress: [{action: Allow, source: {nets: [10.0.2.0/24]}}]")),
                row(
                        "K14 in a global policy they reach everywhere, but not outside",
                        "front>cart:80 yes; db>cart:80 yes; 192.0.2.7>cart:80 no ingress",
                        gnp("p", "selector: \"app == 'cart'\", ingress: [{action: Allow, source: {selector: all()}}]")),
                row(
                        "K15 all() is what has a namespace",
                        "front>cart:80 yes; db>cart:80 yes; 192.0.2.7>cart:80 no ingress; 198.51.100.1>cart:80 yes",
                        set("", "g", "{a: b}", "192.0.2.0/24"),
                        set("data", "n", "{a: b}", "198.51.100.0/24"),
                        cart("ingress: [{action: Allow, source: {namespaceSelector: all()}}]")),
                row(
                        "K15 global() is what has none",
                        "front>cart:80 no ingress; 192.0.2.7>cart:80 yes; 198.51.100.1>cart:80 no ingress",
                        set("", "g", "{a: b}", "192.0.2.0/24"),
                        set("data", "n", "{a: b}", "198.51.100.0/24"),
                        cart("ingress: [{action: Allow, source: {namespaceSelector: global(), selector: has(a)}}]")),
                row(
                        "K15 a negative term matches what has no namespace",
                        "front>cart:80 no ingress; db>cart:80 yes; 192.0.2.7>cart:80 yes; 203.0.113.1>cart:80 no ingress",
                        set("", "g", "{a: b}", "192.0.2.0/24"),
                        cart("ingress: [{action: Allow, source: {namespaceSelector: \"team != 'web'\"}}]")),
                row(
                        "K15 sets inherit the labels of their namespace",
                        "198.51.100.1>cart:80 yes; front>cart:80 no ingress",
                        set("data", "n", "{a: b}", "198.51.100.0/24"),
                        cart(
                                "ingress: [{action: Allow, source: {namespaceSelector: \"env == 'prod'\", selector: has(a)}}]")),
                row(
                        "K16 notSelector in a namespaced rule keeps to the namespace",
                        "front>cart:80 no ingress; db>cart:80 no ingress; cart>front:80 yes; 192.0.2.7>cart:80 no ingress",
                        np("p", "ingress: [{action: Allow, source: {notSelector: \"app == 'front'\"}}]")),
                row(
                        "K16 in a global rule it matches the outside too",
                        "front>cart:80 no ingress; db>cart:80 yes; 192.0.2.7>cart:80 yes",
                        gnp(
                                "p",
                                "selector: \"app == 'cart'\", ingress: [{action: Allow, source: {notSelector: \"app == 'front'\"}}]")),
                row(
                        "K16 a selector that negates matches endpoints only",
                        "front>cart:80 no ingress; db>cart:80 yes; 192.0.2.7>cart:80 no ingress",
                        gnp(
                                "p",
                                "selector: \"app == 'cart'\", ingress: [{action: Allow, source: {selector: \"!(app == 'front')\"}}]")),
                row(
                        "K17 notNets alone match everything else",
                        "front>cart:80 no ingress; db>cart:80 yes; 192.0.2.7>cart:80 yes",
                        cart("ingress: [{action: Allow, source: {notNets: [10.0.1.0/24]}}]")),
                row(
                        "K17 what is stored is read all the same",
                        "front>cart:80 yes; 192.0.2.7>cart:80 yes; db>cart:80 no ingress",
                        stored(
                                "ingress: [{action: Allow, source: {nets: [10.0.1.99/24, 192.0.2.7, 'x', 2001:db8::/32]}}], types: [Ingress]")),
                row(
                        "K18 a set, or a pod with such labels",
                        "db>cart:80 yes; front>cart:80 yes; 192.0.2.7>cart:80 yes; 203.0.113.1>cart:80 no ingress",
                        set("", "g", "{app: front}", "192.0.2.0/24, 10.0.2.11"),
                        gnp(
                                "p",
                                "selector: \"app == 'cart'\", ingress: [{action: Allow, source: {selector: \"app == 'front'\"}}]")),
                row(
                        "K18 a stored set keeps its labels in an annotation",
                        "192.0.2.7>cart:80 yes; 203.0.113.1>cart:80 no ingress",
                        inStore(set("", "g", "{}", "192.0.2.0/24"))
                                .replace(
                                        "labels: {}",
                                        "annotations: {projectcalico.org/metadata: '{\"labels\":{\"app\":\"front\"}}'}"),
                        gnp(
                                "p",
                                "selector: \"app == 'cart'\", ingress: [{action: Allow, source: {selector: \"app == 'front'\"}}]")),
                row(
                        "K18 a set of which not all is known",
                        "192.0.2.7>cart:80 yes; 203.0.113.1>cart:80 open; front>cart:80 no ingress",
                        "{apiVersion: projectcalico.org/v3, kind: GlobalNetworkSet, metadata: {name: g, labels: {a: b}}, spec: {nets: [192.0.2.0/24], allowedEgressDomains: [example.com]}}",
                        gnp(
                                "p",
                                "selector: \"app == 'cart'\", ingress: [{action: Allow, source: {selector: has(a)}}]")),
                row(
                        "K19 names and selector of service accounts",
                        "front>cart:80 yes; db>cart:80 no ingress",
                        account("shop", "front-sa", "role: ui"),
                        account("data", "default", "role: ui"),
                        gnp(
                                "p",
                                "selector: \"app == 'cart'\", ingress: [{action: Allow, source: {serviceAccounts: {names: [front-sa], selector: \"role == 'ui'\"}}}]")),
                row(
                        "K19 names in a global rule count in every namespace, in another in its own",
                        "db>front:80 yes; db>cart:80 no ingress; cart>front:80 yes",
                        gnp(
                                "g",
                                "selector: \"app == 'front'\", ingress: [{action: Allow, source: {serviceAccounts: {names: [default]}}}]"),
                        cart("ingress: [{action: Allow, source: {serviceAccounts: {names: [default]}}}]")),
                row(
                        "K20 the pods and ports of a Service",
                        "cart>db:80 yes; cart>db:5432 no egress; cart>front:80 no egress",
                        cart("egress: [{action: Allow, destination: {services: {name: db, namespace: data}}}]")),
                row(
                        "K20 a Service without a selector",
                        "cart>198.51.100.9:443 yes; cart>198.51.100.9:80 no egress; cart>db:80 no egress",
                        cart("egress: [{action: Allow, destination: {services: {name: partner, namespace: data}}}]")),
                row(
                        "K20 as a source by any port",
                        "db>cart:7777 yes; front>cart:7777 no ingress",
                        cart("ingress: [{action: Allow, source: {services: {name: db, namespace: data}}}]")),
                row(
                        "K20 without a namespace",
                        "cart>db:80 open",
                        np(
                                "p",
                                "selector: \"app == 'cart'\", egress: [{action: Allow, destination: {services: {name: db}}}]")),
                row(
                        "K20 a Service that is not there",
                        "cart>db:80 no egress",
                        cart("egress: [{action: Allow, destination: {services: {name: gone, namespace: data}}}]")));
    }

    static Stream<Row> ports() {
        return Stream.of(
                row(
                        "K21 numbers, ranges and names",
                        "front>cart:80 yes; front>cart:95 yes; front>cart:8000 yes; front>cart:8001 no ingress; front>cart:80/UDP no ingress",
                        cart("ingress: [{action: Allow, protocol: TCP, destination: {ports: [80, '90:99', http]}}]")),
                row(
                        "K21 names on each destination",
                        "cart>front:8080 yes; cart>db:80 yes; cart>db:8080 no egress",
                        cart("egress: [{action: Allow, protocol: TCP, destination: {ports: [http]}}]")),
                row(
                        "K21 a name of another protocol",
                        "front>cart:53 no ingress; front>cart:53/UDP no ingress",
                        cart("ingress: [{action: Allow, protocol: TCP, destination: {ports: [dns]}}]")),
                row(
                        "K21 names of init containers count",
                        "front>cart:7000 yes",
                        cart("ingress: [{action: Allow, protocol: TCP, destination: {ports: [side]}}]")),
                row(
                        "K21 notPorts",
                        "front>cart:80 no ingress; front>cart:81 yes; front>cart:81/UDP no ingress",
                        cart("ingress: [{action: Allow, protocol: TCP, destination: {notPorts: [80]}}]")),
                row(
                        "K21 a name without a protocol",
                        "front>cart:8000 open; front>cart:80 no ingress",
                        cart("ingress: [{action: Allow, destination: {ports: [http]}}]")),
                row(
                        "K21 source ports: all that a sender may choose, none, and some",
                        "front>cart:1/UDP no ingress; front>cart:1 yes; front>cart:1/SCTP open",
                        cart(
                                "ingress: [{action: Allow, protocol: UDP, source: {ports: [53, '1:1023']}}, {action: Allow, protocol: TCP, source: {ports: ['1:2000', '2001:65535']}}, {action: Allow, protocol: SCTP, source: {ports: ['32768:60999']}}]")),
                row(
                        "K21 notPorts of the source",
                        "front>cart:1/UDP yes; front>cart:1 no ingress",
                        cart(
                                "ingress: [{action: Allow, protocol: UDP, source: {notPorts: [53]}}, {action: Allow, protocol: TCP, source: {notPorts: ['1000:65535']}}]")),
                row(
                        "K22 protocols by number, and not by",
                        "front>cart:1 yes; front>cart:1/UDP no ingress; front>cart:1/SCTP yes",
                        cart(
                                "ingress: [{action: Allow, protocol: 6}, {action: Deny, notProtocol: 132}, {action: Allow}]")),
                row(
                        "K22 ICMP",
                        "front>cart:0/ICMP yes; front>cart:1 no ingress",
                        cart("ingress: [{action: Allow, protocol: ICMP}]")),
                row(
                        "K22 a type of ICMP decides for ICMP at most",
                        "front>cart:0/ICMP open; front>cart:1 yes",
                        cart("ingress: [{action: Deny, protocol: ICMP, icmp: {type: 8}}, {action: Allow}]")),
                row(
                        "K22 other protocols are none that is asked for",
                        "front>cart:1 yes; front>cart:0/ICMP yes",
                        cart(
                                "ingress: [{action: Deny, protocol: 47}, {action: Deny, protocol: UDPLite}, {action: Allow}]")),
                row(
                        "K22 ipVersion",
                        "front>cart:1 yes; 192.0.2.7>cart:1 yes",
                        cart("ingress: [{action: Deny, ipVersion: 6}, {action: Allow, ipVersion: 4}]")),
                row(
                        "K22 what is not ICMPv6 is all of the other family",
                        "front>cart:0/ICMP yes; front>cart:80 yes",
                        cart("ingress: [{action: Allow, notProtocol: ICMPv6}]")),
                row(
                        "K22 ICMPv6 is of the other family",
                        "front>cart:0/ICMP no ingress",
                        cart("ingress: [{action: Allow, protocol: ICMPv6}]")),
                row(
                        "K23 an http match",
                        "front>cart:80 open; db>cart:80 no ingress; front>cart:80/UDP no ingress",
                        cart("ingress: [{action: Allow, protocol: TCP, http: {methods: [GET]}, " + FRONT + "}]")));
    }

    static Stream<Row> others() {
        return Stream.of(
                row(
                        "K24 staged policies are never enforced",
                        "front>cart:80 yes",
                        "{apiVersion: projectcalico.org/v3, kind: StagedNetworkPolicy, metadata: {name: p, namespace: shop}, spec: {ingress: [{action: Deny}]}}",
                        "{apiVersion: projectcalico.org/v3, kind: StagedGlobalNetworkPolicy, metadata: {name: p}, spec: {ingress: [{action: Deny}]}}",
                        "{apiVersion: projectcalico.org/v3, kind: StagedKubernetesNetworkPolicy, metadata: {name: p, namespace: shop}, spec: {podSelector: {}}}"),
                row(
                        "K25 untracked and pre-DNAT policies are for hosts",
                        "front>cart:80 yes",
                        gnp("a", "doNotTrack: true, applyOnForward: true, ingress: [{action: Deny}]"),
                        gnp("b", "preDNAT: true, applyOnForward: true, ingress: [{action: Deny}]")),
                row(
                        "K25 applyOnForward changes nothing",
                        "front>cart:80 no ingress",
                        gnp(
                                "a",
                                "applyOnForward: true, performanceHints: [AssumeNeededOnEveryNode], ingress: [{action: Deny}]")),
                row(
                        "K26 nodes that a global rule may mean",
                        "172.18.0.2>cart:80 open; agent>cart:80 open; front>cart:80 yes",
                        gnp("a", "selector: \"app == 'cart'\", ingress: [{action: Allow, source: {selector: all()}}]")),
                row(
                        "K26 nodes and pods on their network that a global policy may select by its host endpoint",
                        "front>agent:80 open; front>172.18.0.2:80 open; agent>172.18.0.2:80 open; agent>front:80 open; cart>front:80 no ingress",
                        gnp("a", "ingress: [{action: Deny}]")),
                row(
                        "K26 by the labels of their nodes, which those have that Calico makes",
                        "front>agent:80 open; front>172.18.0.2:80 open; agent>front:80 yes",
                        gnp("a", "selector: \"zone in {'a', 'c'}\", ingress: [{action: Deny}]")),
                row(
                        "K26 not by labels that no node bears, nor by those of pods",
                        "front>agent:80 yes; front>172.18.0.2:80 yes; agent>front:80 open",
                        gnp("a", "selector: \"app == 'front'\", ingress: [{action: Deny}]"),
                        gnp("b", "selector: \"zone == 'c'\", ingress: [{action: Deny}]"),
                        gnp(
                                "c",
                                "namespaceSelector: all(), order: 1, ingress: [{action: Deny, source: {nets: [192.0.2.0/24]}}]"),
                        np("d", "ingress: [{action: Deny, source: {nets: [192.0.2.0/24]}}]")),
                row(
                        "K26 by the labels of a host endpoint that is known",
                        "front>agent:80 open; agent>front:80 yes",
                        "{apiVersion: projectcalico.org/v3, kind: HostEndpoint, metadata: {name: h, labels: {role: edge}}, spec: {node: node-b, interfaceName: eth0}}",
                        gnp("a", "selector: \"role == 'edge'\", ingress: [{action: Deny}]")),
                row(
                        "K26 only in the direction that it holds, and only what it may keep out",
                        "front>agent:80 yes; agent>front:80 open; agent>front:443 yes; agent>db:80 yes",
                        PASSING,
                        gnp(
                                "sec.a",
                                "tier: sec, selector: \"zone == 'b'\", egress: [{action: Deny, protocol: TCP,"
                                        + " destination: {selector: \"app == 'front'\", ports: [80]}}]")),
                row(
                        "K26 by policies that are for hosts alone",
                        "front>agent:80 open; agent>front:80 yes; front>cart:80 yes",
                        gnp("a", "preDNAT: true, applyOnForward: true, ingress: [{action: Deny}]")),
                row(
                        "K26 by global policies that cannot be read",
                        "front>agent:80 open; agent>172.18.0.2:80 open",
                        inStore(gnp("a", "selector: 'a =', ingress: [{action: Deny}]"))),
                row(
                        "K26 not by those of a namespace, read or not",
                        "agent>172.18.0.2:80 yes; front>172.18.0.2:80 open",
                        inStore(np("a", "selector: 'a =', ingress: [{action: Deny}]"))),
                row(
                        "K27 mirrors are passed over",
                        "front>cart:80 yes",
                        np("knp.default.k", "ingress: [{action: Deny}]"),
                        gnp("kcnp.k", "ingress: [{action: Deny}]")),
                row(
                        "K29 what is stored and cannot be read is undetermined in its namespace",
                        "front>cart:80 open; front>db:80 open; db>agent:80 yes; agent>db:80 yes",
                        stored("ingress: [{action: Deny, source: {selector: 'a ='}}]")),
                row(
                        "K30 an unknown field of a rule",
                        "front>cart:80 open; front>db:80 yes",
                        cart("ingress: [{action: Allow, source: {domains: [a.example]}}]")),
                row(
                        "K30 an unknown field of a policy",
                        "front>cart:80 open; db>agent:80 yes",
                        cart("order: 5, mode: soft, ingress: [{action: Allow}]")),
                row("X3 on a plugin that does not read them", "front>cart:80 yes", cart("ingress: [{action: Deny}]"))
                        .on("cilium"),
                row("X3 on one that is not known", "front>cart:80 open", cart("ingress: [{action: Deny}]"))
                        .on("generic"));
    }

    private static Row row(String name, String questions, String... objects) {
        return new Row(name, List.of(objects), questions, "calico");
    }

    /** A policy of namespace shop that selects the cart. */
    private static String cart(String spec) {
        return np("p", "selector: \"app == 'cart'\", " + spec);
    }

    private static String np(String name, String spec) {
        return object("NetworkPolicy", "name: " + name + ", namespace: shop", spec);
    }

    private static String gnp(String name, String spec) {
        return object("GlobalNetworkPolicy", "name: '" + name + "'", spec);
    }

    private static String tier(String name, String spec) {
        return object("Tier", "name: " + name, spec);
    }

    /** As {@link #cart}, read from where Calico stores it. */
    private static String stored(String spec) {
        return inStore(cart(spec));
    }

    private static String inStore(String object) {
        return object.replace("projectcalico.org/v3", "crd.projectcalico.org/v1");
    }

    private static String set(String namespace, String name, String labels, String nets) {
        return namespace.isEmpty()
                ? object("GlobalNetworkSet", "name: " + name + ", labels: " + labels, "nets: [" + nets + "]")
                : object(
                        "NetworkSet",
                        "name: " + name + ", namespace: " + namespace + ", labels: " + labels,
                        "nets: [" + nets + "]");
    }

    private static String object(String kind, String metadata, String spec) {
        return "{apiVersion: projectcalico.org/v3, kind: " + kind + ", metadata: {" + metadata + "}, spec: {" + spec
                + "}}";
    }

    private static String account(String namespace, String name, String labels) {
        return "{apiVersion: v1, kind: ServiceAccount, metadata: {name: " + name + ", namespace: " + namespace
                + ", labels: {" + labels + "}}}";
    }

    /** A NetworkPolicy of Kubernetes for the cart. */
    private static String k8s(String name, String from) {
        return "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: " + name
                + ", namespace: shop}, spec: {podSelector: {matchLabels: {app: cart}}, policyTypes: [Ingress], ingress: [{from: [{podSelector: {matchLabels: {"
                + from + "}}}]}]}}";
    }

    private static String cnp(String tier, String rule) {
        return "{apiVersion: policy.networking.k8s.io/v1alpha2, kind: ClusterNetworkPolicy, metadata: {name: c-"
                + tier.toLowerCase(java.util.Locale.ROOT)
                + "}, spec: {tier: " + tier
                + ", priority: 1, subject: {namespaces: {matchLabels: {team: web}}}, ingress: [{"
                + rule + "}]}}";
    }
}
