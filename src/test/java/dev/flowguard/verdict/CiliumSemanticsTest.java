package dev.flowguard.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** OTHER-POLICIES section 3, row by row: what policies of Cilium let through in the cluster of {@link CiliumCluster}. */
class CiliumSemanticsTest {
    /** A row: what is asked, the objects, and the questions with their answers. */
    record Row(String name, List<String> objects, String questions, String cni) {
        Row(String name, List<String> objects, String questions) {
            this(name, objects, questions, "cilium");
        }

        Row on(String other) {
            return new Row(name, objects, questions, other);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"sidesAndSubjects", "peers", "entities", "ports", "blocks", "beside"})
    @DisplayName("What gets through, what does not, and what is open")
    void answers(Row row) {
        assertThat(CiliumCluster.with(row.cni(), row.objects()).wrong(row.questions()))
                .isEmpty();
    }

    static Stream<Row> sidesAndSubjects() {
        return Stream.of(
                row("L1 no policy: all open", "", "front>cart:80 yes; 192.0.2.7>cart:80 yes"),
                row(
                        "L1 deny beats an allow of the same policy",
                        cart(
                                "ingress: [{fromEntities: [all]}], ingressDeny: [{fromEndpoints: [{matchLabels: {app: front}}]}]"),
                        "front>cart:80 no ingress; db>cart:80 yes"),
                new Row(
                        "L1 deny of another policy beats an allow",
                        List.of(
                                cnp(
                                        "a",
                                        "{endpointSelector: {matchLabels: {app: cart}}, ingress: [{fromEntities: [all]}]}"),
                                cnp("b", "{endpointSelector: {}, ingressDeny: [{fromEntities: [world]}]}")),
                        "192.0.2.7>cart:80 no ingress; db>cart:80 yes"),
                new Row(
                        "L1 policies are a union over the kinds",
                        List.of(
                                np("spec: {podSelector: {}, policyTypes: [Ingress]}"),
                                cnp(
                                        "a",
                                        "{endpointSelector: {matchLabels: {app: cart}}, ingress: [{fromEndpoints: [{matchLabels: {app: front}}]}]}"),
                                ccnp(
                                        "{endpointSelector: {matchLabels: {app: cart}}, ingress: [{fromEntities: [world]}]}")),
                        "front>cart:80 yes; 192.0.2.7>cart:80 yes; db>cart:80 no ingress; db>front:80 no ingress"),
                row(
                        "L2 one empty rule isolates and allows nothing",
                        cart("ingress: [{}]"),
                        "front>cart:80 no ingress; cart>front:80 yes"),
                row(
                        "L2 an empty list isolates nothing",
                        cart("ingress: [], egress: [{}]"),
                        "front>cart:80 yes; cart>front:80 no egress"),
                row("L2 a deny isolates", cart("ingressDeny: [{fromEntities: [world]}]"), "front>cart:80 no ingress"),
                row(
                        "L3 a policy that isolates nothing",
                        cart(
                                "enableDefaultDeny: {ingress: false}, ingress: [{fromEndpoints: [{matchLabels: {app: front}}]}]"),
                        "db>cart:80 yes; front>cart:80 yes"),
                row(
                        "L3 its denies hold",
                        cart(
                                "enableDefaultDeny: {ingress: false}, ingressDeny: [{fromEndpoints: [{matchLabels: {app: front}}]}]"),
                        "db>cart:80 yes; front>cart:80 no ingress"),
                new Row(
                        "L3 beside one that isolates its allows count",
                        List.of(
                                cnp(
                                        "a",
                                        "{endpointSelector: {}, enableDefaultDeny: {ingress: false}, ingress: [{fromEndpoints: [{matchLabels: {app: front}}]}]}"),
                                cnp("b", "{endpointSelector: {}, ingress: [{}]}")),
                        "front>cart:80 yes; db>cart:80 no ingress"),
                row(
                        "L3 isolation without a rule in that direction is none",
                        cart("enableDefaultDeny: {egress: true}, ingress: [{}]"),
                        "cart>db:80 yes"),
                new Row(
                        "L3 the agents may not know the field",
                        List.of(
                                config("enable-non-default-deny-policies: 'false'"),
                                cnp("a", "{endpointSelector: {}, enableDefaultDeny: {ingress: false}, ingress: [{}]}")),
                        "db>cart:80 no ingress"),
                new Row(
                        "L4 always: whom no policy selects is closed",
                        List.of(config("enable-policy: always")),
                        "front>cart:80 no egress+ingress; 192.0.2.7>cart:80 no ingress"),
                new Row(
                        "L4 never: nothing is enforced",
                        List.of(config("enable-policy: never"), cnp("a", "{endpointSelector: {}, ingress: [{}]}")),
                        "front>cart:80 yes"),
                row(
                        "L5 an empty selector is its namespace",
                        cnp("a", "{endpointSelector: {}, ingress: [{}]}"),
                        "db>cart:80 no ingress; db>front:80 no ingress; cart>db:80 yes"),
                row(
                        "L5 another namespace is overridden",
                        cnp(
                                "a",
                                "{endpointSelector: {matchLabels: {'k8s:io.kubernetes.pod.namespace': data}}, ingress: [{}]}"),
                        "db>cart:80 no ingress; cart>db:80 yes"),
                row(
                        "L5 another namespace with any source selects nobody",
                        cnp(
                                "a",
                                "{endpointSelector: {matchLabels: {'io.kubernetes.pod.namespace': data}}, ingress: [{}]}"),
                        "db>cart:80 yes; cart>db:80 yes"),
                row(
                        "L5 a cluster-wide policy selects everywhere",
                        ccnp("{endpointSelector: {}, ingress: [{}]}"),
                        "db>cart:80 no ingress; cart>db:80 no ingress"),
                row(
                        "L5 a cluster-wide policy for some namespaces",
                        ccnp(
                                "{endpointSelector: {matchLabels: {'k8s:io.cilium.k8s.namespace.labels.env': prod}}, ingress: [{}]}"),
                        "db>cart:80 yes; cart>db:80 no ingress"),
                row(
                        "L5 a policy of nodes selects no pods",
                        ccnp("{nodeSelector: {}, ingress: [{}]}"),
                        "db>cart:80 yes"),
                row(
                        "L15 no policy selects a pod on the host network",
                        ccnp("{endpointSelector: {matchLabels: {app: agent}}, ingress: [{}]}"),
                        "db>agent:80 yes"));
    }

    static Stream<Row> peers() {
        return Stream.of(
                row(
                        "L6 a peer without a namespace is in the own one",
                        cart("ingress: [{fromEndpoints: [{}]}]"),
                        "front>cart:80 yes; db>cart:80 no ingress; 192.0.2.7>cart:80 no ingress"),
                row(
                        "L6 a peer by a namespace's label is in any that fits",
                        cart(
                                "ingress: [{fromEndpoints: [{matchLabels: {'k8s:io.cilium.k8s.namespace.labels.team': store}}]}]"),
                        "db>cart:80 yes; front>cart:80 no ingress"),
                row(
                        "L6 a peer by a namespace's name",
                        cart(
                                "ingress: [{fromEndpoints: [{matchLabels: {io.kubernetes.pod.namespace: data, app: db}}]}]"),
                        "db>cart:80 yes; front>cart:80 no ingress"),
                row(
                        "L6 a peer by a namespace's name among some",
                        cart(
                                "ingress: [{fromEndpoints: [{matchExpressions: [{key: 'any:io.kubernetes.pod.namespace', operator: In, values: [data, x]}]}]}]"),
                        "db>cart:80 yes; front>cart:80 no ingress"),
                row(
                        "L6 a reserved label is not bound to the namespace",
                        cart("ingress: [{fromEndpoints: [{matchLabels: {'reserved:world': ''}}]}]"),
                        "192.0.2.7>cart:80 yes; front>cart:80 no ingress"),
                row(
                        "L7 in a cluster-wide policy a peer is any pod",
                        ccnp("{endpointSelector: {matchLabels: {app: cart}}, ingress: [{fromEndpoints: [{}]}]}"),
                        "db>cart:80 yes; 192.0.2.7>cart:80 no ingress"),
                row(
                        "L7 in a cluster-wide policy a peer by what it lacks is a pod",
                        ccnp(
                                "{endpointSelector: {matchLabels: {app: cart}}, ingress: [{fromEndpoints: [{matchExpressions: [{key: app, operator: NotIn, values: [db]}]}]}]}"),
                        "front>cart:80 yes; db>cart:80 no ingress; 192.0.2.7>cart:80 no ingress"),
                row(
                        "L8 an empty list of peers is nobody",
                        cart("ingress: [{fromEndpoints: []}]"),
                        "front>cart:80 no ingress"),
                row(
                        "L8 an empty list of peers with ports is nobody",
                        cart("ingress: [{fromEndpoints: [], toPorts: [{ports: [{port: '80'}]}]}]"),
                        "front>cart:80 no ingress"),
                row(
                        "L8 ports alone are for everybody",
                        cart("ingress: [{toPorts: [{ports: [{port: '80'}]}]}]"),
                        "front>cart:80 yes; 192.0.2.7>cart:80 yes; front>cart:81 no ingress"),
                row(
                        "L9 a label of Kubernetes",
                        cart("ingress: [{fromEndpoints: [{matchLabels: {'k8s:app': front}}]}]"),
                        "front>cart:80 yes"),
                row(
                        "L9 a label of another source is nobody's",
                        cart("ingress: [{fromEndpoints: [{matchLabels: {'container:app': front}}]}]"),
                        "front>cart:80 no ingress"),
                row(
                        "L9 nobody has a label of another source",
                        cart(
                                "ingress: [{fromEndpoints: [{matchExpressions: [{key: 'container:app', operator: DoesNotExist}]}]}]"),
                        "front>cart:80 yes; db>cart:80 no ingress"),
                row(
                        "L9 a service account",
                        cart(
                                "ingress: [{fromEndpoints: [{matchLabels: {'k8s:io.cilium.k8s.policy.serviceaccount': front-sa}}]}]"),
                        "front>cart:80 yes; db>cart:80 no ingress"),
                row(
                        "L9 the default service account",
                        cart(
                                "egress: [{toEndpoints: [{matchLabels: {io.cilium.k8s.policy.serviceaccount: default, io.kubernetes.pod.namespace: data}}]}]"),
                        "cart>db:80 yes; cart>front:80 no egress"),
                row(
                        "L9 the own cluster by its name",
                        cart(
                                "ingress: [{fromEndpoints: [{matchLabels: {'k8s:io.cilium.k8s.policy.cluster': default}}]}]"),
                        "front>cart:80 yes; db>cart:80 no ingress"),
                row(
                        "L10 labels that are filtered out match nothing",
                        cart("ingress: [{fromEndpoints: [{matchLabels: {kubernetes.io/role: edge}}]}]"),
                        "front>cart:80 no ingress"),
                row(
                        "L10 what they lack all lack",
                        cart(
                                "ingress: [{fromEndpoints: [{matchExpressions: [{key: topology.kubernetes.io/zone, operator: DoesNotExist}]}]}]"),
                        "front>cart:80 yes"),
                row(
                        "L10 recommended labels count",
                        cart("ingress: [{fromEndpoints: [{matchLabels: {app.kubernetes.io/name: front}}]}]"),
                        "front>cart:80 yes"),
                new Row(
                        "L10 with a list of their own keys that differ are open",
                        List.of(
                                config("labels: 'k8s:app k8s:io\\.kubernetes\\.pod\\.namespace'"),
                                cart("ingress: [{fromEndpoints: [{matchLabels: {plain: 'yes'}}]}]")),
                        "front>cart:80 open"),
                new Row(
                        "L10 with a list of their own other keys are sure",
                        List.of(
                                config("labels: 'k8s:app k8s:io\\.kubernetes\\.pod\\.namespace'"),
                                cart("ingress: [{fromEndpoints: [{matchLabels: {app: front}}]}]")),
                        "front>cart:80 yes; db>cart:80 no ingress"),
                row(
                        "L11 excluding by namespace reaches beyond pods",
                        cart(
                                "ingress: [{fromEndpoints: [{matchExpressions: [{key: 'k8s:io.kubernetes.pod.namespace', operator: NotIn, values: [data]}]}]}]"),
                        "front>cart:80 yes; 192.0.2.7>cart:80 yes; db>cart:80 open"),
                row(
                        "L11 with a term that includes it does not",
                        cart(
                                "ingress: [{fromEndpoints: [{matchLabels: {app: front}, matchExpressions: [{key: 'k8s:io.kubernetes.pod.namespace', operator: NotIn, values: [data]}]}]}]"),
                        "front>cart:80 yes; 192.0.2.7>cart:80 no ingress; db>cart:80 no ingress"),
                new Row(
                        "L11 with the own cluster by default it does not",
                        List.of(
                                config("policy-default-local-cluster: 'true'"),
                                cart(
                                        "ingress: [{fromEndpoints: [{matchExpressions: [{key: 'k8s:io.kubernetes.pod.namespace', operator: NotIn, values: [data]}]}]}]")),
                        "front>cart:80 yes; 192.0.2.7>cart:80 no ingress; db>cart:80 no ingress"),
                row(
                        "L11 so do NetworkPolicies",
                        np(
                                "spec: {podSelector: {}, ingress: [{from: [{namespaceSelector: {matchExpressions: [{key: team, operator: NotIn, values: [store]}]}}]}]}"),
                        "front>cart:80 yes; 192.0.2.7>cart:80 yes; db>cart:80 open"),
                row(
                        "L12 peers of one list are a union",
                        cart(
                                "ingress: [{fromEndpoints: [{matchLabels: {app: front}}, {matchLabels: {io.kubernetes.pod.namespace: data}}]}]"),
                        "front>cart:80 yes; db>cart:80 yes; 192.0.2.7>cart:80 no ingress"),
                row(
                        "L12 peers and ports both count",
                        cart(
                                "ingress: [{fromEndpoints: [{matchLabels: {app: front}}], toPorts: [{ports: [{port: '80'}]}]}]"),
                        "front>cart:80 yes; front>cart:81 no ingress; db>cart:80 no ingress"),
                row(
                        "L26 each of several specs counts",
                        List.of(
                                object(
                                        "CiliumNetworkPolicy",
                                        "a",
                                        "namespace: shop",
                                        "spec: {endpointSelector: {matchLabels: {app: cart}}, ingress: [{}]}, specs: [{endpointSelector: {matchLabels: {app: cart}}, ingress: [{fromEndpoints: [{}]}]}, {endpointSelector: {matchLabels: {app: front}}, egress: [{}]}]")),
                        "front>cart:80 no egress; db>cart:80 no ingress; db>front:80 yes"),
                row(
                        "L29 pods of other clusters are not known",
                        cart(
                                "ingress: [{fromEndpoints: [{matchLabels: {'k8s:io.cilium.k8s.policy.cluster': other}}]}]"),
                        "front>cart:80 no ingress"),
                row(
                        "L29 pods of other clusters, as an entity, may have any address outside",
                        cart("ingress: [{fromEntities: [cluster-mesh]}]"),
                        "front>cart:80 yes; 192.0.2.7>cart:80 open"),
                row(
                        "L29 without a label of a cluster selectors mean the own one",
                        cart("ingress: [{fromEndpoints: [{matchLabels: {app: front}}]}]"),
                        "front>cart:80 yes; 192.0.2.7>cart:80 no ingress"));
    }

    static Stream<Row> entities() {
        return Stream.of(
                row(
                        "L13 all",
                        cart("ingress: [{fromEntities: [all]}]"),
                        "front>cart:80 yes; 192.0.2.7>cart:80 yes; 172.18.0.3>cart:80 yes"),
                row(
                        "L13 world",
                        cart("egress: [{toEntities: [world]}]"),
                        "cart>192.0.2.7:80 yes; cart>front:80 no egress; cart>172.18.0.3:80 no egress"),
                row(
                        "L13 cluster",
                        cart("egress: [{toEntities: [cluster]}]"),
                        "cart>db:80 yes; cart>172.18.0.3:80 yes; cart>192.0.2.7:80 no egress"),
                row(
                        "L13 host and other nodes",
                        cart("egress: [{toEntities: [host, remote-node]}]"),
                        "cart>172.18.0.3:80 yes; cart>front:80 no egress; cart>192.0.2.7:80 no egress"),
                row(
                        "L13 none",
                        cart("egress: [{toEntities: [none]}]"),
                        "cart>front:80 no egress; cart>192.0.2.7:80 no egress"),
                row("L14 own node may always come in", cart("ingress: [{}]"), "172.18.0.3>cart:80 open"),
                row(
                        "L14 the API server where nothing is known of it",
                        cart("egress: [{toEntities: [kube-apiserver]}]"),
                        "cart>192.0.2.7:443 open; cart>front:443 no egress"),
                new Row(
                        "L14 the API server where it is known",
                        List.of(
                                "{apiVersion: v1, kind: Service, metadata: {name: kubernetes, namespace: default}, spec: {ports: [{port: 443}]}}",
                                "{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: kubernetes, namespace: default, labels: {kubernetes.io/service-name: kubernetes}}, addressType: IPv4, endpoints: [{addresses: [203.0.113.9]}], ports: [{port: 6443}]}",
                                cart("egress: [{toEntities: [kube-apiserver]}]")),
                        "cart>203.0.113.9:6443 yes; cart>192.0.2.7:443 no egress"),
                row(
                        "L14 no pod that is ready is one of these",
                        cart("ingress: [{fromEntities: [init, unmanaged, health, ingress]}]"),
                        "front>cart:80 no ingress"),
                row(
                        "L15 labels never match a pod on the host network",
                        cart(
                                "egress: [{toEndpoints: [{matchLabels: {app: agent, io.kubernetes.pod.namespace: data}}]}]"),
                        "cart>agent:80 open; cart>db:80 no egress"));
    }

    static Stream<Row> ports() {
        return Stream.of(
                row(
                        "L16 without a protocol the three that have ports",
                        cart("ingress: [{toPorts: [{ports: [{port: '80'}]}]}]"),
                        "front>cart:80 yes; front>cart:80/UDP yes; front>cart:80/SCTP yes; front>cart:81 no ingress"),
                row(
                        "L16 ANY is the same",
                        cart("ingress: [{toPorts: [{ports: [{port: '80', protocol: ANY}]}]}]"),
                        "front>cart:80/UDP yes"),
                row(
                        "L16 one protocol",
                        cart("ingress: [{toPorts: [{ports: [{port: '80', protocol: TCP}]}]}]"),
                        "front>cart:80 yes; front>cart:80/UDP no ingress"),
                row(
                        "L16 port 0 is every port of the protocol",
                        cart("ingress: [{toPorts: [{ports: [{port: '0', protocol: UDP}]}]}]"),
                        "front>cart:9/UDP yes; front>cart:9 no ingress"),
                row(
                        "L16 a range",
                        cart("ingress: [{toPorts: [{ports: [{port: '80', endPort: 82}]}]}]"),
                        "front>cart:80 yes; front>cart:82 yes; front>cart:83 no ingress"),
                row(
                        "L16 an end below the beginning is none",
                        cart("ingress: [{toPorts: [{ports: [{port: '80', endPort: 70}]}]}]"),
                        "front>cart:80 yes; front>cart:75 no ingress"),
                row(
                        "L16 lists are unions",
                        cart("ingress: [{toPorts: [{ports: [{port: '80'}, {port: '81'}]}, {ports: [{port: '82'}]}]}]"),
                        "front>cart:81 yes; front>cart:82 yes"),
                row(
                        "L16 an entry without ports allows nothing",
                        cart("ingress: [{fromEndpoints: [{}], toPorts: [{}]}]"),
                        "front>cart:80 no ingress"),
                row(
                        "L16 a number of another base",
                        cart("ingress: [{toPorts: [{ports: [{port: '0120'}]}]}]"),
                        "front>cart:80 yes; front>cart:120 no ingress"),
                row(
                        "L17 a name is of the pod that is selected",
                        cart("ingress: [{toPorts: [{ports: [{port: http, protocol: TCP}]}]}]"),
                        "front>cart:8000 yes; front>cart:8080 no ingress"),
                row(
                        "L17 on egress it is of each destination",
                        cart("egress: [{toEntities: [all], toPorts: [{ports: [{port: http, protocol: TCP}]}]}]"),
                        "cart>front:8080 yes; cart>db:80 yes; cart>db:8080 no egress; cart>192.0.2.7:80 no egress"),
                row(
                        "L17 in upper case",
                        cart("ingress: [{toPorts: [{ports: [{port: HTTP, protocol: TCP}]}]}]"),
                        "front>cart:8000 yes"),
                row(
                        "L17 of another protocol",
                        cart("ingress: [{toPorts: [{ports: [{port: dns, protocol: TCP}]}]}]"),
                        "front>cart:53/UDP no ingress; front>cart:53 no ingress"),
                row(
                        "L17 of any protocol",
                        cart("ingress: [{toPorts: [{ports: [{port: dns}]}]}]"),
                        "front>cart:53/UDP yes; front>cart:53 no ingress"),
                row(
                        "L17 of a sidecar it does not count",
                        cart("ingress: [{toPorts: [{ports: [{port: side, protocol: TCP}]}]}]"),
                        "front>cart:7000 no ingress"),
                row(
                        "L17 that nobody has",
                        cart("ingress: [{toPorts: [{ports: [{port: nobody}]}]}]"),
                        "front>cart:80 no ingress"),
                new Row(
                        "L17 pods of one identity that give a name two numbers: both are open for both",
                        twins(
                                "one",
                                cart(
                                        "egress: [{toEndpoints: [{matchLabels: {app: twin}}], toPorts: [{ports: [{port: web, protocol: TCP}]}]}]")),
                        "cart>twin-a:9001 open; cart>twin-a:9002 open; cart>twin-b:9002 open; cart>twin-b:9003 no egress"),
                new Row(
                        "L17 another service account is another identity",
                        twins(
                                "two",
                                cart(
                                        "egress: [{toEndpoints: [{matchLabels: {app: twin}}], toPorts: [{ports: [{port: web, protocol: TCP}]}]}]")),
                        "cart>twin-a:9001 yes; cart>twin-a:9002 no egress; cart>twin-b:9002 yes"),
                new Row(
                        "L17 on ingress a name is of each pod, whatever its identity",
                        twins(
                                "one",
                                "{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {name: p, namespace: shop}, spec: {endpointSelector: {matchLabels: {app: twin}}, ingress: [{toPorts: [{ports: [{port: web, protocol: TCP}]}]}]}}"),
                        "cart>twin-a:9001 yes; cart>twin-a:9002 no ingress; cart>twin-b:9002 yes"),
                row(
                        "L18 HTTP may be refused",
                        cart(
                                "ingress: [{fromEndpoints: [{matchLabels: {app: front}}], toPorts: [{ports: [{port: '80', protocol: TCP}], rules: {http: [{method: GET}]}}]}]"),
                        "front>cart:80 open; front>cart:81 no ingress; db>cart:80 no ingress"),
                row(
                        "L18 unless another rule opens it",
                        cart(
                                "ingress: [{toPorts: [{ports: [{port: '80', protocol: TCP}], rules: {http: [{}]}}]}, {fromEndpoints: [{}]}]"),
                        "front>cart:80 yes; db>cart:80 open"),
                row(
                        "L18 or a deny closes it",
                        cart(
                                "ingress: [{toPorts: [{ports: [{port: '80', protocol: TCP}], rules: {http: [{}]}}]}], ingressDeny: [{fromEndpoints: [{}]}]"),
                        "front>cart:80 no ingress"),
                row(
                        "L18 DNS for every name is open",
                        cart(
                                "egress: [{toEndpoints: [{matchLabels: {io.kubernetes.pod.namespace: data}}], toPorts: [{ports: [{port: '53'}], rules: {dns: [{matchPattern: '*'}]}}]}]"),
                        "cart>db:53/UDP yes"),
                row(
                        "L18 DNS for some names may be refused",
                        cart("egress: [{toPorts: [{ports: [{port: '53'}], rules: {dns: [{matchName: a.example}]}}]}]"),
                        "cart>db:53/UDP open"),
                row(
                        "L18 server names",
                        cart(
                                "egress: [{toPorts: [{ports: [{port: '443', protocol: TCP}], serverNames: [a.example]}]}]"),
                        "cart>192.0.2.7:443 open"),
                row(
                        "L18 a listener",
                        cart(
                                "egress: [{toPorts: [{ports: [{port: '443', protocol: TCP}], listener: {name: a, envoyConfig: {name: b}}}]}]"),
                        "cart>192.0.2.7:443 open"),
                row(
                        "L18 authentication",
                        cart("ingress: [{fromEndpoints: [{}], authentication: {mode: required}}]"),
                        "front>cart:80 open; db>cart:80 no ingress"),
                row(
                        "L18 no authentication",
                        cart("ingress: [{fromEndpoints: [{}], authentication: {mode: disabled}}]"),
                        "front>cart:80 yes"),
                row(
                        "L19 ICMP decides nothing else, and isolates",
                        cart("ingress: [{fromEndpoints: [{}], icmps: [{fields: [{type: 8}]}]}]"),
                        "front>cart:80 no ingress"),
                row(
                        "L19 without ports ICMP is let through too",
                        cart("ingress: [{fromEndpoints: [{}]}]"),
                        "front>cart:0/ICMP yes; db>cart:0/ICMP no ingress"),
                row(
                        "L19 a type of ICMP is open",
                        cart("ingress: [{fromEndpoints: [{}], icmps: [{fields: [{type: 8}]}]}]"),
                        "front>cart:0/ICMP open"));
    }

    static Stream<Row> blocks() {
        return Stream.of(
                row(
                        "L20 a block never matches pods",
                        cart("egress: [{toCIDR: [0.0.0.0/0]}]"),
                        "cart>192.0.2.7:80 yes; cart>front:80 no egress; cart>172.18.0.3:80 no egress"),
                row(
                        "L20 nor does an ipBlock",
                        np(
                                "spec: {podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0}}]}]}"),
                        "cart>192.0.2.7:80 yes; cart>db:80 no egress; cart>172.18.0.3:80 no egress"),
                new Row(
                        "L20 nodes, if the agents are told so",
                        List.of(config("policy-cidr-match-mode: nodes"), cart("egress: [{toCIDR: [172.18.0.0/16]}]")),
                        "cart>172.18.0.3:80 yes; cart>front:80 no egress"),
                new Row(
                        "L20 pods, if the agents are told so",
                        List.of(
                                config("policy-cidr-match-mode: 'nodes,pods'"),
                                cart("egress: [{toCIDR: [10.0.1.0/24]}]")),
                        "cart>front:80 yes; cart>db:80 no egress"),
                new Row(
                        "L20 then ipBlocks too",
                        List.of(
                                config("policy-cidr-match-mode: 'nodes pods'"),
                                np(
                                        "spec: {podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 10.0.1.0/24}}]}]}")),
                        "cart>front:80 yes; cart>db:80 no egress"),
                row("L20 of one family only", cart("egress: [{toCIDR: ['::/0']}]"), "cart>192.0.2.7:80 no egress"),
                row(
                        "L21 an exception takes away from its own entry",
                        cart("egress: [{toCIDRSet: [{cidr: 192.0.2.0/24, except: [192.0.2.0/28]}]}]"),
                        "cart>192.0.2.7:80 no egress; cart>192.0.2.77:80 yes"),
                row(
                        "L21 another entry may allow it",
                        cart(
                                "egress: [{toCIDRSet: [{cidr: 192.0.2.0/24, except: [192.0.2.0/28]}, {cidr: 192.0.2.7/32}]}]"),
                        "cart>192.0.2.7:80 yes; cart>192.0.2.8:80 no egress"),
                row(
                        "L21 an exception of all leaves nothing",
                        cart("egress: [{toCIDRSet: [{cidr: 192.0.2.0/24, except: [192.0.2.0/24]}]}]"),
                        "cart>192.0.2.7:80 no egress"),
                row(
                        "L21 a deny beats a longer block",
                        cart("egress: [{toCIDR: [192.0.2.7/32]}], egressDeny: [{toCIDR: [192.0.2.0/24]}]"),
                        "cart>192.0.2.7:80 no egress"),
                new Row(
                        "L21 a group",
                        List.of(
                                group("partners", "{kind: bank}", "[192.0.2.0/24]"),
                                cart("egress: [{toCIDRSet: [{cidrGroupRef: partners, except: [192.0.2.7/32]}]}]")),
                        "cart>192.0.2.9:80 yes; cart>192.0.2.7:80 no egress; cart>198.51.100.9:80 no egress"),
                new Row(
                        "L21 groups by their labels",
                        List.of(
                                group("a", "{kind: bank}", "[192.0.2.0/24]"),
                                group("b", "{kind: shop}", "[198.51.100.0/24]"),
                                cart("egress: [{toCIDRSet: [{cidrGroupSelector: {matchLabels: {kind: bank}}}]}]")),
                        "cart>192.0.2.9:80 yes; cart>198.51.100.9:80 no egress"),
                row(
                        "L21 a group that is not known",
                        cart("egress: [{toCIDRSet: [{cidrGroupRef: partners}]}]"),
                        "cart>192.0.2.9:80 open; cart>front:80 no egress"),
                row(
                        "L22 names are open for what is outside",
                        cart("egress: [{toFQDNs: [{matchName: a.example}], toPorts: [{ports: [{port: '443'}]}]}]"),
                        "cart>192.0.2.7:443 open; cart>192.0.2.7:80 no egress; cart>front:443 no egress; cart>172.18.0.3:443 no egress"),
                row(
                        "L23 a Service with a selector is its pods",
                        cart("egress: [{toServices: [{k8sService: {serviceName: db, namespace: data}}]}]"),
                        "cart>db:80 yes; cart>db:5432 yes; cart>front:80 no egress"),
                row(
                        "L23 its ports are those of the pods",
                        cart(
                                "egress: [{toServices: [{k8sService: {serviceName: db, namespace: data}}], toPorts: [{ports: [{port: '80'}]}]}]"),
                        "cart>db:80 yes; cart>db:5432 no egress"),
                row(
                        "L23 a Service of any namespace",
                        cart("egress: [{toServices: [{k8sService: {serviceName: db}}]}]"),
                        "cart>db:80 yes"),
                row(
                        "L23 a Service without a selector is its addresses",
                        cart("egress: [{toServices: [{k8sService: {serviceName: partner, namespace: data}}]}]"),
                        "cart>198.51.100.9:443 yes; cart>192.0.2.7:443 no egress"),
                row(
                        "L23 a Service that is not there",
                        cart("egress: [{toServices: [{k8sService: {serviceName: x, namespace: data}}]}]"),
                        "cart>db:80 no egress; cart>192.0.2.7:80 no egress"),
                row(
                        "L23 Services by their labels, of one namespace",
                        cart(
                                "egress: [{toServices: [{k8sServiceSelector: {namespace: data, selector: {matchLabels: {'k8s:tier': store}}}}]}]"),
                        "cart>db:80 yes; cart>198.51.100.9:443 no egress; cart>front:80 no egress"),
                row(
                        "L23 Services by their labels, of every namespace",
                        cart(
                                "egress: [{toServices: [{k8sServiceSelector: {selector: {matchExpressions: [{key: tier, operator: DoesNotExist}]}}}]}]"),
                        "cart>198.51.100.9:443 yes; cart>db:80 no egress"),
                row(
                        "L23 no labels asked for: every Service",
                        cart("egress: [{toServices: [{k8sServiceSelector: {selector: {}}}]}]"),
                        "cart>198.51.100.9:443 yes; cart>db:80 yes; cart>front:80 no egress"),
                row(
                        "L23 labels that no Service has",
                        cart("egress: [{toServices: [{k8sServiceSelector: {selector: {matchLabels: {tier: x}}}}]}]"),
                        "cart>198.51.100.9:443 no egress; cart>db:80 no egress"),
                row(
                        "L23 an entry that names none",
                        cart("egress: [{toServices: [{}]}]"),
                        "cart>198.51.100.9:443 no egress; cart>db:80 no egress"),
                row(
                        "L20 L23 the addresses of a Service are blocks, which are for neither pods nor nodes",
                        cart("egress: [{toServices: [{k8sService: {serviceName: listed, namespace: data}}]}]"),
                        "cart>db:80 no egress; cart>172.18.0.3:80 no egress; cart>192.0.2.7:80 yes"),
                new Row(
                        "L20 L23 unless the agents are told that blocks match nodes",
                        List.of(
                                config("policy-cidr-match-mode: nodes"),
                                cart("egress: [{toServices: [{k8sService: {serviceName: listed, namespace: data}}]}]")),
                        "cart>db:80 no egress; cart>172.18.0.3:80 yes"),
                row(
                        "L24 nodes by label without the flag: ignored",
                        cart("ingress: [{fromNodes: [{}]}]"),
                        "front>cart:80 yes"),
                new Row(
                        "L24 nodes by label with the flag",
                        List.of(config("enable-node-selector-labels: 'true'"), cart("egress: [{toNodes: [{}]}]")),
                        "cart>172.18.0.3:80 open; cart>front:80 no egress"),
                row(
                        "L24 groups of a cloud",
                        cart("egress: [{toGroups: [{aws: {region: a}}]}]"),
                        "cart>192.0.2.7:80 open"));
    }

    static Stream<Row> beside() {
        return Stream.of(
                row(
                        "L27 what the agent refuses is ignored as a whole",
                        cart("ingress: [{}, {fromEndpoints: [{}], fromCIDR: [10.0.0.0/8]}]"),
                        "db>cart:80 yes"),
                row(
                        "L25 an unknown field is open for what the rule touches",
                        cart("ingress: [{fromEndpoints: [{}], newField: 1}]"),
                        "front>cart:80 open; cart>front:80 yes"),
                row(
                        "L28 rules that the policy types leave out count",
                        np(
                                "spec: {podSelector: {}, policyTypes: [Ingress], ingress: [{}], egress: [{to: [{podSelector: {}}]}]}"),
                        "cart>front:80 yes; cart>db:80 no egress; db>cart:80 yes"),
                row(
                                "L28 not on another plugin",
                                np(
                                        "spec: {podSelector: {}, policyTypes: [Ingress], ingress: [{}], egress: [{to: [{podSelector: {}}]}]}"),
                                "cart>db:80 yes")
                        .on("kindnet"),
                row("X3 on another plugin the policy has no effect", cart("ingress: [{}]"), "db>cart:80 yes")
                        .on("calico"),
                row(
                                "X3 on an unknown plugin it may have any",
                                cart("ingress: [{}]"),
                                "db>cart:80 open; cart>db:80 open")
                        .on("generic"),
                row("X3 GKE's Dataplane V2 is Cilium too", cart("ingress: [{}]"), "db>cart:80 no ingress")
                        .on("gke-dataplane-v2"),
                new Row(
                        "C8 a Baseline Accept opens what is isolated",
                        List.of(
                                cart("ingress: [{}]"),
                                "{apiVersion: policy.networking.k8s.io/v1alpha2, kind: ClusterNetworkPolicy, metadata: {name: base}, spec: {tier: Baseline, priority: 1, subject: {namespaces: {}}, ingress: [{action: Accept, from: [{namespaces: {matchLabels: {team: store}}}]}]}}"),
                        "db>cart:80 yes; front>cart:80 no ingress"),
                new Row(
                        "X4 an Admin Deny goes before, and a Pass on",
                        List.of(
                                cart("ingress: [{fromEntities: [all]}]"),
                                "{apiVersion: policy.networking.k8s.io/v1alpha2, kind: ClusterNetworkPolicy, metadata: {name: guard}, spec: {tier: Admin, priority: 1, subject: {namespaces: {}}, ingress: [{action: Deny, from: [{namespaces: {matchLabels: {team: store}}}]}]}}"),
                        "db>cart:80 no ingress; front>cart:80 yes"));
    }

    private static Row row(String name, String policy, String questions) {
        return new Row(name, policy.isEmpty() ? List.of() : List.of(policy), questions);
    }

    private static Row row(String name, List<String> objects, String questions) {
        return new Row(name, objects, questions);
    }

    /** Two pods with the same labels and another number for the name of their port; the second may run as another account. */
    private static List<String> twins(String account, String policy) {
        String pod = "{apiVersion: v1, kind: Pod, metadata: {name: %s, namespace: shop, labels: {app: twin}}, spec: {"
                + "serviceAccountName: %s, containers: [{name: c, image: i, ports: [{name: web, containerPort: %d}]}]}, "
                + "status: {phase: Running, podIPs: [{ip: 10.0.1.%d}]}}";
        return List.of(pod.formatted("twin-a", "one", 9001, 21), pod.formatted("twin-b", account, 9002, 22), policy);
    }

    private static String cart(String sections) {
        return cnp("a", "{endpointSelector: {matchLabels: {app: cart}}, " + sections + "}");
    }

    private static String cnp(String name, String spec) {
        return object("CiliumNetworkPolicy", name, "namespace: shop", "spec: " + spec);
    }

    private static String ccnp(String spec) {
        return object("CiliumClusterwideNetworkPolicy", "c", "", "spec: " + spec);
    }

    private static String object(String kind, String name, String more, String body) {
        List<String> metadata = new ArrayList<>(List.of("name: " + name));
        if (!more.isEmpty()) {
            metadata.add(more);
        }
        return "{apiVersion: cilium.io/v2, kind: " + kind + ", metadata: {" + String.join(", ", metadata) + "}, " + body
                + "}";
    }

    private static String group(String name, String labels, String cidrs) {
        return object("CiliumCIDRGroup", name, "labels: " + labels, "spec: {externalCIDRs: " + cidrs + "}");
    }

    private static String np(String body) {
        return "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: np, namespace: shop}, " + body
                + "}";
    }

    private static String config(String data) {
        return "{apiVersion: v1, kind: ConfigMap, metadata: {name: cilium-config, namespace: kube-system}, data: {"
                + data + "}}";
    }
}
