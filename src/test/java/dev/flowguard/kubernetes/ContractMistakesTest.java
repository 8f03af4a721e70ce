package dev.flowguard.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.contract.Contract;
import dev.flowguard.contract.ContractProblem;
import dev.flowguard.contract.Enforcement;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.NamespaceMode;
import dev.flowguard.kubernetes.contract.ContractReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContractMistakesTest {
    private static final String FIRST = "name: first, from: {podSelector: {}}, to: {wellKnown: ClusterDNS}";
    private static final String LAST = "name: last, from: {podSelector: {}}, to: {wellKnown: KubernetesAPI}";

    @DisplayName("a mistake in a flow's own fields tells its path, and takes only that flow out of force")
    @ParameterizedTest(name = "{0} → {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        from: {podSelector: {}}, to: {wellKnown: ClusterDNS}                               | name      | is missing
        name: , from: {podSelector: {}}, to: {wellKnown: ClusterDNS}                       | name      | is missing
        name: 5, from: {podSelector: {}}, to: {wellKnown: ClusterDNS}                      | name      | expected a text, found 5: put it in quotes
        name: A flow, from: {podSelector: {}}, to: {wellKnown: ClusterDNS}                 | name      | "A flow" is not the name of a flow: expected 1 to 63 lower-case letters, digits and "-", the first and last a letter or digit
        name: first, from: {podSelector: {}}, to: {wellKnown: ClusterDNS}                  | name      | "first" is also the name of spec.flows[0]
        name: f, expect: allowed, from: {podSelector: {}}, to: {wellKnown: ClusterDNS}     | expect    | expected Allowed or Blocked, found "allowed"; did you mean "Allowed"?
        name: f, expect: Denied, from: {podSelector: {}}, to: {wellKnown: ClusterDNS}      | expect    | expected Allowed or Blocked, found "Denied"
        name: f, expect: true, from: {podSelector: {}}, to: {wellKnown: ClusterDNS}        | expect    | expected a text, found true: put it in quotes
        name: f, expects: Blocked, from: {podSelector: {}}, to: {wellKnown: ClusterDNS}    | expects   | is not a field here: expected name, expect, from, to, ports; did you mean "expect"?
        name: f, port: 80, from: {podSelector: {}}, to: {wellKnown: ClusterDNS}            | port      | is not a field here: expected name, expect, from, to, ports; did you mean "ports"?
        name: f, to: {wellKnown: ClusterDNS}                                               | from      | is missing: expected podSelector, namespaceSelector, service, ipBlock or wellKnown
        name: f, from: {podSelector: {}}                                                   | to        | is missing: expected podSelector, namespaceSelector, service, ipBlock or wellKnown
        name: f, from: {podSelector: {}}, to:                                              | to        | is missing: expected podSelector, namespaceSelector, service, ipBlock or wellKnown
        """)
    void inFlow(String flow, String field, String message) {
        Contract contract = ContractYaml.inShop(FIRST, flow, LAST);
        assertThat(contract.flows()).extracting(Flow::name).containsExactly("first", "last");
        assertThat(contract.problems()).containsExactly(new ContractProblem("spec.flows[1]." + field, message));
    }

    @DisplayName("a mistake in an end")
    @ParameterizedTest(name = "to: {0} → {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {}                                               | ``                 | names nobody: expected podSelector, namespaceSelector, service, ipBlock or wellKnown
        {podSelector: }                                  | ``                 | names nobody: expected podSelector, namespaceSelector, service, ipBlock or wellKnown
        orders                                           | ``                 | expected a map of podSelector, namespaceSelector, service, ipBlock, wellKnown, nodeSelector, found "orders"
        [{podSelector: {}}]                              | ``                 | expected a map of podSelector, namespaceSelector, service, ipBlock, wellKnown, nodeSelector, found a list
        {podSelecter: {}}                                | .podSelecter       | is not a field here: expected podSelector, namespaceSelector, service, ipBlock, wellKnown, nodeSelector; did you mean "podSelector"?
        {podSelector: {}, x.y/z: 1}                      | ["x.y/z"]          | is not a field here: expected podSelector, namespaceSelector, service, ipBlock, wellKnown, nodeSelector
        {podSelector: {}, service: {name: a}}            | ``                 | is named in 2 ways, by podSelector and service: expected one
        {namespaceSelector: {}, ipBlock: {cidr: "::/0"}} | ``                 | is named in 2 ways, by namespaceSelector and ipBlock: expected one
        {podSelector: {}, namespaceSelector: {}, service: {name: a}, wellKnown: ClusterDNS} | `` | is named in 3 ways, by podSelector and service and wellKnown: expected one
        {wellKnown: clusterdns}                          | .wellKnown         | expected ClusterDNS, KubernetesAPI or Nodes, found "clusterdns"; did you mean "ClusterDNS"?
        {wellKnown: Internet}                            | .wellKnown         | expected ClusterDNS, KubernetesAPI or Nodes, found "Internet"
        {wellKnown: [ClusterDNS]}                        | .wellKnown         | expected a text, found a list
        {service: orders}                                | .service           | expected a map of name, namespace, found "orders"
        {service: {}}                                    | .service.name      | is missing
        {service: {name: shop/orders}}                   | .service.name      | "shop/orders" is not the name of a Service: expected 1 to 63 lower-case letters, digits and "-", the first and last a letter or digit
        {service: {name: a, namespace: B}}               | .service.namespace | "B" is not the name of a namespace: expected 1 to 63 lower-case letters, digits and "-", the first and last a letter or digit
        {service: {name: a, nameSpace: b}}               | .service.nameSpace | is not a field here: expected name, namespace; did you mean "namespace"?
        {service: {name: a, port: 80}}                   | .service.port      | is not a field here: expected name, namespace
        {ipBlock: 10.0.0.0/8}                            | .ipBlock           | expected a map of cidr, except, found "10.0.0.0/8"
        {ipBlock: {}}                                    | .ipBlock.cidr      | is missing
        {ipBlock: {cidr: 10.0.0.1}}                      | .ipBlock.cidr      | "10.0.0.1" is not an address block: for that one address write 10.0.0.1/32
        {ipBlock: {cidr: 10.0.0.0/8, exept: []}}         | .ipBlock.exept     | is not a field here: expected cidr, except; did you mean "except"?
        {ipBlock: {cidr: 10.0.0.0/8, except: 10.0.0.0/9}} | .ipBlock.except   | expected a list, found "10.0.0.0/9"
        {ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.0/9, 10.0.0.0/8]}} | .ipBlock.except[1] | 10.0.0.0/8 does not lie strictly inside 10.0.0.0/8: expected a smaller block within it
        {ipBlock: {cidr: 10.0.0.0/8, except: [11.0.0.0/9]}} | .ipBlock.except[0] | 11.0.0.0/9 does not lie strictly inside 10.0.0.0/8: expected a smaller block within it
        {ipBlock: {cidr: 0.0.0.0/0, except: ["::/1"]}}   | .ipBlock.except[0] | ::/1 does not lie strictly inside 0.0.0.0/0: expected a smaller block within it
        {ipBlock: {cidr: 10.0.0.0/8, except: [x]}}       | .ipBlock.except[0] | "x" is not an address block: expected something like 192.0.2.0/24 or 2001:db8::/32
        {ipBlock: {cidr: 10.0.0.0/8, except: [null]}}    | .ipBlock.except[0] | is empty: fill it in or leave it out
        """)
    void inEnd(String end, String field, String message) {
        Contract contract =
                ContractYaml.inShop(FIRST, "name: f, expect: Blocked, from: {podSelector: {}}, to: " + end, LAST);
        assertThat(contract.flows()).extracting(Flow::name).containsExactly("first", "last");
        assertThat(contract.problems()).containsExactly(new ContractProblem("spec.flows[1].to" + field, message));
    }

    @DisplayName("a mistake in the source")
    @ParameterizedTest(name = "from: {0} → {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {wellKnown: ClusterDNS}                  | .wellKnown   | ClusterDNS is a destination: expected it under "to" only
        {}                                       | ``           | names nobody: expected podSelector, namespaceSelector, service, ipBlock or wellKnown
        {podSelector: {}, ipBlock: {cidr: x}}    | ``           | is named in 2 ways, by podSelector and ipBlock: expected one
        {svc: {name: a}}                         | .svc         | is not a field here: expected podSelector, namespaceSelector, service, ipBlock, wellKnown, nodeSelector
        """)
    void inSource(String end, String field, String message) {
        assertThat(ContractYaml.inShop("name: f, to: {service: {name: a}}, from: " + end)
                        .problems())
                .containsExactly(new ContractProblem("spec.flows[0].from" + field, message));
    }

    @DisplayName("P12: a mistake in a selector")
    @ParameterizedTest(name = "{0} → {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        app                                     | ``                    | expected a map of matchLabels, matchExpressions, found "app"
        {app: x}                                | .app                  | is not a field here: expected matchLabels, matchExpressions
        {matchLabel: {app: x}}                  | .matchLabel           | is not a field here: expected matchLabels, matchExpressions; did you mean "matchLabels"?
        {matchLabels: [app]}                    | .matchLabels          | expected a map, found a list
        {matchLabels: {app: 5}}                 | .matchLabels.app      | expected a text, found 5: put it in quotes
        {matchLabels: {app: true}}              | .matchLabels.app      | expected a text, found true: put it in quotes
        {matchLabels: {app: {}}}                | .matchLabels.app      | expected a text, found a map
        {matchLabels: {app: }}                  | .matchLabels.app      | is missing
        {matchLabels: {app: a b}}               | .matchLabels.app      | "a b" is not a label value: expected at most 63 letters, digits, "-", "_" and ".", the first and last a letter or digit
        {matchLabels: {x.io/app_: a}}           | .matchLabels["x.io/app_"] | "x.io/app_" is not a label key: expected 1 to 63 letters, digits, "-", "_" and ".", the first and last a letter or digit, after the "/"
        {matchExpressions: {key: a}}            | .matchExpressions     | expected a list, found a map
        {matchExpressions: [app]}               | .matchExpressions[0]  | expected a map of key, operator, values, found "app"
        {matchExpressions: [null]}              | .matchExpressions[0]  | is empty: fill it in or leave it out
        {matchExpressions: [{operator: Exists}]} | .matchExpressions[0].key | is missing
        {matchExpressions: [{key: a/b/c, operator: Exists}]} | .matchExpressions[0].key | "a/b/c" is not a label key: expected at most one "/"
        {matchExpressions: [{key: a}]}          | .matchExpressions[0].operator | is missing: expected In, NotIn, Exists or DoesNotExist
        {matchExpressions: [{key: a, operator: in, values: [b]}]} | .matchExpressions[0].operator | expected In, NotIn, Exists or DoesNotExist, found "in"; did you mean "In"?
        {matchExpressions: [{key: a, operator: Equals, values: [b]}]} | .matchExpressions[0].operator | expected In, NotIn, Exists or DoesNotExist, found "Equals"
        {matchExpressions: [{key: a, operator: In}]} | .matchExpressions[0].values | the operator In needs at least one value: list one, or use Exists or DoesNotExist
        {matchExpressions: [{key: a, operator: NotIn, values: []}]} | .matchExpressions[0].values | the operator NotIn needs at least one value: list one, or use Exists or DoesNotExist
        {matchExpressions: [{key: b, operator: Exists}, {key: a, operator: Exists, values: [b]}]} | .matchExpressions[1].values | the operator Exists takes no values: leave them out, or use In or NotIn
        {matchExpressions: [{key: a, operator: DoesNotExist, values: [b]}]} | .matchExpressions[0].values | the operator DoesNotExist takes no values: leave them out, or use In or NotIn
        {matchExpressions: [{key: a, operator: In, values: b}]} | .matchExpressions[0].values | expected a list, found "b"
        {matchExpressions: [{key: a, operator: In, values: [ok, b c]}]} | .matchExpressions[0].values[1] | "b c" is not a label value: expected at most 63 letters, digits, "-", "_" and ".", the first and last a letter or digit
        {matchExpressions: [{key: a, operator: In, values: [1]}]} | .matchExpressions[0].values[0] | expected a text, found 1: put it in quotes
        {matchExpressions: [{key: a, operator: In, value: [b], values: [b]}]} | .matchExpressions[0].value | is not a field here: expected key, operator, values; did you mean "values"?
        """)
    void inSelector(String selector, String field, String message) {
        assertThat(ContractYaml.inShop("name: f, to: {service: {name: a}}, from: {podSelector: " + selector + "}")
                        .problems())
                .containsExactly(new ContractProblem("spec.flows[0].from.podSelector" + field, message));
        assertThat(ContractYaml.inShop(
                                "name: f, to: {wellKnown: ClusterDNS}, from: {namespaceSelector: " + selector + "}")
                        .problems())
                .containsExactly(new ContractProblem("spec.flows[0].from.namespaceSelector" + field, message));
    }

    @DisplayName("Q5, Q7, Q19: a mistake in the ports of pods")
    @ParameterizedTest(name = "{0} → {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        ``                               | ``            | is missing: expected a list such as [{port: 5432}]; it may be left out towards a service or wellKnown, and where the flow must be Blocked
        []                               | ``            | is missing: expected a list such as [{port: 5432}]; it may be left out towards a service or wellKnown, and where the flow must be Blocked
        80                               | ``            | expected a list, found 80
        {port: 80}                       | ``            | expected a list, found a map
        [80]                             | [0]           | expected a map of protocol, port, endPort, found 80
        [{port: 80}, null]               | [1]           | is empty: fill it in or leave it out
        [{protocl: TCP, port: 80}]       | [0].protocl   | is not a field here: expected protocol, port, endPort; did you mean "protocol"?
        [{protocol: tcp, port: 80}]      | [0].protocol  | expected TCP, UDP, SCTP or ICMP, found "tcp"; did you mean "TCP"?
        [{port: 0}]                      | [0].port      | 0 is not a port: expected 1 to 65535
        [{port: -1}]                     | [0].port      | -1 is not a port: expected 1 to 65535
        [{port: 65536}]                  | [0].port      | 65536 is not a port: expected 1 to 65535
        [{port: 4294967376}]             | [0].port      | 4294967376 is not a port: expected 1 to 65535
        [{port: 80.5}]                   | [0].port      | expected a number or a name, found 80.5
        [{port: true}]                   | [0].port      | expected a number or a name, found true
        [{port: [80]}]                   | [0].port      | expected a number or a name, found a list
        [{port: "80"}]                   | [0].port      | "80" is not a port name: expected at least one letter; a number is written without quotes
        [{port: HTTP}]                   | [0].port      | "HTTP" is not a port name: expected 1 to 15 lower-case letters, digits and single "-" between them, at least one a letter
        [{endPort: 90}]                  | [0].endPort   | needs port, the first of the range: add it
        [{port: http, endPort: 90}]      | [0].endPort   | cannot follow a named port: leave it out, or write the port as a number
        [{port: 90, endPort: 80}]        | [0].endPort   | 80 is below port 90: a range runs upwards, swap the two
        [{port: 90, endPort: 70000}]     | [0].endPort   | 70000 is not a port: expected 1 to 65535
        [{port: 90, endPort: "99"}]      | [0].endPort   | expected a number, found "99"
        [{protocol: ICMP, port: 8}]      | [0].port      | ICMP has no ports: leave it out
        [{protocol: ICMP, endPort: 8}]   | [0].endPort   | ICMP has no ports: leave it out
        """)
    void inPorts(String ports, String field, String message) {
        assertThat(ContractYaml.inShop("name: f, from: {podSelector: {}}, to: {podSelector: {}}, ports: " + ports)
                        .problems())
                .containsExactly(new ContractProblem("spec.flows[0].ports" + field, message));
    }

    @DisplayName("a mistake in ports that depends on who is reached")
    @ParameterizedTest(name = "{0} {1} → {2}: {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {ipBlock: {cidr: "::/0"}}  | [{port: https}]             | [0].port | only a pod can tell which port "https" is: towards addresses expected a number
        {ipBlock: {cidr: "::/0"}}  | ``                          | ``       | is missing: expected a list such as [{port: 5432}]; it may be left out towards a service or wellKnown, and where the flow must be Blocked
        {service: {name: a}}       | [{port: 80, endPort: 90}]   | [0].port | a Service has single ports: expected a number or a name, not a range
        {service: {name: a}}       | [{protocol: UDP}]           | [0]      | expected the number or name of a port of the Service; all of them are meant where none is given
        {service: {name: a}}       | [{port: 1}, {protocol: ICMP}] | [1]    | expected the number or name of a port of the Service; all of them are meant where none is given
        {service: {name: a}}       | [{port: "80"}]              | [0].port | "80" is not a port name: expected at least one letter; a number is written without quotes
        {service: {name: a}}       | [{port: Web}]               | [0].port | "Web" is not the name of a Service's port: expected 1 to 63 lower-case letters, digits and "-", the first and last a letter or digit
        {wellKnown: ClusterDNS}    | [{port: 53}]                | [0].port | a well-known destination has its own ports: expected none here
        """)
    void inPortsTowards(String to, String ports, String field, String message) {
        assertThat(ContractYaml.inShop("name: f, from: {podSelector: {}}, to: " + to + ", ports: " + ports)
                        .problems())
                .containsExactly(new ContractProblem("spec.flows[0].ports" + field, message));
    }

    @DisplayName("a flow that is not this contract's to declare")
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        from: {ipBlock: {cidr: 10.0.0.0/8}}, to: {wellKnown: ClusterDNS}
        from: {namespaceSelector: {}}, to: {wellKnown: ClusterDNS}
        from: {namespaceSelector: {matchLabels: {team: shop}}}, to: {service: {name: a, namespace: b}}
        from: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: cart}}}, to: {wellKnown: ClusterDNS}
        from: {namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: In, values: [shop, cart]}]}}, to: {wellKnown: ClusterDNS}
        """)
    void notAtHome(String flow) {
        assertThat(ContractYaml.inShop("name: f, " + flow).problems())
                .containsExactly(new ContractProblem(
                        "spec.flows[0]",
                        "has no end that is surely in the namespace shop of this contract: leave out the"
                                + " namespaceSelector of one, or declare the flow in a ClusterFlowContract"));
        assertThat(ContractYaml.clusterWide("name: f, " + flow).problems()).isEmpty();
    }

    @Test
    @DisplayName("two ends outside the cluster are refused everywhere")
    void bothOutside() {
        String flow =
                "name: f, expect: Blocked, from: {ipBlock: {cidr: 10.0.0.0/8}}, to: {ipBlock: {cidr: 11.0.0.0/8}}";
        ContractProblem problem = new ContractProblem(
                "spec.flows[0]",
                "has no pod at either end: no NetworkPolicy stands between addresses outside the cluster, of nodes or"
                        + " of the API server");
        assertThat(ContractYaml.inShop(flow).problems()).containsExactly(problem);
        assertThat(ContractYaml.clusterWide(flow).problems()).containsExactly(problem);
    }

    @Test
    @DisplayName("a ClusterFlowContract says where a Service is")
    void serviceOfCluster() {
        assertThat(ContractYaml.clusterWide("name: f, from: {podSelector: {}}, to: {service: {name: a}}")
                        .problems())
                .containsExactly(new ContractProblem(
                        "spec.flows[0].to.service.namespace",
                        "is missing: this contract is in no namespace, so it must say in which one the Service is"));
    }

    @DisplayName("an entry that is no flow at all")
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
        null  | is empty: fill it in or leave it out
        dns   | expected a map of name, expect, from, to, ports, found "dns"
        [dns] | expected a map of name, expect, from, to, ports, found a list
        """)
    void noFlow(String entry, String message) {
        Contract contract = ContractYaml.read(
                "{apiVersion: flowguard.dev/v1alpha1, kind: FlowContract, metadata: {name: c, namespace: shop}, spec:"
                        + " {flows: ["
                        + entry + ", {" + LAST + "}]}}");
        assertThat(contract.flows()).extracting(Flow::name).containsExactly("last");
        assertThat(contract.problems()).containsExactly(new ContractProblem("spec.flows[0]", message));
    }

    @Test
    @DisplayName("all mistakes of a flow are told at once")
    void many() {
        assertThat(ContractYaml.inShop(
                                "name: F, expect: no, from: {podSelector: {matchLabels: {a: 1}}}, to: {ipBlock: {cidr:"
                                        + " x}}, ports: [{port: 0}, {port: http, endPort: 1}], more: 1")
                        .problems())
                .extracting(ContractProblem::place)
                .containsExactly(
                        "spec.flows[0].more",
                        "spec.flows[0].name",
                        "spec.flows[0].expect",
                        "spec.flows[0].from.podSelector.matchLabels.a",
                        "spec.flows[0].to.ipBlock.cidr",
                        "spec.flows[0].ports[0].port",
                        "spec.flows[0].ports[1].endPort");
    }

    @Test
    @DisplayName("of flows with one name the first counts, even if it is the one with a mistake")
    void duplicates() {
        Contract contract = ContractYaml.inShop(
                "name: f, from: {podSelector: {}}, to: {}",
                "name: f, from: {podSelector: {}}, to: {wellKnown: ClusterDNS}",
                "name: f, from: {podSelector: {}}, to: {wellKnown: KubernetesAPI}");
        assertThat(contract.flows()).isEmpty();
        assertThat(contract.problems())
                .extracting(ContractProblem::toString)
                .containsExactly(
                        "spec.flows[0].to: names nobody: expected podSelector, namespaceSelector, service, ipBlock or"
                                + " wellKnown",
                        "spec.flows[1].name: \"f\" is also the name of spec.flows[0]",
                        "spec.flows[2].name: \"f\" is also the name of spec.flows[0]");
    }

    @DisplayName("enforcement: one that cannot be read warns, so that nothing is refused that the author may not have"
            + " wanted")
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        flows: []                     | DENY  | ``
        enforcement: , flows: []      | DENY  | ``
        enforcement: Deny, flows: []  | DENY  | ``
        enforcement: Warn, flows: []  | WARN  | ``
        enforcement: Audit, flows: [] | AUDIT | ``
        enforcement: deny, flows: []  | WARN  | spec.enforcement: "deny" is not an enforcement: expected Deny, Warn or Audit; did you mean "Deny"?; until then it is Warn
        enforcement: 1, flows: []     | WARN  | spec.enforcement: expected a text, found 1: put it in quotes
        enforcment: Audit, flows: []  | WARN  | spec.enforcment: is not a field here: expected enforcement, flows; did you mean "enforcement"?
        other: Audit, flows: []       | DENY  | spec.other: is not a field here: expected enforcement, flows
        """)
    void enforcement(String spec, Enforcement expected, String problem) {
        Contract contract = ContractYaml.read(
                "{apiVersion: flowguard.dev/v1alpha1, kind: FlowContract, metadata: {name: c}, spec: {" + spec + "}}");
        assertThat(contract.enforcement()).isEqualTo(expected);
        assertThat(contract.problems())
                .extracting(ContractProblem::toString)
                .isEqualTo(problem.isEmpty() ? List.of() : List.of(problem));
    }

    @DisplayName("namespaceMode: one that cannot be read is honoured, and only a ClusterFlowContract has it")
    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        ClusterFlowContract | flows: []                         | HONOUR | ``
        ClusterFlowContract | namespaceMode: , flows: []        | HONOUR | ``
        ClusterFlowContract | namespaceMode: Honour, flows: []  | HONOUR | ``
        ClusterFlowContract | namespaceMode: Ignore, flows: []  | IGNORE | ``
        ClusterFlowContract | namespaceMode: ignore, flows: []  | HONOUR | spec.namespaceMode: expected Honour or Ignore, found "ignore"; did you mean "Ignore"?
        ClusterFlowContract | namespaceMode: true, flows: []    | HONOUR | spec.namespaceMode: expected a text, found true: put it in quotes
        ClusterFlowContract | namespacemode: Ignore, flows: []  | HONOUR | spec.namespacemode: is not a field here: expected enforcement, namespaceMode, flows; did you mean "namespaceMode"?
        FlowContract        | namespaceMode: Ignore, flows: []  | HONOUR | spec.namespaceMode: is not a field here: expected enforcement, flows
        """)
    void namespaceMode(String kind, String spec, NamespaceMode expected, String problem) {
        Contract contract = ContractYaml.read(
                "{apiVersion: flowguard.dev/v1alpha1, kind: " + kind + ", metadata: {name: c}, spec: {" + spec + "}}");
        assertThat(contract.namespaceMode()).isEqualTo(expected);
        assertThat(contract.enforcement()).isEqualTo(Enforcement.DENY);
        assertThat(contract.problems())
                .extracting(ContractProblem::toString)
                .isEqualTo(problem.isEmpty() ? List.of() : List.of(problem));
    }

    @DisplayName("what is wrong with the object as a whole")
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
        {apiVersion: flowguard.dev/v2, kind: FlowContract, metadata: {name: c}, spec: {flows: []}} | apiVersion: expected flowguard.dev/v1alpha1, found "flowguard.dev/v2"
        {kind: FlowContract, metadata: {name: c}, spec: {flows: []}} | apiVersion: is missing
        {apiVersion: flowguard.dev/v1alpha1, kind: FlowContracts, metadata: {name: c}, spec: {flows: []}} | kind: expected FlowContract or ClusterFlowContract, found "FlowContracts"; did you mean "FlowContract"?
        {apiVersion: flowguard.dev/v1alpha1, kind: FlowContract, spec: {flows: []}} | metadata.name: is missing
        {apiVersion: flowguard.dev/v1alpha1, kind: FlowContract, metadata: {name: c}} | spec: is missing: expected enforcement and flows
        {apiVersion: flowguard.dev/v1alpha1, kind: FlowContract, metadata: {name: c}, spec: []} | spec: expected a map of enforcement, flows, found a list
        {apiVersion: flowguard.dev/v1alpha1, kind: FlowContract, metadata: {name: c}, spec: {}} | spec.flows: is missing: expected a list of flows
        {apiVersion: flowguard.dev/v1alpha1, kind: FlowContract, metadata: {name: c}, spec: {flow: [], flows: []}} | spec.flow: is not a field here: expected enforcement, flows; did you mean "flows"?
        {apiVersion: flowguard.dev/v1alpha1, kind: FlowContract, metadata: {name: c}, spec: {flows: {}}} | spec.flows: expected a list, found a map
        {apiVersion: flowguard.dev/v1alpha1, kind: FlowContract, metadata: {name: c}, spec: {flows: []}, flows: []} | flows: is not a field here: expected apiVersion, kind, metadata, spec, status
        text | the object: expected a map of apiVersion, kind, metadata, spec, status, found "text"
        """)
    void inObject(String yaml, String problem) {
        Contract contract = ContractYaml.read(yaml);
        assertThat(contract.flows()).isEmpty();
        assertThat(contract.problems()).extracting(ContractProblem::toString).containsExactly(problem);
    }

    @Test
    @DisplayName("whatever is changed in a contract, reading it ends with one, and no flow is dropped without a word")
    void total() {
        JsonNode original = ContractYaml.tree("""
            apiVersion: flowguard.dev/v1alpha1
            kind: FlowContract
            metadata: {name: orders, namespace: shop}
            spec:
              enforcement: Deny
              flows:
              - {name: a, from: {podSelector: {matchLabels: {a: b}}}, to: {service: {name: x, namespace: y}}, ports: [{port: 80}]}
              - name: b
                from: {namespaceSelector: {matchExpressions: [{key: a, operator: In, values: [b]}]}, podSelector: {}}
                to: {podSelector: {}}
                ports: [{port: 80, endPort: 90, protocol: UDP}]
              - {name: c, from: {podSelector: {}}, to: {ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.0/9]}}, ports: [{port: 80}]}
              - {name: d, expect: Blocked, from: {podSelector: {}}, to: {wellKnown: ClusterDNS}}
            """);
        assertThat(ContractReader.read(original).problems()).isEmpty();
        Random random = new Random(8);
        for (int i = 0; i < 5_000; i++) {
            JsonNode changed = original.deepCopy();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                change(random, changed);
            }
            String text = changed.toString();
            assertThatCode(() -> ContractReader.read(changed)).as(text).doesNotThrowAnyException();
            Contract contract = ContractReader.read(changed);
            int declared = changed.path("spec").path("flows").size();
            if (contract.problems().isEmpty()) {
                assertThat(contract.flows()).as(text).hasSize(declared);
            }
        }
    }

    /** Replaces, removes or adds something somewhere in the tree. */
    private static void change(Random random, JsonNode tree) {
        List<ContainerNode<?>> containers = new ArrayList<>();
        collect(tree, containers);
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        List<JsonNode> values = List.of(
                nodes.nullNode(),
                nodes.textNode(""),
                nodes.textNode("\n"),
                nodes.numberNode(-1),
                nodes.numberNode(1e300),
                nodes.booleanNode(true),
                nodes.objectNode(),
                nodes.arrayNode().add("x"),
                containers.get(random.nextInt(containers.size())).deepCopy());
        JsonNode value = values.get(random.nextInt(values.size()));
        ContainerNode<?> container = containers.get(random.nextInt(containers.size()));
        if (container instanceof ArrayNode array) {
            if (array.isEmpty() || random.nextBoolean()) {
                array.add(value);
            } else {
                array.set(random.nextInt(array.size()), value);
            }
        } else if (container instanceof ObjectNode object) {
            List<String> names = new ArrayList<>(List.of("new"));
            object.fieldNames().forEachRemaining(names::add);
            String name = names.get(random.nextInt(names.size()));
            if (random.nextInt(3) == 0) {
                object.remove(name);
            } else {
                object.set(name, value);
            }
        }
    }

    private static void collect(JsonNode tree, List<ContainerNode<?>> containers) {
        if (tree instanceof ContainerNode<?> container) {
            containers.add(container);
        }
        tree.forEach(child -> collect(child, containers));
    }
}
