package dev.flowguard.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flowguard.testing.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One change told by {@code --change} and by {@code --base}: the same flows are newly broken or speak of nothing any more, and both
 * fail or neither does, whatever the kind of the object.
 */
class ChangeAgreesWithBaseTest {
    private static final List<String> CLUSTER = List.of(
            "{apiVersion: v1, kind: Node, metadata: {name: a, labels: {pool: edge}}, spec: {podCIDR: 10.240.0.0/24},"
                    + " status: {addresses: [{type: InternalIP, address: 192.168.50.21}]}}",
            "{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {team: shop}}}",
            "{apiVersion: v1, kind: Namespace, metadata: {name: data, labels: {team: data}}}",
            workload("apps/v1", "Deployment", "orders", "shop", "orders", "web", 8080),
            workload("apps/v1", "StatefulSet", "db", "data", "db", "sql", 5432),
            workload("apps/v1", "DaemonSet", "agent", "shop", "agent", "web", 8080),
            workload("apps/v1", "ReplicaSet", "cache", "data", "cache", "sql", 5432),
            """
                    apiVersion: batch/v1
                    kind: CronJob
                    metadata: {name: night, namespace: shop}
                    spec: {schedule: "0 1 * * *", jobTemplate: {spec: {template: {metadata: {labels: {app: night}}, spec: {containers: [{name: m, image: a}]}}}}}""",
            """
                    apiVersion: batch/v1
                    kind: Job
                    metadata: {name: once, namespace: shop}
                    spec: {template: {metadata: {labels: {app: once}}, spec: {containers: [{name: m, image: a}]}}}""",
            "{apiVersion: v1, kind: Pod, metadata: {name: probe, namespace: shop, labels: {app: probe}},"
                    + " spec: {containers: [{name: m, image: a}]}}",
            "{apiVersion: v1, kind: Service, metadata: {name: db, namespace: data},"
                    + " spec: {selector: {app: db}, ports: [{port: 5432, targetPort: sql}]}}",
            "{apiVersion: v1, kind: Service, metadata: {name: legacy, namespace: data}, spec: {ports: [{port: 1521}]}}",
            """
                    apiVersion: discovery.k8s.io/v1
                    kind: EndpointSlice
                    metadata: {name: legacy-1, namespace: data, labels: {kubernetes.io/service-name: legacy}}
                    addressType: IPv4
                    endpoints: [{addresses: [172.20.0.5]}]
                    ports: [{port: 1521}]""",
            """
                    apiVersion: networking.k8s.io/v1
                    kind: NetworkPolicy
                    metadata: {name: data, namespace: data}
                    spec:
                      podSelector: {}
                      policyTypes: [Ingress]
                      ingress:
                      - from: [{namespaceSelector: {matchLabels: {team: shop}}, podSelector: {matchExpressions: [{key: app, operator: In, values: [orders, agent, night, once, probe]}]}}]
                        ports: [{port: 5432}]""",
            """
                    apiVersion: networking.k8s.io/v1
                    kind: NetworkPolicy
                    metadata: {name: orders, namespace: shop}
                    spec:
                      podSelector: {matchLabels: {app: orders}}
                      policyTypes: [Egress]
                      egress:
                      - to: [{namespaceSelector: {matchLabels: {team: data}}}]
                      - to: [{ipBlock: {cidr: 172.20.0.5/32}}]
                        ports: [{port: 1521}]""",
            """
                    apiVersion: flowguard.dev/v1alpha1
                    kind: FlowContract
                    metadata: {name: data, namespace: data}
                    spec:
                      flows:
                      - {name: orders, from: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}, podSelector: {matchLabels: {name: orders}}}, to: {service: {name: db}}}
                      - {name: agent, from: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}, podSelector: {matchLabels: {name: agent}}}, to: {podSelector: {matchLabels: {app: cache}}}, ports: [{port: 5432}]}
                      - {name: night, from: {namespaceSelector: {}, podSelector: {matchLabels: {app: night}}}, to: {podSelector: {matchLabels: {name: db}}}, ports: [{port: 5432}]}
                      - {name: closed, expect: Blocked, from: {namespaceSelector: {}, podSelector: {matchLabels: {app: stranger}}}, to: {podSelector: {matchLabels: {name: db}}}, ports: [{port: 5432}]}
                      - {name: legacy, from: {namespaceSelector: {}, podSelector: {matchLabels: {app: orders}}}, to: {service: {name: legacy}}}""");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static String workload(
            String version, String kind, String name, String namespace, String app, String port, int number) {
        return """
                apiVersion: %s
                kind: %s
                metadata: {name: %s, namespace: %s}
                spec:
                  selector: {matchLabels: {name: %s}}
                  template:
                    metadata: {labels: {app: %s, name: %s}}
                    spec: {containers: [{name: main, image: a, ports: [{name: %s, containerPort: %d}]}]}""".formatted(version, kind, name, namespace, name, app, name, port, number);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a Namespace loses a label           | kind: Namespace, metadata: {name: shop       | labels: {team: shop}   | labels: {team: shops}  | 1 | agent,night,orders
        a Namespace loses its label, egress | kind: Namespace, metadata: {name: data       | labels: {team: data}   | labels: {}             | 0 | orders
        a Deployment's pods lose a label    | kind: Deployment                             | {app: orders           | {app: order            | 1 | legacy,orders
        a DaemonSet's pods lose a label     | kind: DaemonSet                              | {app: agent            | {app: agents           | 1 | agent
        a CronJob's pods are renamed        | kind: CronJob                                | {app: night}           | {app: nightly}         | 0 | night
        a StatefulSet's port is renamed     | kind: StatefulSet                            | {name: sql,            | {name: psql,           | 0 | orders
        a StatefulSet's port moves          | kind: StatefulSet                            | containerPort: 5432    | containerPort: 5433    | 1 | orders
        a StatefulSet's image changes       | kind: StatefulSet                            | image: a               | image: b               | 0 |
        a ReplicaSet's pods move away       | kind: ReplicaSet                             | {app: cache            | {app: cold             | 0 | agent
        a Job's pods change                 | kind: Job                                    | {app: once}            | {app: twice}           | 0 |
        a Pod becomes a stranger            | kind: Pod                                    | {app: probe}           | {app: stranger}        | 0 |
        a Service leads nowhere             | kind: Service, metadata: {name: db           | selector: {app: db}    | selector: {app: sql}   | 0 | orders
        a Service leads to another port     | kind: Service, metadata: {name: db           | targetPort: sql        | targetPort: 6432       | 1 | orders
        a Service is of another number      | kind: Service, metadata: {name: db           | port: 5432             | port: 15432            | 0 |
        a Service leads elsewhere           | kind: Service, metadata: {name: db           | selector: {app: db}    | selector: {app: cache} | 0 |
        an EndpointSlice gets an address    | kind: EndpointSlice                          | 172.20.0.5             | 172.20.0.6             | 0 | legacy
        a NetworkPolicy loses a peer        | kind: NetworkPolicy\\nmetadata: {name: data   | [orders, agent         | [order, agent          | 1 | orders
        a NetworkPolicy opens               | kind: NetworkPolicy\\nmetadata: {name: data   | [orders, agent         | [stranger, orders, agent | 0 |
        a contract asks for more            | kind: FlowContract                           | {app: stranger}        | {app: probe}           | 0 |
        a contract asks for another port    | kind: FlowContract                           | {app: cache}}}, ports: [{port: 5432}] | {app: cache}}}, ports: [{port: 6379}] | 0 |
        a Node gets a label                 | kind: Node                                   | pool: edge             | pool: core             | 0 |
        """)
    @DisplayName("what a change cuts is the same whether told as a change or as the difference of two states:")
    void agree(String what, String object, String before, String after, int exit, String flows) throws IOException {
        String place = object.replace("\\n", "\n");
        String changed = CLUSTER.stream()
                .filter(document -> document.contains(place))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No object with " + place));
        assertThat(changed).contains(before);
        String replaced = changed.replace(before, after);
        Path base = folder("base", CLUSTER.stream());
        Path later = folder("later", CLUSTER.stream().map(document -> document.equals(changed) ? replaced : document));
        Path change = Files.writeString(folder.resolve("change.yaml"), replaced);

        CommandRun one = CommandRun.of(
                "check", "--manifests", base.toString(), "--replace", "--change", change.toString(), "-o", "json");
        CommandRun other =
                CommandRun.of("check", "--base", base.toString(), "--manifests", later.toString(), "-o", "json");

        Set<String> lost = lost(new JsonMapper().readTree(other.out()));
        assertThat(lost(new JsonMapper().readTree(one.out()))).isEqualTo(lost);
        assertThat(one.exitCode()).isEqualTo(other.exitCode());
        assertThat(lost).containsExactlyInAnyOrder(flows == null ? new String[0] : flows.split(","));
        assertThat(other.exitCode()).isEqualTo(exit);
    }

    @Test
    @DisplayName("a Namespace is deleted with all that is in it, as where a folder has it no more")
    void namespace() throws IOException {
        Path base = folder("base", CLUSTER.stream());
        Path later = folder(
                "later",
                CLUSTER.stream()
                        .filter(document -> !document.contains("namespace: shop")
                                && !document.contains("kind: Namespace, metadata: {name: shop")));

        CommandRun one = CommandRun.of("check", "--manifests", base.toString(), "--delete", "Namespace/shop");
        CommandRun json =
                CommandRun.of("check", "--manifests", base.toString(), "--delete", "Namespace/shop", "-o", "json");
        CommandRun other =
                CommandRun.of("check", "--base", base.toString(), "--manifests", later.toString(), "-o", "json");

        Set<String> lost = lost(new JsonMapper().readTree(other.out()));
        assertThat(lost(new JsonMapper().readTree(json.out()))).isEqualTo(lost).contains("orders", "agent");
        assertThat(one.exitCode()).isEqualTo(other.exitCode());
        assertThat(one.out()).contains("delete Namespace shop with all 6 objects in it");
    }

    @Test
    @DisplayName("what is made again after it was deleted has nothing of what it was")
    void madeAgain() throws IOException {
        Path base = folder("base", CLUSTER.stream());
        Path change = Files.writeString(folder.resolve("again.yaml"), """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: data, namespace: data}
            spec: {podSelector: {}, policyTypes: [Ingress]}
            """);

        CommandRun kept = CommandRun.of("check", "--manifests", base.toString(), "--change", change.toString());
        CommandRun again = CommandRun.of(
                "check", "--manifests", base.toString(), "--delete", "Namespace/data", "--change", change.toString());

        assertThat(kept.out()).contains("update NetworkPolicy data/data");
        assertThat(again.out()).contains("create NetworkPolicy data/data");
    }

    private Path folder(String name, Stream<String> documents) throws IOException {
        Path created = Files.createDirectory(folder.resolve(name));
        Files.writeString(created.resolve("all.yaml"), String.join("\n---\n", documents.toList()));
        return created;
    }

    /** The flows that are newly broken or speak of nothing any more, however it is told. */
    private static Set<String> lost(JsonNode answer) {
        Set<String> names = new TreeSet<>();
        answer.findParents("flow").forEach(flow -> {
            boolean broken = flow.path("effect").asText().equals("NEWLY_BROKEN")
                    || Set.of("flow-newly-broken", "flow-unbound")
                            .contains(flow.path("kind").asText());
            if (broken) {
                names.add(flow.path("flow").asText());
            }
        });
        return names;
    }
}
