package dev.flowguard.kubernetes;

import static dev.flowguard.kubernetes.Facts.only;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.net.Address;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceReaderTest {
    @Test
    @DisplayName("A Service tells its selector, ports and addresses")
    void service() {
        assertThat(Facts.of(Service.class, """
                metadata: {name: orders, namespace: shop, labels: {team: a}}
                spec:
                  clusterIP: 10.96.0.1
                  clusterIPs: [10.96.0.1, '2001:db8::1']
                  selector: {app: orders}
                  ports: [{name: http, port: 80, targetPort: 8080}]
                """))
                .containsExactly(new ServiceEntry(
                        "shop",
                        "orders",
                        Map.of("team", "a"),
                        Map.of("app", "orders"),
                        List.of(new ServiceEntry.Port("http", Protocol.TCP, 80, 8080, "")),
                        List.of(Address.parse("10.96.0.1"), Address.parse("2001:db8::1")),
                        ServiceEntry.Exposure.CLUSTER_INTERNAL));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            {port: 80, targetPort: 8080}             | 80/TCP -> 8080
            {port: 80, targetPort: http}             | 80/TCP -> http
            {port: 80}                               | 80/TCP -> 80
            {port: 80, targetPort: 0}                | 80/TCP -> 80
            {port: 80, targetPort: ''}               | 80/TCP -> 80
            {port: 53, protocol: UDP, name: dns}     | dns 53/UDP -> 53
            """)
    @DisplayName("A Service's port leads to its target port, or to the port of the same number")
    void targetPorts(String port, String expected) {
        ServiceEntry service = service("{ports: [" + port + "]}");
        assertThat(service.ports().stream()
                        .map(each -> (each.name() + " " + each.number() + "/" + each.protocol() + " -> "
                                        + (each.targetNumber() == 0 ? each.targetName() : each.targetNumber()))
                                .strip())
                        .collect(Collectors.joining()))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                         | CLUSTER_INTERNAL
            {type: ClusterIP}                                          | CLUSTER_INTERNAL
            {type: ClusterIP, externalIPs: [203.0.113.1]}              | SOURCE_REWRITTEN
            {type: NodePort}                                           | SOURCE_REWRITTEN
            {type: LoadBalancer, externalTrafficPolicy: Cluster}       | SOURCE_REWRITTEN
            {type: LoadBalancer, externalTrafficPolicy: Local}         | SOURCE_KEPT
            """)
    @DisplayName("Q20: How traffic from outside comes to a Service decides whose address its pods see")
    void exposure(String spec, ServiceEntry.Exposure expected) {
        assertThat(service(spec).exposure()).isEqualTo(expected);
    }

    @Test
    @DisplayName("A headless Service has no address, one without a selector no pods of its own")
    void headless() {
        assertThat(service("{clusterIP: None, clusterIPs: [None]}").clusterIps())
                .isEmpty();
        assertThat(service("{clusterIP: ''}").clusterIps()).isEmpty();
        assertThat(service("{clusterIP: 10.96.0.1}").clusterIps()).containsExactly(Address.parse("10.96.0.1"));
        assertThat(service("{}").hasSelector()).isFalse();
    }

    @Test
    @DisplayName("A Service of type ExternalName is no more than an alias in DNS")
    void externalName() {
        assertThat(Facts.of(
                        Service.class, "{metadata: {name: a}, spec: {type: ExternalName, externalName: example.com}}"))
                .containsExactly(new Fact.Alias("default", "a", "example.com"));
    }

    @Test
    @DisplayName("A Service's annotations speak for its pods")
    void declares() {
        assertThat(only(Fact.Declared.class, Facts.of(Service.class, """
                metadata: {name: a, namespace: shop, annotations: {flowguard.dev/ingress-from: pods}}
                spec: {selector: {app: a}}
                """)))
                .singleElement()
                .satisfies(declared -> assertThat(declared.contract().source())
                        .hasToString("Service shop/a, annotation flowguard.dev/ingress-from"));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            {ports: [{}]}                             | spec.ports[0].port: is missing: expected a number from 1 to 65535
            {ports: [{port: 80, targetPort: 70000}]}  | spec.ports[0].targetPort: 70000 is not a port: expected a number from 1 to 65535
            {ports: [{port: 80, targetPort: '80'}]}   | spec.ports[0].targetPort: "80" is not a port name: expected at least one letter; a number is written without quotes
            {ports: [{port: 80, protocol: tcp}]}      | spec.ports[0].protocol: "tcp" is not one of TCP, UDP, SCTP; did you mean "TCP"?
            {clusterIP: none}                         | spec.clusterIP: "none" is not an IP address: expected something like 192.0.2.7 or 2001:db8::7
            """)
    @DisplayName("A Service with a mistake in what is read of it is refused")
    void refused(String spec, String problem) {
        assertThat(Facts.problems(Service.class, "{metadata: {name: a}, spec: " + spec + "}"))
                .containsExactly(problem);
    }

    @Test
    @DisplayName("An EndpointSlice tells what is behind the Service that it is labelled with, ready or not")
    void slice() {
        assertThat(Facts.of(EndpointSlice.class, """
                metadata: {name: kubernetes-x, namespace: default, labels: {kubernetes.io/service-name: kubernetes}}
                addressType: IPv4
                endpoints:
                - {addresses: [192.168.0.1]}
                - {addresses: [192.168.0.2], conditions: {ready: false}}
                ports: [{name: https, port: 6443, protocol: TCP}, {protocol: UDP}]
                """))
                .containsExactly(new Fact.Endpoints(
                        "default",
                        "kubernetes",
                        List.of(Address.parse("192.168.0.1"), Address.parse("192.168.0.2")),
                        List.of(
                                new Fact.Endpoints.Port(Protocol.TCP, PortRange.of(6443)),
                                new Fact.Endpoints.Port(Protocol.UDP, PortRange.ALL))));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {metadata: {name: a}, addressType: IPv4, endpoints: [{addresses: [10.0.0.1]}]}
            {metadata: {name: a, labels: {kubernetes.io/service-name: s}}, addressType: FQDN, endpoints: [{addresses: [a.example]}]}
            {metadata: {name: a, labels: {kubernetes.io/service-name: s, endpointslice.kubernetes.io/managed-by: endpointslice-controller.k8s.io}}, addressType: IPv4, endpoints: [{addresses: [10.0.0.1]}]}
            """)
    @DisplayName("An EndpointSlice of no Service, of names, or made from a selector tells nothing new")
    void sliceWithoutNews(String slice) {
        assertThat(Facts.of(EndpointSlice.class, slice)).isEmpty();
    }

    @Test
    @DisplayName("An Endpoints object tells each of its groups of addresses")
    void endpoints() {
        assertThat(Facts.of(Endpoints.class, """
                metadata: {name: db, namespace: shop}
                subsets:
                - {addresses: [{ip: 10.0.0.1}], notReadyAddresses: [{ip: 10.0.0.2}], ports: [{port: 5432}]}
                - {addresses: [{ip: 10.0.0.3}], ports: [{port: 5433, protocol: TCP}]}
                """))
                .containsExactly(endpoints(5432, "10.0.0.1", "10.0.0.2"), endpoints(5433, "10.0.0.3"));
    }

    private static Fact endpoints(int port, String... addresses) {
        return new Fact.Endpoints(
                "shop",
                "db",
                java.util.Arrays.stream(addresses).map(Address::parse).toList(),
                List.of(new Fact.Endpoints.Port(Protocol.TCP, PortRange.of(port))));
    }

    private static ServiceEntry service(String spec) {
        return only(ServiceEntry.class, Facts.of(Service.class, "{metadata: {name: a}, spec: " + spec + "}"))
                .get(0);
    }
}
