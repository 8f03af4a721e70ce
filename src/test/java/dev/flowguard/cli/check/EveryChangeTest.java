package dev.flowguard.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.feed.Manifests;
import dev.flowguard.testing.CommandRun;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What breaks a flow is often no policy: check --change judges every object, with what --base judges by. */
class EveryChangeTest {
    private static final String CLUSTER = """
            {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {team: shop}}}
            ---
            {apiVersion: v1, kind: Namespace, metadata: {name: data, labels: {team: data}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: orders, namespace: shop}
            spec:
              selector: {matchLabels: {app: orders}}
              template:
                metadata: {labels: {app: orders}}
                spec: {containers: [{name: main, image: orders:1}]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: db, namespace: data}
            spec:
              selector: {matchLabels: {app: db}}
              template:
                metadata: {labels: {app: db}}
                spec: {containers: [{name: main, image: db:1, ports: [{name: sql, containerPort: 5432}]}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: db, namespace: data}
            spec: {selector: {app: db}, ports: [{port: 5432, targetPort: sql}]}
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: db, namespace: data}
            spec:
              podSelector: {matchLabels: {app: db}}
              policyTypes: [Ingress]
              ingress:
              - from: [{namespaceSelector: {matchLabels: {team: shop}}}]
                ports: [{port: 5432}]
            ---
            apiVersion: flowguard.dev/v1alpha1
            kind: FlowContract
            metadata: {name: db, namespace: data}
            spec:
              flows:
              - name: orders-reads
                from: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}, podSelector: {matchLabels: {app: orders}}}
                to: {service: {name: db}}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path cluster;

    @BeforeEach
    void cluster() throws IOException {
        cluster = Files.createDirectory(folder.resolve("base"));
        Files.writeString(cluster.resolve("all.yaml"), CLUSTER);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a Namespace loses its label          | Namespace shop     | {name: shop, labels: {team: shop}} | {name: shop}
        a container port gets another number | Deployment data/db | containerPort: 5432                | containerPort: 5433
        """)
    @DisplayName("a flow that is cut by the change of another object is told with that object, and the check fails:")
    void cuts(String what, String object, String before, String after) throws IOException {
        String changed = java.util.stream.Stream.of(CLUSTER.split("---\n"))
                .filter(document -> document.contains(before))
                .findFirst()
                .orElseThrow()
                .replace(before, after);
        Path change = Files.writeString(folder.resolve("change.yaml"), changed);
        CommandRun run = CommandRun.of("check", "--manifests", cluster.toString(), "--change", change.toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .startsWith("BREAKS    apply " + object)
                .contains("FlowContract data/db, flow orders-reads")
                .contains("blocked on ingress: data/db is isolated by NetworkPolicy data/db");

        Path later = Files.createDirectory(folder.resolve("later"));
        Files.writeString(later.resolve("all.yaml"), CLUSTER.replace(before, after));
        CommandRun compared = CommandRun.of("check", "--base", cluster.toString(), "--manifests", later.toString());
        assertThat(compared.exitCode()).isEqualTo(1);
        assertThat(compared.out()).contains("FlowContract data/db, flow orders-reads");
    }

    @Test
    @DisplayName("a change on which no flow depends breaks nothing")
    void harmless() throws IOException {
        Path change = Files.writeString(
                folder.resolve("change.yaml"), "{apiVersion: v1, kind: Namespace, metadata: {name: other}}");
        CommandRun run = CommandRun.of("check", "--manifests", cluster.toString(), "--change", change.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("APPLIED   apply Namespace other").contains("breaks nothing");
    }

    @Test
    @DisplayName("a contract that cannot be read is told, in text and in JSON")
    void unreadableContract() throws IOException {
        Path change = Files.writeString(folder.resolve("change.yaml"), """
                apiVersion: flowguard.dev/v1alpha1
                kind: FlowContract
                metadata: {name: more, namespace: data}
                spec: {flows: [{name: a, frm: {podSelector: {}}, to: {wellKnown: ClusterDNS}}]}
                """);
        CommandRun text = CommandRun.of("check", "--manifests", cluster.toString(), "--change", change.toString());
        assertThat(text.out()).contains("MISTAKE   FlowContract data/more: spec.flows[0].frm");
        JsonNode json = new JsonMapper()
                .readTree(CommandRun.of(
                                "check", "--manifests", cluster.toString(), "--change", change.toString(), "-o", "json")
                        .out());
        assertThat(json.get("mistakes").toString()).contains("spec.flows[0].frm");
    }

    @Test
    @DisplayName("what an object has and the file never had stays, as kubectl knows from its own annotation")
    void lastApplied() throws IOException {
        String policy = """
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata:
                  name: db
                  namespace: data
                  annotations:
                    kubectl.kubernetes.io/last-applied-configuration: '{"spec": {"podSelector": {"matchLabels": {"app": "old"}}, "ingress": []}}'
                spec:
                  podSelector: {matchLabels: {app: db, kept: by-hand}}
                  policyTypes: [Ingress]
                  ingress: [{from: [{namespaceSelector: {}}]}]
                """;
        ObjectNode live = object(policy);
        ObjectNode file = object("""
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: db, namespace: data}
                spec: {podSelector: {matchLabels: {tier: sql}}, egress: [{}]}
                """);
        JsonNode merged = AppliedManifest.merged(file, live);
        assertThat(merged.at("/spec/policyTypes").toString())
                .as("never in the file")
                .isEqualTo("[\"Ingress\"]");
        assertThat(merged.at("/spec").has("ingress"))
                .as("taken out of the file")
                .isFalse();
        assertThat(merged.at("/spec/podSelector/matchLabels").toString())
                .as("a label that was in the file before goes, and those set by others stay")
                .contains("tier", "kept");
    }

    @Test
    @DisplayName(
            "a policy without policyTypes keeps those that are there; with --replace it has those that its rules give it")
    void policyTypes() throws IOException {
        String policy = """
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: orders, namespace: shop}
                spec: {podSelector: {}, %segress: [%s]}
                """;
        Files.writeString(cluster.resolve("orders.yaml"), policy.formatted("policyTypes: [Egress], ", "{}"));
        Path change = Files.writeString(folder.resolve("change.yaml"), policy.formatted("", ""));

        CommandRun applied = CommandRun.of("check", "--manifests", cluster.toString(), "--change", change.toString());
        CommandRun replaced =
                CommandRun.of("check", "--manifests", cluster.toString(), "--replace", "--change", change.toString());

        assertThat(applied.out()).startsWith("WARNED").contains("blocked on egress by NetworkPolicy shop/orders");
        assertThat(replaced.out()).startsWith("ADMITTED");
    }

    private static ObjectNode object(String yaml) throws IOException {
        return Manifests.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .objects()
                .get(0)
                .source()
                .object();
    }
}
