package dev.flowguard.guide;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flowguard.contract.ImpliedKind;
import dev.flowguard.testing.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of implied flow in every answer of the command line; the webhook's are in {@link OutagesWebhookTest}. */
@DisplayName("An implied flow")
class DoorsOfImpliedFlowsTest {
    private static final Path CASES = Path.of("src/test/resources/cases/outages");
    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, String> FINDINGS =
            Map.of("cluster-dns", "dns-ingress-cut", "kubernetes-api", "kubernetes-api-cut");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static Stream<Arguments> ofState() {
        return each("Off true", "Warn true", "Deny true", "Off false", "Deny false");
    }

    private static Stream<Arguments> ofChange() {
        return each("Warn true", "Deny true");
    }

    private static Stream<Arguments> each(String... levels) {
        return Stream.of(ImpliedKind.values())
                .flatMap(kind -> Stream.of(levels)
                        .map(level -> Arguments.of(
                                kind.id(), level.substring(0, level.indexOf(' ')), level.endsWith("true"))));
    }

    @ParameterizedTest(name = "{0}={1}, for the cluster {2}")
    @MethodSource("ofState")
    @DisplayName("that policies in force cut is told by check in text, JSON and SARIF as gravely as its level says:")
    void state(String kind, String level, boolean everywhere) throws IOException {
        assertTold(kind, level, check(kind, level, everywhere, "--manifests"));
    }

    @ParameterizedTest(name = "{0}={1}, for the cluster {2}")
    @MethodSource("ofChange")
    @DisplayName("that a change cuts is told by check --change in text, JSON and SARIF as gravely as its level says:")
    void change(String kind, String level, boolean everywhere) throws IOException {
        List<String> line = check(kind, level, everywhere, "--change");
        assertTold(kind, level, line);
        if (level.equals("Deny")) {
            assertThat(run(line).out()).contains("breaks 1 implied flow").doesNotContain("declared flow");
        }
    }

    /** @param reading the option that takes the policies that cut */
    private List<String> check(String kind, String level, boolean everywhere, String reading) throws IOException {
        List<String> line = new ArrayList<>(List.of("check"));
        line.addAll(cluster(kind, level, everywhere));
        line.addAll(List.of(reading, CASES.resolve(kind + ".yaml").toString()));
        return line;
    }

    private static void assertTold(String kind, String level, List<String> line) throws IOException {
        boolean told = !level.equals("Off");
        String source = "implied by " + by(kind);
        // Where a finding says the same of a change, text and JSON say it once, by the finding, unless the flow
        // refuses.
        boolean byFinding = line.contains("--change") && level.equals("Warn") && FINDINGS.containsKey(kind);
        String inWords = byFinding ? FINDINGS.get(kind) : source;

        CommandRun text = run(line);
        CommandRun json = run(line, "-o", "json");
        CommandRun sarif = run(line, "-o", "sarif");

        for (CommandRun each : List.of(text, json, sarif)) {
            assertThat(each.exitCode()).isEqualTo(level.equals("Deny") ? 1 : 0);
        }
        if (told) {
            assertThat(text.out()).contains(inWords);
            assertThat(json.out()).contains(inWords);
        } else {
            assertThat(text.out()).doesNotContain("  (implied by", "(" + source);
            assertThat(json.out()).doesNotContain("\"" + source);
        }
        List<String> levels = new ArrayList<>();
        for (JsonNode result : JSON.readTree(sarif.out()).at("/runs/0/results")) {
            if (result.path("ruleId").asText().startsWith("flow-")
                    && result.toString().contains(source)) {
                levels.add(result.path("level").asText());
            }
        }
        assertThat(levels).isEqualTo(told ? List.of(level.equals("Deny") ? "error" : "warning") : List.of());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        cluster-dns       | shop/web                               | service/kube-system/kube-dns              | 53/UDP
        admission-webhook | 172.18.0.2                             | service/cert-manager/cert-manager-webhook | 443
        kubernetes-api    | cert-manager/cert-manager              | service/default/kubernetes                | 443
        metrics           | monitoring/prometheus-k8s              | service/kube-system/kube-dns              | 9153
        ingress           | ingress-nginx/ingress-nginx-controller | service/shop/web                          | 80
        """)
    @DisplayName("is what explain says implies the traffic, in text and JSON:")
    void explained(String kind, String from, String to, String port) throws IOException {
        List<String> line = List.of(
                "explain",
                "--manifests",
                CASES.resolve("cluster.yaml").toString(),
                "--from",
                from,
                "--to",
                to,
                "--port",
                port);

        assertThat(run(line).out()).endsWith("needed: implied by " + by(kind) + "\n");
        assertThat(JSON.readTree(run(line, "-o", "json").out())
                        .path("impliedBy")
                        .toString())
                .isEqualTo("[\"" + by(kind) + "\"]");
        assertThat(run(line, "--implied", kind + "=Off").out()).doesNotContain("needed");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        cluster-dns       | shop         | to: {wellKnown: ClusterDNS}
        admission-webhook | cert-manager | from: {wellKnown: KubernetesAPI}
        kubernetes-api    | cert-manager | to: {wellKnown: KubernetesAPI}
        metrics           | kube-system  | ports: [{protocol: TCP, port: 9153}]
        ingress           | shop         | to: {service: {name: web}}
        """)
    @DisplayName("is written by suggest as a flow with a comment that says why, and what it writes holds:")
    void suggested(String kind, String namespace, String part) throws IOException {
        List<String> line =
                List.of("suggest", "--manifests", CASES.resolve("cluster.yaml").toString(), "-n", namespace);

        String written = run(line).out();

        assertThat(flowFor(kind, written)).contains(part);
        assertThat(run(line, "--implied", kind + "=Off").out()).doesNotContain("implied by " + by(kind));
        Path contracts = Files.writeString(folder.resolve("suggested.yaml"), written);
        assertThat(CommandRun.of(
                                "check",
                                "--manifests",
                                CASES.resolve("cluster.yaml").toString(),
                                "--manifests",
                                contracts.toString())
                        .out())
                .doesNotContain("broken", "unbound", "undetermined");
    }

    /** The lines of that flow. */
    private static String flowFor(String kind, String contracts) {
        String comment = "# implied by " + by(kind) + "\n";
        assertThat(contracts).contains(comment);
        String rest = contracts.substring(contracts.indexOf(comment) + comment.length());
        int next = rest.indexOf("- name:");
        return next < 0 ? rest : rest.substring(0, next);
    }

    /** The cluster without contracts, with that level. */
    private List<String> cluster(String kind, String level, boolean everywhere) throws IOException {
        Path cluster = CASES.resolve("cluster.yaml");
        if (everywhere) {
            return List.of("--manifests", cluster.toString(), "--implied", kind + "=" + level);
        }
        String namespace = kind.equals("ingress")
                ? "shop"
                : kind.equals("metrics") || kind.equals("cluster-dns") ? "kube-system" : "cert-manager";
        Path annotated = Files.writeString(
                folder.resolve("cluster.yaml"),
                Files.readString(cluster)
                        .replace(
                                "kind: Namespace, metadata: {name: " + namespace + ",",
                                "kind: Namespace, metadata: {name: " + namespace
                                        + ", annotations: {flowguard.dev/implied: " + kind + "=" + level + "},"));
        return List.of("--manifests", annotated.toString());
    }

    private static String by(String kind) {
        return switch (kind) {
            case "cluster-dns" -> "Service kube-system/kube-dns";
            case "admission-webhook" -> "ValidatingWebhookConfiguration cert-manager-webhook";
            case "kubernetes-api" -> "ClusterRoleBinding cert-manager-controller-issuers";
            case "metrics" -> "ServiceMonitor monitoring/coredns";
            default -> "Ingress shop/web";
        };
    }

    private static CommandRun run(List<String> line, String... options) {
        return CommandRun.of(Stream.concat(line.stream(), Stream.of(options)).toArray(String[]::new));
    }
}
