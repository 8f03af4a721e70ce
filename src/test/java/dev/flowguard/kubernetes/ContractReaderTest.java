package dev.flowguard.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.flowguard.contract.Contract;
import dev.flowguard.contract.ContractSource;
import dev.flowguard.contract.Enforcement;
import dev.flowguard.contract.Expectation;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.FlowPorts;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.kubernetes.contract.ContractReader;
import dev.flowguard.net.Cidr;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.PortMatch;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ContractReaderTest {
    private static final FlowEnd DNS = new FlowEnd.WellKnown(FlowEnd.WellKnown.Name.CLUSTER_DNS);
    private static final FlowEnd API = new FlowEnd.WellKnown(FlowEnd.WellKnown.Name.KUBERNETES_API);

    @Test
    @DisplayName("the contract of the design")
    void design() {
        Contract contract = ContractYaml.read("""
                apiVersion: flowguard.dev/v1alpha1
                kind: FlowContract
                metadata: {name: orders, namespace: shop}
                spec:
                  enforcement: Deny
                  flows:
                  - name: checkout-calls-orders
                    from: {podSelector: {matchLabels: {app: checkout}}}
                    to:   {service: {name: orders}}
                  - name: orders-reads-db
                    from: {podSelector: {matchLabels: {app: orders}}}
                    to:   {podSelector: {matchLabels: {app: db}}}
                    ports: [{protocol: TCP, port: 5432}]
                  - name: everyone-resolves-names
                    from: {podSelector: {}}
                    to:   {wellKnown: ClusterDNS}
                  - name: ingress-reaches-checkout
                    from: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ingress-nginx}}}
                    to:   {podSelector: {matchLabels: {app: checkout}}}
                    ports: [{port: http}]
                  - name: payment-provider
                    from: {podSelector: {matchLabels: {app: checkout}}}
                    to:   {ipBlock: {cidr: 203.0.113.0/24}}
                    ports: [{port: 443}]
                  - name: db-is-private
                    expect: Blocked
                    from: {namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: NotIn, values: [shop]}]}}
                    to:   {podSelector: {matchLabels: {app: db}}}
                """);
        assertThat(contract)
                .isEqualTo(new Contract(
                        ContractSource.resource(new ObjectRef("FlowContract", "shop", "orders")),
                        Enforcement.DENY,
                        List.of(
                                allowed(
                                        "checkout-calls-orders",
                                        shop("app=checkout"),
                                        service("shop", "orders"),
                                        every()),
                                allowed("orders-reads-db", shop("app=orders"), shop("app=db"), ofPods(tcp(5432))),
                                allowed("everyone-resolves-names", shop(""), DNS, every()),
                                allowed(
                                        "ingress-reaches-checkout",
                                        pods("kubernetes.io/metadata.name=ingress-nginx", ""),
                                        shop("app=checkout"),
                                        ofPods(named("http"))),
                                allowed(
                                        "payment-provider",
                                        shop("app=checkout"),
                                        outside("203.0.113.0/24"),
                                        ofPods(tcp(443))),
                                new Flow(
                                        "db-is-private",
                                        Expectation.BLOCKED,
                                        pods("kubernetes.io/metadata.name!=shop", ""),
                                        shop("app=db"),
                                        every())),
                        List.of()));
    }

    @DisplayName("an end of a FlowContract")
    @ParameterizedTest(name = "{0}")
    @MethodSource
    void ends(String end, FlowEnd expected) {
        assertThat(flow("name: f, expect: Blocked, from: {podSelector: {}}, to: " + end)
                        .to())
                .isEqualTo(expected);
        if (!end.contains("wellKnown")) {
            assertThat(flow("name: f, expect: Blocked, from: " + end + ", to: {podSelector: {}}")
                            .from())
                    .isEqualTo(expected);
        }
    }

    static Stream<Arguments> ends() {
        return Stream.of(
                arguments("{podSelector: {}}", shop("")),
                arguments("{podSelector: {matchLabels: {}, matchExpressions: []}}", shop("")),
                arguments("{podSelector: {matchLabels: {b: x, a: y}}}", shop("a=y,b=x")),
                arguments("{podSelector: {matchLabels: {a: ''}}}", shop("a=")),
                arguments(
                        "{podSelector: {matchLabels: {a: b}, matchExpressions: [{key: c, operator: In, values: [e, d]},"
                                + " {key: f, operator: NotIn, values: [g]}, {key: h, operator: Exists},"
                                + " {key: i, operator: DoesNotExist, values: []}]}}",
                        shop("a=b,c in (d,e),f!=g,h,!i")),
                arguments("{namespaceSelector: {}}", pods("", "")),
                arguments("{namespaceSelector: {matchLabels: {team: a}}}", pods("team=a", "")),
                arguments("{namespaceSelector: {}, podSelector: {matchLabels: {a: b}}}", pods("", "a=b")),
                arguments("{namespaceSelector: , podSelector: {matchLabels: {a: b}}}", shop("a=b")),
                arguments("{service: {name: orders}}", service("shop", "orders")),
                arguments("{service: {name: gateway, namespace: payments}}", service("payments", "gateway")),
                arguments("{ipBlock: {cidr: 10.0.0.0/8}}", outside("10.0.0.0/8")),
                arguments(
                        "{ipBlock: {cidr: 2001:db8::/32, except: ['2001:db8:1::/48', '2001:db8::1/128']}}",
                        outside("2001:db8::/32", "2001:db8:1::/48", "2001:db8::1/128")),
                arguments("{wellKnown: ClusterDNS}", DNS),
                arguments("{wellKnown: KubernetesAPI}", API));
    }

    @DisplayName("an end of a ClusterFlowContract is in every namespace, unless a selector says otherwise")
    @ParameterizedTest(name = "{0}")
    @MethodSource
    void endsOfCluster(String end, FlowEnd expected) {
        Contract contract =
                ContractYaml.clusterWide("name: f, expect: Blocked, from: {namespaceSelector: {}}, to: " + end);
        assertThat(contract.problems()).isEmpty();
        assertThat(contract.flows()).extracting(Flow::to).containsExactly(expected);
    }

    static Stream<Arguments> endsOfCluster() {
        return Stream.of(
                arguments("{podSelector: {}}", pods("", "")),
                arguments("{podSelector: {matchLabels: {a: b}}}", pods("", "a=b")),
                arguments("{namespaceSelector: {matchLabels: {team: a}}}", pods("team=a", "")),
                arguments("{service: {name: gateway, namespace: payments}}", service("payments", "gateway")),
                arguments("{ipBlock: {cidr: 10.0.0.0/8}}", outside("10.0.0.0/8")),
                arguments("{wellKnown: ClusterDNS}", DNS));
    }

    @DisplayName("ports")
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource
    void ports(String to, String ports, FlowPorts expected) {
        assertThat(flow("name: f, from: {podSelector: {}}, to: " + to + ", ports: " + ports)
                        .ports())
                .isEqualTo(expected);
    }

    static Stream<Arguments> ports() {
        String pods = "{podSelector: {}}";
        String service = "{service: {name: orders}}";
        String block = "{ipBlock: {cidr: 10.0.0.0/8}}";
        return Stream.of(
                arguments(pods, "[{port: 80}]", ofPods(tcp(80))),
                arguments(pods, "[{port: 1}, {port: 65535}]", ofPods(tcp(1), tcp(65535))),
                arguments(pods, "[{protocol: UDP, port: 53}]", ofPods(PortMatch.Numbered.of(Protocol.UDP, 53))),
                arguments(pods, "[{protocol: , port: 53, endPort: }]", ofPods(tcp(53))),
                arguments(pods, "[{port: http}]", ofPods(named("http"))),
                arguments(pods, "[{port: dns, protocol: UDP}]", ofPods(new PortMatch.Named(Protocol.UDP, "dns"))),
                arguments(pods, "[{port: 80, endPort: 90}]", ofPods(range(80, 90))),
                arguments(pods, "[{port: 80, endPort: 80}]", ofPods(range(80, 80))),
                arguments(pods, "[{}]", ofPods(new PortMatch.EveryPort(Protocol.TCP))),
                arguments(pods, "[{protocol: SCTP}]", ofPods(new PortMatch.EveryPort(Protocol.SCTP))),
                arguments(pods, "[{protocol: ICMP}]", ofPods(new PortMatch.EveryPort(Protocol.ICMP))),
                arguments(block, "[{port: 443}]", ofPods(tcp(443))),
                arguments(block, "[{protocol: ICMP}]", ofPods(new PortMatch.EveryPort(Protocol.ICMP))),
                arguments(block, "[{port: 80, endPort: 90}]", ofPods(range(80, 90))),
                arguments(service, "[{port: 80}]", ofService(tcp(80))),
                arguments(service, "[{port: web}]", ofService(named("web"))),
                arguments(
                        service,
                        "[{port: a-name-of-more-than-15-characters}]",
                        ofService(named("a-name-of-more-than-15-characters"))),
                arguments(service, "[]", every()),
                arguments("{wellKnown: ClusterDNS}", "", every()));
    }

    @DisplayName("an end that surely lies in the contract's own namespace")
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {podSelector: {matchLabels: {a: b}}}
            {service: {name: a}}
            {service: {name: a, namespace: shop}}
            {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}}
            {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop, team: a}}, podSelector: {}}
            {namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: In, values: [shop]}]}}
            """)
    void atHome(String end) {
        assertThat(flow("name: f, from: " + end + ", to: {wellKnown: ClusterDNS}")
                        .to())
                .isEqualTo(DNS);
        assertThat(flow("name: f, expect: Blocked, from: {namespaceSelector: {}}, to: " + end)
                        .from())
                .isEqualTo(pods("", ""));
    }

    @DisplayName("the object is named by kind, namespace and name")
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {kind: FlowContract, metadata: {name: c, namespace: shop}}        | FlowContract shop/c      | shop
            {kind: FlowContract, metadata: {name: c}}                         | FlowContract default/c   | default
            {kind: FlowContract, metadata: {generateName: c-}}                | FlowContract default/c-* | default
            {kind: ClusterFlowContract, metadata: {name: c}}                  | ClusterFlowContract c    | ''
            {kind: ClusterFlowContract, metadata: {name: c, namespace: shop}} | ClusterFlowContract c    | ''
            """)
    void sources(String yaml, String object, String home) {
        ContractSource source = ContractYaml.read(yaml).source();
        assertThat(source).hasToString(object);
        assertThat(source.homeNamespace()).isEqualTo(home);
        assertThat(source.isClusterWide()).isEqualTo(home.isEmpty());
    }

    @DisplayName("knows what it is for")
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            {apiVersion: flowguard.dev/v1alpha1, kind: FlowContract}        | true
            {apiVersion: flowguard.dev/v1alpha1, kind: ClusterFlowContract} | true
            {apiVersion: flowguard.dev/v1, kind: FlowContract}              | true
            {apiVersion: flowguard.dev/v1alpha1, kind: Pod}                 | false
            {apiVersion: v1, kind: FlowContract}                            | false
            {kind: FlowContract}                                            | false
            text                                                            | false
            """)
    void isContract(String yaml, boolean expected) {
        assertThat(ContractReader.isContract(ContractYaml.tree(yaml))).isEqualTo(expected);
    }

    private static Flow flow(String flow) {
        Contract contract = ContractYaml.inShop(flow);
        assertThat(contract.problems()).isEmpty();
        assertThat(contract.flows()).hasSize(1);
        return contract.flows().get(0);
    }

    private static Flow allowed(String name, FlowEnd from, FlowEnd to, FlowPorts ports) {
        return new Flow(name, Expectation.ALLOWED, from, to, ports);
    }

    private static FlowEnd shop(String selector) {
        return new FlowEnd.Pods(LabelSelector.namespaceNamed("shop"), LabelSelector.parse(selector));
    }

    private static FlowEnd pods(String namespaces, String selector) {
        return new FlowEnd.Pods(LabelSelector.parse(namespaces), LabelSelector.parse(selector));
    }

    private static FlowEnd service(String namespace, String name) {
        return new FlowEnd.ServicePods(namespace, name);
    }

    private static FlowEnd outside(String cidr, String... except) {
        return new FlowEnd.Outside(
                Cidr.parse(cidr), Arrays.stream(except).map(Cidr::parse).toList());
    }

    private static PortMatch tcp(int port) {
        return PortMatch.Numbered.of(Protocol.TCP, port);
    }

    private static PortMatch named(String name) {
        return new PortMatch.Named(Protocol.TCP, name);
    }

    private static PortMatch range(int first, int last) {
        return new PortMatch.Numbered(Protocol.TCP, new PortRange(first, last), true);
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
