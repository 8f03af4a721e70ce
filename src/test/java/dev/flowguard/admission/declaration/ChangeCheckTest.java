package dev.flowguard.admission.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.admission.decision.DecisionSettings;
import dev.flowguard.admission.decision.FakeClusterState;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.feed.InMemoryCluster;
import dev.flowguard.feed.LoadedManifests;
import dev.flowguard.feed.Manifests;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Of the change of an object that is no policy")
class ChangeCheckTest {
    private static final String NAMESPACE = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop, labels: {team: shop}}
            """;
    private static final String WORKLOAD = """
            apiVersion: apps/v1
            kind: %s
            metadata: {name: orders, namespace: data}
            spec:
              selector: {matchLabels: {name: orders}}
              template:
                metadata: {labels: {name: orders, app: orders}}
                spec: {containers: [{name: main, image: a, ports: [{name: http, containerPort: 8080}]}]}
            """;
    private static final String SERVICE = """
            apiVersion: v1
            kind: Service
            metadata: {name: orders, namespace: data}
            spec: {selector: {name: orders}, ports: [{port: 80, targetPort: 8080}]}
            """;
    private static final String SLICE = """
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: legacy-1, namespace: data, labels: {kubernetes.io/service-name: legacy}}
            addressType: IPv4
            endpoints: [{addresses: [172.20.0.5]}]
            ports: [{port: 1521}]
            """;
    private static final String CLUSTER =
            String.join("\n---\n", NAMESPACE, WORKLOAD.formatted("Deployment"), SERVICE, SLICE, """
            {apiVersion: v1, kind: Namespace, metadata: {name: data}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop, labels: {app: web}}, spec: {containers: [{name: m, image: a}]}}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: legacy, namespace: data}, spec: {ports: [{port: 1521}]}}
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: orders, namespace: data}
            spec:
              podSelector: {matchLabels: {name: orders}}
              policyTypes: [Ingress, Egress]
              ingress: [{from: [{namespaceSelector: {matchLabels: {team: shop}}}], ports: [{port: http}]}]
              egress: [{to: [{ipBlock: {cidr: 172.20.0.5/32}}]}]
            ---
            apiVersion: flowguard.dev/v1alpha1
            kind: FlowContract
            metadata: {name: orders, namespace: data}
            spec:
              flows:
              - {name: web, from: {namespaceSelector: {}, podSelector: {matchLabels: {app: web}}}, to: {service: {name: orders}}}
              - {name: legacy, from: {podSelector: {matchLabels: {app: orders}}}, to: {service: {name: legacy}}}
            """);

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a label of a Namespace      | Namespace     | team: shop         | team: shops        | this label change cuts shop/web -> data/orders:8080/TCP (data/orders/web)
        the port's name of pods     | Deployment    | {name: http,       | {name: web,        | this change of the pod template cuts shop/web -> orders:8080/TCP (data/orders/web)
        a label of pods             | Deployment    | app: orders        | app: order         | this change of the pod template leaves data/orders/legacy without effect: from: nothing matches
        the target port             | Service       | targetPort: 8080   | targetPort: 9090   | this change of the Service cuts shop/web -> orders:9090/TCP (data/orders/web)
        the selector                | Service       | {name: orders}     | {name: order}      | this change of the Service leaves data/orders/web without effect: to: no pod stands behind Service data/orders
        an address                  | EndpointSlice | 172.20.0.5         | 172.20.0.6         | this change of the EndpointSlice cuts orders -> 172.20.0.6:1521/TCP (data/orders/legacy)
        """)
    @DisplayName("it is said which flow is cut by")
    void cut(String what, String kind, String before, String after, String warning) throws IOException {
        String object = object(kind);
        Opinion opinion = opinion(object, object.replace(before, after));
        assertThat(opinion.outcome()).isEqualTo(Opinion.Outcome.CUTS_FLOWS);
        assertThat(opinion.said().warnings()).singleElement().asString().startsWith(warning);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        another label of a Namespace | Namespace     | {team: shop}     | {team: shop, a: b}
        an image                     | Deployment    | image: a         | image: b
        the Service's own port       | Service       | port: 80,        | port: 81,
        nothing at all               | EndpointSlice | port: 1521       | port: 1521
        """)
    @DisplayName("nothing is said where no flow depends on")
    void harmless(String what, String kind, String before, String after) throws IOException {
        Opinion opinion = opinion(object(kind), object(kind).replace(before, after));
        assertThat(opinion.outcome()).isEqualTo(Opinion.Outcome.CUTS_NOTHING);
        assertThat(opinion.said().warnings()).isEmpty();
    }

    @Test
    @DisplayName("nothing is said of what is deleted, nor while nothing is known of the cluster")
    void noOpinion() throws IOException {
        assertThat(check(cluster())
                        .check(DeclarationMapping.map(Declarations.deleted(NAMESPACE)))
                        .outcome())
                .isEqualTo(Opinion.Outcome.REMOVED);
        assertThat(new ChangeCheck(FakeClusterState.knowingNothing(), DecisionSettings.DEFAULT)
                        .check(DeclarationMapping.map(Declarations.updated(NAMESPACE, NAMESPACE)))
                        .outcome())
                .isEqualTo(Opinion.Outcome.NOT_READY);
    }

    private static String object(String kind) {
        return switch (kind) {
            case "Namespace" -> NAMESPACE;
            case "Service" -> SERVICE;
            case "EndpointSlice" -> SLICE;
            default -> WORKLOAD.formatted(kind);
        };
    }

    private static Opinion opinion(String before, String after) throws IOException {
        return check(cluster()).check(DeclarationMapping.map(Declarations.updated(before, after)));
    }

    private static ChangeCheck check(InMemoryCluster cluster) {
        return new ChangeCheck(FakeClusterState.knowing(cluster.snapshot()), DecisionSettings.DEFAULT);
    }

    private static InMemoryCluster cluster() throws IOException {
        LoadedManifests manifests = Manifests.read(new ByteArrayInputStream(CLUSTER.getBytes(StandardCharsets.UTF_8)));
        return new InMemoryCluster(ClusterSettings.DEFAULT, manifests.observations());
    }
}
