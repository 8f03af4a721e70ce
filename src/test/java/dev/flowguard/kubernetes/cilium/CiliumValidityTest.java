package dev.flowguard.kubernetes.cilium;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flowguard.deploy.Yaml;
import dev.flowguard.kubernetes.field.FieldProblem;
import dev.flowguard.kubernetes.field.Notes;
import dev.flowguard.policy.cilium.CiliumPolicy;
import dev.flowguard.policy.cilium.CiliumPolicy.Unless;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which objects the API server refuses, which it takes and the agent ignores, and which are in force (OTHER-POLICIES L27). */
class CiliumValidityTest {
    private static final Path CASES = Path.of("src/test/resources/other-policies/cilium");

    @ParameterizedTest(name = "L27: {0}")
    @MethodSource("validityCases")
    @DisplayName("What the agent makes of the object is what it was seen to make of it")
    void asTheAgent(Path folder) throws IOException {
        JsonNode expected =
                new ObjectMapper().readTree(folder.resolve("expect.json").toFile());
        JsonNode object = Yaml.documents(folder.resolve("policies.yaml")).get(0);

        assertThat(verdict(object)).isEqualTo(expected.path("valid").asBoolean() ? "in force" : "ignored");
    }

    static Stream<Path> validityCases() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders
                    .filter(each -> each.getFileName().toString().startsWith("validity-"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        L2 one empty rule isolates                         | ingress: [{}]                                                             | in force
        L2 no entry at all                                 | ingress: []                                                               | ignored
        L2 none of the four sections                       | description: nothing                                                      | refused at spec
        L2 a deny section alone                            | egressDeny: [{toEntities: [world]}]                                       | in force
        L5 a CiliumNetworkPolicy for nodes                 | nodeSelector: {}, ingress: [{}]                                           | ignored
        L6 a key with a source                             | ingress: [{fromEndpoints: [{matchLabels: {'k8s:app': a}}]}]               | in force
        L6 a key with two colons                           | ingress: [{fromEndpoints: [{matchLabels: {'k8s:a:b': a}}]}]               | ignored
        L6 a source with a dot                             | ingress: [{fromEndpoints: [{matchLabels: {'k8s.io:b': a}}]}]              | ignored
        L8 an empty list of peers                          | ingress: [{fromEndpoints: []}]                                            | in force
        L9 a key that is none                              | ingress: [{fromEndpoints: [{matchLabels: {'a b': a}}]}]                   | ignored
        L9 a value that is none                            | ingress: [{fromEndpoints: [{matchLabels: {a: 'b c'}}]}]                   | refused at spec.ingress[0].fromEndpoints[0].matchLabels.a
        L11 In without values                              | ingress: [{fromEndpoints: [{matchExpressions: [{key: a, operator: In}]}]}] | ignored
        L11 Exists with values                             | ingress: [{fromEndpoints: [{matchExpressions: [{key: a, operator: Exists, values: [b]}]}]}] | ignored
        L11 an operator that there is not                  | ingress: [{fromEndpoints: [{matchExpressions: [{key: a, operator: Is}]}]}] | refused at spec.ingress[0].fromEndpoints[0].matchExpressions[0].operator
        L12 pods and addresses                             | ingress: [{fromEndpoints: [{}], fromCIDR: [10.0.0.0/8]}]                  | ignored
        L12 the same of which one is empty                 | ingress: [{fromEndpoints: [], fromCIDR: [10.0.0.0/8]}]                    | in force
        L12 entities and names                             | egress: [{toEntities: [world], toFQDNs: [{matchName: a.example}]}]        | ignored
        L12 pods and addresses in a deny                   | egressDeny: [{toEndpoints: [{}], toCIDRSet: [{cidr: 10.0.0.0/8}]}]        | ignored
        L13 an entity that there is not                    | ingress: [{fromEntities: [internet]}]                                     | refused at spec.ingress[0].fromEntities[0]
        L13 every entity                                   | ingress: [{fromEntities: [all, world, cluster, cluster-mesh, host, init, ingress, unmanaged, remote-node, health, none, kube-apiserver]}] | in force
        L16 port 0                                         | ingress: [{toPorts: [{ports: [{port: '0', protocol: TCP}]}]}]             | in force
        L16 a port beyond the last                         | ingress: [{toPorts: [{ports: [{port: '65536', protocol: TCP}]}]}]         | ignored
        L16 a port beyond the last, which is no prefix     | ingress: [{toPorts: [{ports: [{port: '99999'}]}]}]                        | ignored
        L16 no port                                        | ingress: [{toPorts: [{ports: [{protocol: TCP}]}]}]                        | ignored
        L16 a number that is no text                       | ingress: [{toPorts: [{ports: [{port: 80}]}]}]                             | refused at spec.ingress[0].toPorts[0].ports[0].port
        L16 a range                                        | ingress: [{toPorts: [{ports: [{port: '80', endPort: 90}]}]}]              | in force
        L16 a range beyond the last                        | ingress: [{toPorts: [{ports: [{port: '80', endPort: 70000}]}]}]           | refused at spec.ingress[0].toPorts[0].ports[0].endPort
        L16 a protocol that there is not                   | ingress: [{toPorts: [{ports: [{port: '80', protocol: ICMP}]}]}]           | refused at spec.ingress[0].toPorts[0].ports[0].protocol
        L16 a protocol without ports, and a port           | ingress: [{toPorts: [{ports: [{port: '80', protocol: GRE}]}]}]            | ignored
        L16 no ports in an entry                           | ingress: [{toPorts: [{}]}]                                                | in force
        L17 a name in upper case                           | ingress: [{toPorts: [{ports: [{port: HTTP}]}]}]                           | in force
        L17 a name that is too long                        | ingress: [{toPorts: [{ports: [{port: abcdefghijklmnop}]}]}]               | ignored
        L17 a name with two dashes                         | ingress: [{toPorts: [{ports: [{port: a--b}]}]}]                           | ignored
        L18 HTTP on a TCP port                             | ingress: [{toPorts: [{ports: [{port: '80', protocol: TCP}], rules: {http: [{}]}}]}] | in force
        L18 HTTP on a UDP port                             | ingress: [{toPorts: [{ports: [{port: '80', protocol: UDP}], rules: {http: [{}]}}]}] | ignored
        L18 HTTP on any protocol                           | ingress: [{toPorts: [{ports: [{port: '80'}], rules: {http: [{}]}}]}]      | ignored
        L18 HTTP on port 0                                 | ingress: [{toPorts: [{ports: [{port: '0', protocol: TCP}], rules: {http: [{}]}}]}] | ignored
        L18 no rules of HTTP after all                     | ingress: [{toPorts: [{ports: [{port: '0', protocol: UDP}], rules: {http: []}}]}] | in force
        L18 HTTP with an expression that is none           | ingress: [{toPorts: [{ports: [{port: '80', protocol: TCP}], rules: {http: [{path: '(a'}]}}]}] | ignored
        L18 HTTP with an expression that looks ahead       | ingress: [{toPorts: [{ports: [{port: '80', protocol: TCP}], rules: {http: [{path: '(?!a)b'}]}}]}] | ignored
        L18 HTTP and DNS in one entry                      | egress: [{toPorts: [{ports: [{port: '53', protocol: TCP}], rules: {http: [{}], dns: [{matchPattern: '*'}]}}]}] | ignored
        L18 DNS on ingress                                 | ingress: [{toPorts: [{ports: [{port: '53', protocol: UDP}], rules: {dns: [{matchPattern: '*'}]}}]}] | ignored
        L18 DNS on egress                                  | egress: [{toPorts: [{ports: [{port: '53'}], rules: {dns: [{matchPattern: '*'}]}}]}] | in force
        L18 DNS on a range                                 | egress: [{toPorts: [{ports: [{port: '53', endPort: 54}], rules: {dns: [{matchPattern: '*'}]}}]}] | ignored
        L18 DNS without a port                             | egress: [{toPorts: [{rules: {dns: [{matchPattern: '*'}]}}]}]              | ignored
        L18 DNS for a name that is none                    | egress: [{toPorts: [{ports: [{port: '53'}], rules: {dns: [{matchName: 'a b'}]}}]}] | refused at spec.egress[0].toPorts[0].rules.dns[0].matchName
        L18 a listener on ingress                          | ingress: [{toPorts: [{ports: [{port: '80', protocol: TCP}], listener: {name: a, envoyConfig: {name: b}}}]}] | ignored
        L18 a listener on egress                           | egress: [{toPorts: [{ports: [{port: '80', protocol: TCP}], listener: {name: a, envoyConfig: {name: b}}}]}] | in force
        L18 server names beside HTTP                       | egress: [{toPorts: [{ports: [{port: '443', protocol: TCP}], serverNames: [a.example], rules: {http: [{}]}}]}] | ignored
        L18 rules in a deny are no field                   | ingressDeny: [{toPorts: [{ports: [{port: '80'}], rules: {http: [{}]}}]}]  | in force
        L19 ICMP alone                                     | ingress: [{icmps: [{fields: [{type: 8}]}]}]                               | in force
        L19 ICMP beside ports                              | ingress: [{icmps: [{fields: [{type: 8}]}], toPorts: [{ports: [{port: '80'}]}]}] | ignored
        L19 ICMP of no such type                           | ingress: [{icmps: [{fields: [{type: Ping}]}]}]                            | refused at spec.ingress[0].icmps[0].fields[0].type
        L19 ICMP of a type of the other family             | ingress: [{icmps: [{fields: [{type: PacketTooBig}]}]}]                    | ignored
        L20 a block                                        | ingress: [{fromCIDR: [192.0.2.0/24]}]                                     | in force
        L20 a block with host bits                         | ingress: [{fromCIDR: [192.0.2.7/24]}]                                     | in force
        L20 a bare address                                 | ingress: [{fromCIDR: [192.0.2.7]}]                                        | refused at spec.ingress[0].fromCIDR[0]
        L20 a number with a leading zero                   | ingress: [{fromCIDR: [192.0.02.0/24]}]                                    | refused at spec.ingress[0].fromCIDR[0]
        L21 an exception within                            | egress: [{toCIDRSet: [{cidr: 192.0.2.0/24, except: [192.0.2.8/29]}]}]     | in force
        L21 an exception that is all of it                 | egress: [{toCIDRSet: [{cidr: 192.0.2.0/24, except: [192.0.2.0/24]}]}]     | in force
        L21 an exception outside                           | egress: [{toCIDRSet: [{cidr: 192.0.2.0/24, except: [192.0.3.0/29]}]}]     | ignored
        L21 an exception that is wider                     | egress: [{toCIDRSet: [{cidr: 192.0.2.0/24, except: [192.0.0.0/16]}]}]     | ignored
        L21 an exception of the other family               | egress: [{toCIDRSet: [{cidr: 192.0.2.0/24, except: ['2001:db8::/64']}]}]  | ignored
        L21 a block and a group                            | egress: [{toCIDRSet: [{cidr: 192.0.2.0/24, cidrGroupRef: a}]}]            | refused at spec.egress[0].toCIDRSet[0]
        L21 neither a block nor a group                    | egress: [{toCIDRSet: [{except: [192.0.2.0/24]}]}]                         | refused at spec.egress[0].toCIDRSet[0]
        L21 a group                                        | egress: [{toCIDRSet: [{cidrGroupRef: partners}]}]                         | in force
        L22 names                                          | egress: [{toFQDNs: [{matchPattern: '*.example.com'}]}]                    | in force
        L22 a name and a pattern                           | egress: [{toFQDNs: [{matchName: a.example, matchPattern: '*'}]}]          | refused at spec.egress[0].toFQDNs[0]
        L22 names on ingress are no field                  | ingress: [{fromFQDNs: [{matchName: a.example}]}]                          | in force
        L23 services with ports                            | egress: [{toServices: [{k8sService: {serviceName: a}}], toPorts: [{ports: [{port: '80'}]}]}] | in force
        L24 nodes by label                                 | ingress: [{fromNodes: [{}]}]                                              | ignored without node labels
        L24 groups of a cloud                              | egress: [{toGroups: [{aws: {region: a}}]}]                                | in force
        L25 required peers                                 | ingress: [{fromRequires: [{matchLabels: {a: b}}]}]                        | refused at spec.ingress[0].fromRequires
        L25 required peers, of which there are none        | ingress: [{fromRequires: []}]                                             | in force
        """)
    @DisplayName("What is in force, what the agent ignores, and what the API server refuses")
    void asWritten(String name, String section, String expected) {
        String subject = section.startsWith("nodeSelector") ? "" : "endpointSelector: {}, ";

        assertThat(verdict(policy("spec: {" + subject + section + "}"))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        L26 specs                        | specs: [{endpointSelector: {}, ingress: [{}]}]                                        | in force
        L26 one bad among good ones      | specs: [{endpointSelector: {}, ingress: [{}]}, {endpointSelector: {}, ingress: []}]   | ignored
        L26 both, of which one is bad    | spec: {endpointSelector: {}, ingress: [{}]}, specs: [{endpointSelector: {}, egress: []}] | ignored
        L26 specs without any            | specs: []                                                                             | in force
        L26 neither                      | description: none                                                                     | refused at
        L5 no selector                   | spec: {ingress: [{}]}                                                                 | refused at spec
        L5 both selectors                | spec: {endpointSelector: {}, nodeSelector: {}, ingress: [{}]}                         | refused at spec
        L3 isolation that is no boolean  | spec: {endpointSelector: {}, enableDefaultDeny: {ingress: 'no'}, ingress: [{}]}       | refused at spec.enableDefaultDeny.ingress
        """)
    @DisplayName("A policy is ignored as a whole")
    void asAWhole(String name, String body, String expected) {
        assertThat(verdict(policy(body))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "L16, L27: {0} ports")
    @CsvSource({
        "40, ingress, in force",
        "41, ingress, refused at spec.ingress[0].toPorts[0].ports",
        "41, ingressDeny, ignored"
    })
    void fortyPorts(int ports, String section, String expected) {
        String list = String.join(", ", java.util.Collections.nCopies(ports, "{port: '80'}"));

        assertThat(verdict(policy(
                        "spec: {endpointSelector: {}, " + section + ": [{toPorts: [{ports: [" + list + "]}]}]}")))
                .isEqualTo(expected);
    }

    private static JsonNode policy(String body) {
        return Yaml.document(
                "{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {name: p, namespace: shop}, " + body
                        + "}");
    }

    private static String verdict(JsonNode object) {
        Notes notes = new Notes();
        Optional<CiliumPolicy> read = CiliumPolicyReader.read(object, "shop", "p", notes);
        List<FieldProblem> problems = notes.problems();
        if (read.isEmpty()) {
            return ("refused at " + problems.get(0).path()).trim();
        }
        List<CiliumPolicy.Refusal> refusals = read.get().refusals().stream()
                .filter(refusal -> refusal.unless() == Unless.NEVER || refusal.unless() == Unless.NODE_SELECTORS_ARE_ON)
                .toList();
        if (refusals.isEmpty()) {
            return "in force";
        }
        return refusals.stream().allMatch(refusal -> refusal.unless() == Unless.NODE_SELECTORS_ARE_ON)
                ? "ignored without node labels"
                : "ignored";
    }
}
