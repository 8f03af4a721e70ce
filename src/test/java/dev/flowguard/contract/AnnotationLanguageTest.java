package dev.flowguard.contract;

import static dev.flowguard.contract.AnnotationLanguage.EGRESS_TO;
import static dev.flowguard.contract.AnnotationLanguage.ENFORCEMENT;
import static dev.flowguard.contract.AnnotationLanguage.INGRESS_FROM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.flowguard.net.Cidr;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.PortMatch;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnnotationLanguageTest {
    private static final ObjectRef CHECKOUT = new ObjectRef("Deployment", "shop", "checkout");
    private static final FlowEnd CHECKOUT_PODS = new FlowEnd.OwnedBy(CHECKOUT);
    private static final ObjectRef ORDERS = new ObjectRef("Service", "shop", "orders");
    private static final FlowEnd ORDERS_PODS = new FlowEnd.ServicePods("shop", "orders");
    private static final ObjectRef SHOP = new ObjectRef("Namespace", "", "shop");
    private static final FlowEnd SHOP_PODS =
            new FlowEnd.Pods(LabelSelector.namespaceNamed("shop"), LabelSelector.EVERYTHING);

    private static final FlowEnd DNS = new FlowEnd.WellKnown(FlowEnd.WellKnown.Name.CLUSTER_DNS);
    private static final FlowEnd API = new FlowEnd.WellKnown(FlowEnd.WellKnown.Name.KUBERNETES_API);

    @DisplayName("a flow to somebody")
    @ParameterizedTest(name = "{0}")
    @MethodSource
    void egress(String text, FlowEnd to, FlowPorts ports) {
        assertThat(contract(EGRESS_TO, text).problems()).isEmpty();
        assertThat(contract(EGRESS_TO, text).flows())
                .containsExactly(new Flow(text, Expectation.ALLOWED, CHECKOUT_PODS, to, ports));
    }

    static Stream<Arguments> egress() {
        return Stream.of(
                arguments("dns", DNS, every()),
                arguments("kubernetes-api", API, every()),
                arguments("service orders", service("shop", "orders"), every()),
                arguments("service payments/gateway", service("payments", "gateway"), every()),
                arguments("service orders port 8080", service("shop", "orders"), ofService(tcp(8080))),
                arguments("service orders port http", service("shop", "orders"), ofService(named("http"))),
                arguments(
                        "service kube-system/kube-dns port 53/UDP,53,metrics",
                        service("kube-system", "kube-dns"),
                        ofService(PortMatch.Numbered.of(Protocol.UDP, 53), tcp(53), named("metrics"))),
                arguments(
                        "service orders port a-name-of-more-than-15-characters",
                        service("shop", "orders"),
                        ofService(named("a-name-of-more-than-15-characters"))),
                arguments("pods app=db port 5432", pods("shop", "app=db"), ofPods(tcp(5432))),
                arguments("pods port 5432", pods("shop", ""), ofPods(tcp(5432))),
                arguments(
                        "pods app=db,tier in (a,b) port 5432", pods("shop", "app=db,tier in (a,b)"), ofPods(tcp(5432))),
                arguments(
                        "pods !legacy, app , tier notin (a, b) port 1",
                        pods("shop", "!legacy,app,tier notin (a,b)"),
                        ofPods(tcp(1))),
                arguments("namespace data port 5432", pods("data", ""), ofPods(tcp(5432))),
                arguments("namespace data pods port 5432", pods("data", ""), ofPods(tcp(5432))),
                arguments("namespace data pods app=db port 5432", pods("data", "app=db"), ofPods(tcp(5432))),
                arguments("namespace pods pods app=db port 5432", pods("pods", "app=db"), ofPods(tcp(5432))),
                arguments("namespace port port 5432", pods("port", ""), ofPods(tcp(5432))),
                arguments("namespace 1st port 5432", pods("1st", ""), ofPods(tcp(5432))),
                arguments("namespace * port 5432", everywhere("", ""), ofPods(tcp(5432))),
                arguments("namespace * pods app=db port 5432", everywhere("", "app=db"), ofPods(tcp(5432))),
                arguments("namespace (team=a) port 5432", everywhere("team=a", ""), ofPods(tcp(5432))),
                arguments("namespace(team=a)port 5432", everywhere("team=a", ""), ofPods(tcp(5432))),
                arguments("namespace () port 5432", everywhere("", ""), ofPods(tcp(5432))),
                arguments(
                        "namespace (team in (a,b), !port) pods app=db port 5432",
                        everywhere("team in (a,b),!port", "app=db"),
                        ofPods(tcp(5432))),
                arguments(
                        "namespace (port in (a), x) pods port notin (b) port 5432",
                        everywhere("port in (a),x", "port notin (b)"),
                        ofPods(tcp(5432))),
                arguments("cidr 203.0.113.0/24 port 443", outside("203.0.113.0/24"), ofPods(tcp(443))),
                arguments("cidr 2001:db8::/32 port 443", outside("2001:db8::/32"), ofPods(tcp(443))),
                arguments(
                        "cidr 0.0.0.0/0 port 123/UDP",
                        outside("0.0.0.0/0"),
                        ofPods(PortMatch.Numbered.of(Protocol.UDP, 123))));
    }

    @DisplayName("a selector ends at the word port, but not at a label of that name")
    @ParameterizedTest(name = "pods {0} port 80")
    @CsvSource(delimiter = '|', textBlock = """
        port=http               | port=http
        port!=http,app          | port!=http,app
        port,app                | port,app
        !port                   | !port
        app=port                | app=port
        port=port               | port=port
        port in (port)          | port in (port)
        port  in(port , a)      | port in (a,port)
        port notin (a)          | port notin (a)
        app in (port, a)        | app in (a,port)
        app in ( port ),port=a  | app=port,port=a
        app=db, port in (a)     | app=db,port=a
        x.io/port               | x.io/port
        """)
    void labelsCalledPort(String selector, String meaning) {
        assertThat(flow(EGRESS_TO, "pods " + selector + " port 80").to()).isEqualTo(pods("shop", meaning));
        assertThat(flow(EGRESS_TO, "namespace x pods " + selector + "\tport 80").to())
                .isEqualTo(pods("x", meaning));
    }

    @DisplayName("ports")
    @ParameterizedTest(name = "port {0}")
    @MethodSource
    void ports(String text, List<PortMatch> ports) {
        assertThat(flow(EGRESS_TO, "pods port " + text).ports()).isEqualTo(new FlowPorts.OfPods(ports));
    }

    static Stream<Arguments> ports() {
        return Stream.of(
                arguments("1", List.of(tcp(1))),
                arguments("65535", List.of(tcp(65535))),
                arguments("080", List.of(tcp(80))),
                arguments("80/TCP", List.of(tcp(80))),
                arguments("80/tcp", List.of(tcp(80))),
                arguments("53/Udp", List.of(PortMatch.Numbered.of(Protocol.UDP, 53))),
                arguments("7/SCTP", List.of(PortMatch.Numbered.of(Protocol.SCTP, 7))),
                arguments("http", List.of(named("http"))),
                arguments("dns/UDP", List.of(new PortMatch.Named(Protocol.UDP, "dns"))),
                arguments("port", List.of(named("port"))),
                arguments("8080-tcp", List.of(named("8080-tcp"))),
                arguments("8000-8080", List.of(range(Protocol.TCP, 8000, 8080))),
                arguments("80-80", List.of(range(Protocol.TCP, 80, 80))),
                arguments("1-65535/UDP", List.of(range(Protocol.UDP, 1, 65535))),
                arguments("80,443", List.of(tcp(80), tcp(443))),
                arguments("80 , 443", List.of(tcp(80), tcp(443))),
                arguments(
                        "http, 8000-8080 ,53/UDP",
                        List.of(
                                named("http"),
                                range(Protocol.TCP, 8000, 8080),
                                PortMatch.Numbered.of(Protocol.UDP, 53))));
    }

    @DisplayName("a flow from somebody has the annotated pods as its destination, and their ports")
    @ParameterizedTest(name = "{0}")
    @MethodSource
    void ingress(String text, FlowEnd from, FlowPorts ports) {
        assertThat(contract(INGRESS_FROM, text).problems()).isEmpty();
        assertThat(contract(INGRESS_FROM, text).flows())
                .containsExactly(new Flow(text, Expectation.ALLOWED, from, CHECKOUT_PODS, ports));
    }

    static Stream<Arguments> ingress() {
        return Stream.of(
                arguments("namespace ingress-nginx port http", pods("ingress-nginx", ""), ofPods(named("http"))),
                arguments(
                        "namespace monitoring pods app=prometheus port 9090/TCP",
                        pods("monitoring", "app=prometheus"),
                        ofPods(tcp(9090))),
                arguments("service orders port 8080", service("shop", "orders"), ofPods(tcp(8080))),
                arguments(
                        "service orders port 8000-8080",
                        service("shop", "orders"),
                        ofPods(range(Protocol.TCP, 8000, 8080))),
                arguments("pods app=cart port 80", pods("shop", "app=cart"), ofPods(tcp(80))),
                arguments("cidr 2001:db8::/32 port 443", outside("2001:db8::/32"), ofPods(tcp(443))),
                arguments("cidr 10.0.0.0/8 port https", outside("10.0.0.0/8"), ofPods(named("https"))));
    }

    @Test
    @DisplayName("into a Service, ports are the Service's, and all of them where none is given")
    void ingressOfService() {
        List<Contract> contracts = AnnotationLanguage.contracts(
                ORDERS,
                ORDERS_PODS,
                Map.of(INGRESS_FROM, "pods app=a; service b; namespace c port 80,http; cidr 10.0.0.0/8"));
        assertThat(contracts).hasSize(1);
        assertThat(contracts.get(0).problems()).isEmpty();
        assertThat(contracts.get(0).flows())
                .containsExactly(
                        new Flow("pods app=a", Expectation.ALLOWED, pods("shop", "app=a"), ORDERS_PODS, every()),
                        new Flow("service b", Expectation.ALLOWED, service("shop", "b"), ORDERS_PODS, every()),
                        new Flow(
                                "namespace c port 80,http",
                                Expectation.ALLOWED,
                                pods("c", ""),
                                ORDERS_PODS,
                                ofService(tcp(80), named("http"))),
                        new Flow("cidr 10.0.0.0/8", Expectation.ALLOWED, outside("10.0.0.0/8"), ORDERS_PODS, every()));
    }

    @Test
    @DisplayName("on a Namespace, the home of what names no namespace is that Namespace")
    void ofNamespace() {
        List<Contract> contracts = AnnotationLanguage.contracts(
                SHOP,
                SHOP_PODS,
                Map.of(EGRESS_TO, "dns; service orders; pods app=db port 1", INGRESS_FROM, "pods port 2"));
        assertThat(contracts).flatExtracting(Contract::problems).isEmpty();
        assertThat(contracts)
                .flatExtracting(Contract::flows)
                .containsExactly(
                        new Flow("dns", Expectation.ALLOWED, SHOP_PODS, DNS, every()),
                        new Flow("service orders", Expectation.ALLOWED, SHOP_PODS, service("shop", "orders"), every()),
                        new Flow(
                                "pods app=db port 1",
                                Expectation.ALLOWED,
                                SHOP_PODS,
                                pods("shop", "app=db"),
                                ofPods(tcp(1))),
                        new Flow("pods port 2", Expectation.ALLOWED, pods("shop", ""), SHOP_PODS, ofPods(tcp(2))));
    }

    @DisplayName("flows are separated by semicolons and line breaks; blank ones are nothing")
    @ParameterizedTest(name = "{index}")
    @ValueSource(
            strings = {
                "dns;service orders;pods app=db port 5432",
                "dns; service orders; pods app=db port 5432",
                ";;dns; ;service orders;pods app=db port 5432;",
                "dns\nservice orders\npods app=db port 5432\n",
                "dns\r\nservice orders\r\n\r\npods app=db port 5432\r\n",
                "dns\rservice orders\rpods app=db port 5432",
                "\n  dns;\n  service orders;\n\n  pods app=db port 5432;\n  ",
                "\t dns \t; service \t orders ;  pods   app=db\tport  5432 ",
            })
    void separators(String text) {
        assertThat(contract(EGRESS_TO, text).problems()).isEmpty();
        assertThat(contract(EGRESS_TO, text).flows())
                .extracting(Flow::name)
                .containsExactly("dns", "service orders", "pods app=db port 5432");
    }

    @DisplayName("nothing declared is no contract")
    @ParameterizedTest(name = "[{0}]")
    @ValueSource(strings = {"", " ", ";", "\r\n ; \n\t;"})
    void nothing(String text) {
        assertThat(AnnotationLanguage.contracts(CHECKOUT, CHECKOUT_PODS, Map.of(EGRESS_TO, text, INGRESS_FROM, text)))
                .isEmpty();
    }

    @Test
    @DisplayName("a flow that is declared twice is one flow")
    void twice() {
        assertThat(contract(EGRESS_TO, "dns; service  orders; dns;\nservice orders")
                        .flows())
                .extracting(Flow::name)
                .containsExactly("dns", "service orders");
    }

    @DisplayName("a mistake tells its column, what was found and what was expected")
    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        podz app=db port 80            | 1  | found "podz", expected dns, kubernetes-api, nodes, service, pods, namespace or cidr; did you mean "pods"?
        namspace data port 80          | 1  | found "namspace", expected dns, kubernetes-api, nodes, service, pods, namespace or cidr; did you mean "namespace"?
        DNS                            | 1  | found "DNS", expected dns, kubernetes-api, nodes, service, pods, namespace or cidr; did you mean "dns"?
        app=db port 80                 | 1  | found "app=db", expected dns, kubernetes-api, nodes, service, pods, namespace or cidr
        port 80                        | 1  | found "port", expected dns, kubernetes-api, nodes, service, pods, namespace or cidr
        , dns                          | 1  | found ",", expected dns, kubernetes-api, nodes, service, pods, namespace or cidr
        (app=db) port 80               | 1  | found "(", expected dns, kubernetes-api, nodes, service, pods, namespace or cidr
        dns dns                        | 5  | found "dns", expected "port" or the end of the flow
        dns, kubernetes-api            | 4  | found ",", expected "port" or the end of the flow
        dns port 53                    | 10 | a well-known destination has its own ports: expected none here
        kubernetes-api port https      | 21 | a well-known destination has its own ports: expected none here
        service                        | 8  | found the end of the flow, expected the name of a Service
        service Orders                 | 9  | "Orders" is not the name of a Service: expected 1 to 63 lower-case letters, digits and "-", the first and last a letter or digit
        service shop/                  | 14 | "" is not the name of a Service: expected 1 to 63 lower-case letters, digits and "-", the first and last a letter or digit
        service /orders                | 9  | "" is not the name of a namespace: expected 1 to 63 lower-case letters, digits and "-", the first and last a letter or digit
        service a/b/c                  | 11 | "b/c" is not the name of a Service: expected 1 to 63 lower-case letters, digits and "-", the first and last a letter or digit
        service orders.shop            | 9  | "orders.shop" is not the name of a Service: expected 1 to 63 lower-case letters, digits and "-", the first and last a letter or digit
        service orders:8080            | 9  | "orders:8080" is not the name of a Service: expected 1 to 63 lower-case letters, digits and "-", the first and last a letter or digit
        service orders 8080            | 16 | found "8080", expected "port" or the end of the flow
        service orders ports 8080      | 16 | found "ports", expected "port" or the end of the flow; did you mean "port"?
        service orders port 80-90      | 21 | a Service has single ports: expected a number or a name, not a range
        service orders port HTTP       | 21 | "HTTP" is not the name of a Service's port: expected 1 to 63 lower-case letters, digits and "-", the first and last a letter or digit
        pods                           | 5  | found the end of the flow, expected "port" and the ports, as in "port 8080"
        pods app=db                    | 12 | found the end of the flow, expected "port" and the ports, as in "port 8080"
        pods app=db  ports 80          | 14 | found "ports", expected "," or the end of the selector; did you mean "port"?
        pods ports 80                  | 12 | found "80", expected =, ==, !=, in or notin after the key "ports"; did you mean "port"?
        pods app=db tier=a port 80     | 13 | found "tier", expected "," or the end of the selector
        pods app=db, port 80           | 13 | found the end of the selector, expected a label key
        pods app in a,b port 80        | 13 | found "a", expected "(" and a list of values
        pods app in (a,b port 80       | 18 | found "port", expected "," or ")"
        pods app in a) port 80         | 13 | found "a", expected "(" and a list of values
        pods app:db port 80            | 6  | "app:db" is not a label key: expected 1 to 63 letters, digits, "-", "_" and ".", the first and last a letter or digit; between key and value stands "="
        namespace                      | 10 | found the end of the flow, expected the name of a namespace, a selector in parentheses, or *
        namespace data                 | 15 | found the end of the flow, expected "pods" or "port" and the ports, as in "port 8080"
        namespace data podz app=a      | 16 | found "podz", expected "pods" or "port" or the end of the flow; did you mean "pods"?
        namespace data pods app=db     | 27 | found the end of the flow, expected "port" and the ports, as in "port 8080"
        namespace Data port 80         | 11 | "Data" is not the name of a namespace: expected 1 to 63 lower-case letters, digits and "-", the first and last a letter or digit
        namespace team=a port 80       | 11 | "team=a" is not the name of a namespace: expected 1 to 63 lower-case letters, digits and "-", the first and last a letter or digit
        namespace ** port 80           | 11 | "**" is not the name of a namespace: expected 1 to 63 lower-case letters, digits and "-", the first and last a letter or digit
        namespace (team=a port 80      | 11 | "(" is not closed: expected ")" after the selector
        namespace (                    | 11 | "(" is not closed: expected ")" after the selector
        namespace (team in (a) port 80 | 11 | "(" is not closed: expected ")" after the selector
        namespace (team=a b) port 80   | 19 | found "b", expected "," or the end of the selector
        namespace (team=) , port 80    | 19 | found ",", expected "pods" or "port" or the end of the flow
        namespace ) port 80            | 11 | ")" is not the name of a namespace: expected 1 to 63 lower-case letters, digits and "-", the first and last a letter or digit
        cidr                           | 5  | found the end of the flow, expected an address block such as 192.0.2.0/24 or 2001:db8::/32
        cidr 10.0.0.0/33 port 80       | 6  | "10.0.0.0/33" is not an address block: expected a number from 0 to 32 after the "/"
        cidr 10.0.0.1 port 80          | 6  | "10.0.0.1" is not an address block: for that one address write 10.0.0.1/32
        cidr example.com port 443      | 6  | "example.com" is not an address block: expected something like 192.0.2.0/24 or 2001:db8::/32
        cidr 10.0.0.0/8                | 16 | found the end of the flow, expected "port" and the ports, as in "port 8080"
        cidr 10.0.0.0/8 port https     | 22 | only a pod can tell which port "https" is: towards addresses expected a number
        pods port                      | 10 | found the end of the flow, expected the number or name of a port
        pods port ,80                  | 14 | found the end of the flow, expected "port" and the ports, as in "port 8080"
        pods port 80,                  | 14 | found the end of the flow, expected the number or name of a port
        pods port 80,,90               | 14 | found ",", expected the number or name of a port
        pods port 80 90                | 14 | found "90", expected "," or the end of the flow
        pods port 80 to 90             | 14 | found "to", expected "," or the end of the flow
        pods port 0                    | 11 | "0" is not a port: expected 1 to 65535
        pods port 65536                | 11 | "65536" is not a port: expected 1 to 65535
        pods port 99999999999999999999 | 11 | "99999999999999999999" is not a port: expected 1 to 65535
        pods port 90-80                | 11 | "90-80" runs downwards: expected the lower port first
        pods port 80-70000             | 14 | "70000" is not a port: expected 1 to 65535
        pods port 80-                  | 11 | "80-" is not a port name: expected 1 to 15 lower-case letters, digits and single "-" between them, at least one a letter
        pods port Http                 | 11 | "Http" is not a port name: expected 1 to 15 lower-case letters, digits and single "-" between them, at least one a letter
        pods port (80)                 | 11 | "(" is not a port name: expected 1 to 15 lower-case letters, digits and single "-" between them, at least one a letter
        pods port 80/                  | 14 | "" is not a protocol: expected TCP, UDP or SCTP
        pods port 80/TPC               | 14 | "TPC" is not a protocol: expected TCP, UDP or SCTP; did you mean "TCP"?
        pods port 80/TCP/UDP           | 14 | "TCP/UDP" is not a protocol: expected TCP, UDP or SCTP; did you mean "TCP"?
        pods port 1,80/ICMP            | 16 | "ICMP" is not a protocol: expected TCP, UDP or SCTP; ICMP has no ports and can be declared in a FlowContract
        pods port /TCP                 | 11 | "" is not a port name: expected 1 to 15 lower-case letters, digits and single "-" between them, at least one a letter
        """)
    void mistakes(String text, int column, String message) {
        Contract contract = contract(EGRESS_TO, text);
        assertThat(contract.flows()).isEmpty();
        assertThat(contract.problems())
                .containsExactly(new ContractProblem("flowguard.dev/egress-to, line 1, column " + column, message));
    }

    @DisplayName("into pods, a mistake is told alike")
    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
        dns                 | 1  | found "dns", expected kubernetes-api, nodes, service, pods, namespace or cidr: this one is a destination, so it belongs in flowguard.dev/egress-to
        pod app=a port 80   | 1  | found "pod", expected kubernetes-api, nodes, service, pods, namespace or cidr; did you mean "pods"?
        service orders      | 15 | found the end of the flow, expected "port" and the ports, as in "port 8080"
        namespace nginx     | 16 | found the end of the flow, expected "pods" or "port" and the ports, as in "port 8080"
        cidr 10.0.0.0/8     | 16 | found the end of the flow, expected "port" and the ports, as in "port 8080"
        """)
    void mistakesInIngress(String text, int column, String message) {
        Contract contract = contract(INGRESS_FROM, text);
        assertThat(contract.flows()).isEmpty();
        assertThat(contract.problems())
                .containsExactly(new ContractProblem("flowguard.dev/ingress-from, line 1, column " + column, message));
    }

    @DisplayName("a mistake silences no other flow, and is found in its line")
    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
        dns;podz;service orders;pods x           | line 1, column 5  | line 1, column 31
        dns;Npodz;Nservice orders;N  pods x      | line 2, column 1  | line 4, column 9
        NNdnsN  podz NRservice ordersNpods x     | line 4, column 3  | line 7, column 7
        dnsRNpodzRNservice ordersRNRNpods x      | line 2, column 1  | line 5, column 7
        dnsRpodzRservice ordersRpods x           | line 2, column 1  | line 4, column 7
        dns; podz 🚀é;service orders;TTpods x    | line 1, column 6  | line 1, column 37
        """)
    void places(String text, String first, String second) {
        Contract contract =
                contract(EGRESS_TO, text.replace('N', '\n').replace('R', '\r').replace('T', '\t'));
        assertThat(contract.flows()).extracting(Flow::name).containsExactly("dns", "service orders");
        assertThat(contract.problems())
                .extracting(ContractProblem::place)
                .containsExactly(EGRESS_TO + ", " + first, EGRESS_TO + ", " + second);
    }

    @Test
    @DisplayName("columns count characters, not UTF-16 units, and what cannot be seen is written out")
    void odd() {
        assertThat(contract(EGRESS_TO, "🚀🚀; podz;pods app=db\u00a0port 80").problems())
                .extracting(ContractProblem::toString)
                .satisfiesExactly(
                        rocket -> assertThat(rocket)
                                .startsWith(EGRESS_TO + ", line 1, column 1: found \"🚀🚀\", expected"),
                        typo -> assertThat(typo).startsWith(EGRESS_TO + ", line 1, column 5: found \"podz\", expected"),
                        blank -> assertThat(blank)
                                .startsWith(EGRESS_TO + ", line 1, column 19: \"db\\u00a0port\" is not a label value"));
    }

    @DisplayName("enforcement")
    @ParameterizedTest(name = "[{0}]: {1}")
    @CsvSource({"Deny, DENY", "Warn, WARN", "Audit, AUDIT", "' Warn\n', WARN"})
    void enforcement(String text, Enforcement expected) {
        assertThat(AnnotationLanguage.contracts(
                        CHECKOUT,
                        CHECKOUT_PODS,
                        Map.of(ENFORCEMENT, text, EGRESS_TO, "dns", INGRESS_FROM, "pods port 1")))
                .extracting(Contract::enforcement)
                .containsExactly(expected, expected);
    }

    @Test
    @DisplayName("without an enforcement it is Deny")
    void defaultEnforcement() {
        assertThat(contract(EGRESS_TO, "dns").enforcement()).isEqualTo(Enforcement.DENY);
    }

    @DisplayName(
            "an enforcement that cannot be read warns, so that nothing is refused that the author may not have wanted")
    @ParameterizedTest(name = "[{0}]")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        deny    | "deny" is not an enforcement: expected Deny, Warn or Audit; did you mean "Deny"?; until then it is Warn
        Warning | "Warning" is not an enforcement: expected Deny, Warn or Audit; did you mean "Warn"?; until then it is Warn
        off     | "off" is not an enforcement: expected Deny, Warn or Audit; until then it is Warn
        ``      | "" is not an enforcement: expected Deny, Warn or Audit; until then it is Warn
        """)
    void unreadableEnforcement(String text, String message) {
        assertThat(AnnotationLanguage.contracts(CHECKOUT, CHECKOUT_PODS, Map.of(ENFORCEMENT, text, EGRESS_TO, "dns")))
                .containsExactly(
                        new Contract(
                                new ContractSource(CHECKOUT, EGRESS_TO),
                                Enforcement.WARN,
                                List.of(flow(EGRESS_TO, "dns")),
                                List.of()),
                        new Contract(
                                new ContractSource(CHECKOUT, ENFORCEMENT),
                                Enforcement.WARN,
                                List.of(),
                                List.of(new ContractProblem(ENFORCEMENT, message))));
    }

    @DisplayName("a name that is nearly one of the three is a mistake")
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "egress, egress-to",
        "egres-to, egress-to",
        "egress-from, ingress-from",
        "ingress-to, egress-to",
        "Ingress-From, ingress-from",
        "enforce, enforcement",
        "enforcment, enforcement"
    })
    void nearlyKnown(String name, String meant) {
        String key = "flowguard.dev/" + name;
        assertThat(AnnotationLanguage.contracts(CHECKOUT, CHECKOUT_PODS, Map.of(key, "dns")))
                .containsExactly(new Contract(
                        new ContractSource(CHECKOUT, key),
                        meant.equals("enforcement") ? Enforcement.WARN : Enforcement.DENY,
                        List.of(),
                        List.of(new ContractProblem(
                                key,
                                "declares nothing: expected egress-to, ingress-from or enforcement; did you mean \""
                                        + meant + "\"?"))));
    }

    @DisplayName("other annotations are passed over")
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "flowguard.dev/override",
                "flowguard.dev/accept-contracts-from",
                "flowguard.dev/mode",
                "example.com/egress-to",
                "egress-to",
                "kubectl.kubernetes.io/last-applied-configuration",
            })
    void others(String key) {
        assertThat(AnnotationLanguage.contracts(CHECKOUT, CHECKOUT_PODS, Map.of(key, "podz")))
                .isEmpty();
    }

    @Test
    @DisplayName("each annotation is a contract of its own, in the order of the keys")
    void sources() {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put(INGRESS_FROM, "pods port 80");
        annotations.put(EGRESS_TO, "podz");
        assertThat(AnnotationLanguage.contracts(CHECKOUT, CHECKOUT_PODS, annotations))
                .extracting(Contract::source)
                .extracting(ContractSource::toString)
                .containsExactly(
                        "Deployment shop/checkout, annotation flowguard.dev/egress-to",
                        "Deployment shop/checkout, annotation flowguard.dev/ingress-from");
    }

    @Test
    @DisplayName("long texts are read in time proportional to their length")
    void longText() {
        String blanks = " ".repeat(100_000) + "\t".repeat(100_000);
        assertThat(contract(EGRESS_TO, blanks + "podz" + blanks).problems())
                .extracting(ContractProblem::place)
                .containsExactly(EGRESS_TO + ", line 1, column 200001");
        assertThat(contract(EGRESS_TO, "p".repeat(200_000)).problems()).hasSize(1);
        assertThat(contract(EGRESS_TO, "podz;".repeat(50_000)).problems()).hasSize(50_000);
        assertThat(flow(EGRESS_TO, "pods a in (" + "b,".repeat(100_000) + ") port 80")
                        .to())
                .isEqualTo(pods("shop", "a in (,b)"));
    }

    private static Contract contract(String key, String text) {
        List<Contract> contracts = AnnotationLanguage.contracts(CHECKOUT, CHECKOUT_PODS, Map.of(key, text));
        assertThat(contracts).hasSize(1);
        assertThat(contracts.get(0).source()).isEqualTo(new ContractSource(CHECKOUT, key));
        return contracts.get(0);
    }

    private static Flow flow(String key, String text) {
        Contract contract = contract(key, text);
        assertThat(contract.problems()).isEmpty();
        assertThat(contract.flows()).hasSize(1);
        return contract.flows().get(0);
    }

    private static FlowEnd service(String namespace, String name) {
        return new FlowEnd.ServicePods(namespace, name);
    }

    private static FlowEnd pods(String namespace, String selector) {
        return new FlowEnd.Pods(LabelSelector.namespaceNamed(namespace), LabelSelector.parse(selector));
    }

    private static FlowEnd everywhere(String namespaces, String selector) {
        return new FlowEnd.Pods(LabelSelector.parse(namespaces), LabelSelector.parse(selector));
    }

    private static FlowEnd outside(String cidr) {
        return new FlowEnd.Outside(Cidr.parse(cidr), List.of());
    }

    private static PortMatch tcp(int port) {
        return PortMatch.Numbered.of(Protocol.TCP, port);
    }

    private static PortMatch named(String name) {
        return new PortMatch.Named(Protocol.TCP, name);
    }

    private static PortMatch range(Protocol protocol, int first, int last) {
        return new PortMatch.Numbered(protocol, new PortRange(first, last), true);
    }

    private static FlowPorts every() {
        return new FlowPorts.Every();
    }

    private static FlowPorts ofPods(PortMatch... ports) {
        return new FlowPorts.OfPods(Arrays.asList(ports));
    }

    private static FlowPorts ofService(PortMatch... ports) {
        return new FlowPorts.OfService(Arrays.asList(ports));
    }
}
