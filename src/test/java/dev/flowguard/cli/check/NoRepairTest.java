package dev.flowguard.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.testing.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is told that a change cuts the API server off from a webhook is told how to keep it, or why no rule does. */
class NoRepairTest {
    private static final String CLUSTER = """
        apiVersion: v1
        kind: Node
        metadata: {name: one}
        status: {addresses: [{type: InternalIP, address: 192.168.1.10}]}
        ---
        apiVersion: v1
        kind: Node
        metadata: {name: two}
        status: {addresses: [{type: InternalIP, address: 192.168.1.11}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: kubernetes, namespace: default}
        spec: {clusterIP: 10.96.0.1, ports: [{name: https, port: 443, targetPort: 6443}]}
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: kubernetes, namespace: default, labels: {kubernetes.io/service-name: kubernetes}}
        addressType: IPv4
        endpoints: [{addresses: [%s]}]
        ports: [{name: https, port: 6443}]
        ---
        {apiVersion: v1, kind: Namespace, metadata: {name: ops}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: operator, namespace: ops}
        spec:
          selector: {matchLabels: {app: operator}}
          template:
            metadata: {labels: {app: operator}}
            spec: {containers: [{name: main, image: operator:1, ports: [{containerPort: 9443}]}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: operator, namespace: ops}
        spec: {selector: {app: operator}, ports: [{port: 443, targetPort: 9443}]}
        ---
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingWebhookConfiguration
        metadata: {name: operator}
        webhooks:
        - name: operator.example.com
          clientConfig: {service: {name: operator, namespace: ops}}
          admissionReviewVersions: [v1]
          sideEffects: None
        """;

    private static final String SHUT = """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: operator, namespace: ops}
        spec: {podSelector: {}, policyTypes: [Ingress], ingress: [{from: [{podSelector: {}}]}]}
        """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @ParameterizedTest(name = "{1} on {0}")
    @CsvSource(delimiter = '|', textBlock = """
        calico  | 192.168.1.10 | ingress: [{from: [{ipBlock: {cidr: 192.168.1.10/32}}], ports: [{protocol: TCP, port: 9443}]}]
        generic | 192.168.1.10 | to keep it, a rule for these ports has to name no peers: the API server is on a node, whose address
        cilium  | 192.168.1.10 | no ipBlock helps: the API server is on a node, and cilium matches no address of a node by it
        cilium  | 203.0.113.5  | ingress: [{from: [{ipBlock: {cidr: 203.0.113.5/32}}], ports: [{protocol: TCP, port: 9443}]}]
        """)
    @DisplayName("an API server is let in by its address where the plugin matches that, else the reason is told:")
    void apiServer(String cni, String address, String told) throws IOException {
        Path cluster = Files.writeString(folder.resolve("cluster.yaml"), CLUSTER.formatted(address));
        Path change = Files.writeString(folder.resolve("change.yaml"), SHUT);

        assertThat(CommandRun.of(
                                "check", "--cni", cni, "--manifests", cluster.toString(), "--change", change.toString())
                        .out())
                .contains("cuts the API server from ops/operator:9443")
                .contains(told);
    }
}
