package dev.flowguard.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flowguard.testing.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("check --base: only what is newly broken fails, whatever it is that changed")
class CheckBaseTest {
    private static final String SHOP = """
        apiVersion: v1
        kind: Namespace
        metadata: {name: shop, labels: {team: shop}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: web}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: db, namespace: shop}
        spec:
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db}}
            spec: {containers: [{name: db, image: db, ports: [{name: sql, containerPort: 5432}]}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: db, namespace: shop}
        spec: {selector: {app: db}, ports: [{port: 5432, targetPort: sql}]}
        """;
    private static final String CONTRACT = """
        ---
        apiVersion: flowguard.dev/v1alpha1
        kind: FlowContract
        metadata: {name: db, namespace: shop}
        spec:
          flows:
          - name: web-reads-db
            from: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}, podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [db]}]}}
            to: {service: {name: db}}
        """;
    private static final String POLICY = """
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: db, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: db}}
          ingress:
          - from: [{podSelector: {matchLabels: {app: web}}}]
            ports: [{port: 5432}]
        """;

    private String out = "";
    private Path base = Path.of("");
    private Path manifests = Path.of("");

    @BeforeEach
    void folders(@TempDir Path folder) throws IOException {
        base = Files.createDirectory(folder.resolve("base"));
        manifests = Files.createDirectory(folder.resolve("new"));
    }

    @Test
    @DisplayName("nothing differs: nothing is said")
    void same() throws IOException {
        assertThat(compare(SHOP + CONTRACT + POLICY, SHOP + CONTRACT + POLICY)).isZero();
        assertThat(out).contains("1 declared flow").endsWith(": 1 as declared\n");
    }

    @Test
    @DisplayName("a policy that cuts the flow fails")
    void policy() throws IOException {
        assertThat(compare(SHOP + CONTRACT, SHOP + CONTRACT + POLICY.replace("app: web", "app: wbe")))
                .isOne();
        assertThat(out).contains("1 newly broken", "create NetworkPolicy shop/db", "to repair it, add to");
    }

    @Test
    @DisplayName("a workload that is relabelled so that the policy no longer admits it fails")
    void relabelled() throws IOException {
        assertThat(compare(SHOP + CONTRACT + POLICY, SHOP.replace("app: web", "app: frontend") + CONTRACT + POLICY))
                .isOne();
        assertThat(out).contains("shop/web -> shop/db:5432/TCP").doesNotContain("changed");
    }

    @Test
    @DisplayName("a port that moves away from under the policy fails")
    void targetPort() throws IOException {
        assertThat(compare(
                        SHOP + CONTRACT + POLICY,
                        SHOP.replace("containerPort: 5432", "containerPort: 6432") + CONTRACT + POLICY))
                .isOne();
        assertThat(out).contains("shop/web -> shop/db:6432/TCP");
    }

    @Test
    @DisplayName("a namespace that loses the label by which it was admitted fails")
    void namespaceLabel() throws IOException {
        String byTeam = POLICY.replace(
                "{podSelector: {matchLabels: {app: web}}}", "{namespaceSelector: {matchLabels: {team: shop}}}");
        assertThat(compare(SHOP + CONTRACT + byTeam, SHOP.replace("team: shop", "team: x") + CONTRACT + byTeam))
                .isOne();
    }

    @Test
    @DisplayName("a flow that was broken before is a note, and a new contract for it a warning")
    void brokenBefore() throws IOException {
        String broken = POLICY.replace("app: web", "app: wbe");
        assertThat(compare(SHOP + CONTRACT + broken, SHOP + CONTRACT + broken)).isZero();
        assertThat(out)
                .contains("1 still broken", "  note          FlowContract shop/db")
                .doesNotContain("matches-nothing");
        assertThat(compare(SHOP + broken, SHOP + CONTRACT + broken)).isZero();
        assertThat(out).contains("1 new and broken", "  warning       FlowContract shop/db");
    }

    @Test
    @DisplayName("a new contract whose traffic the same change cuts fails")
    void newContract() throws IOException {
        assertThat(compare(SHOP, SHOP + CONTRACT + POLICY.replace("app: web", "app: wbe")))
                .isOne();
    }

    @Test
    @DisplayName("a new workload that is not admitted is a warning: nothing is lost")
    void newWorkload() throws IOException {
        String job = "---\n" + SHOP.split("---\n")[1].replace("web", "job");
        assertThat(compare(SHOP + CONTRACT + POLICY, SHOP + job + CONTRACT + POLICY))
                .isZero();
        assertThat(out).contains("1 new and broken", "shop/job -> shop/db:5432/TCP");
    }

    @Test
    @DisplayName("a flow that speaks of nothing any more, or is no longer declared, is told")
    void lost() throws IOException {
        assertThat(compare(
                        SHOP + CONTRACT,
                        SHOP.replace("kind: Service", "kind: Gone").replace("v1\nkind: Gone", "x/v1\nkind: Gone")
                                + CONTRACT))
                .isZero();
        assertThat(out).contains("1 unbound", "there is no Service shop/db");
        assertThat(compare(SHOP + CONTRACT, SHOP)).isZero();
        assertThat(out).contains("1 undeclared");
    }

    @Test
    @DisplayName(
            "for code scanning, a flow that is no longer declared is in the file that declared it, where that is now"
                    + " or would be")
    void placeOfLost() throws IOException {
        compare(SHOP + CONTRACT, SHOP, "-o", "sarif");
        assertThat(places()).containsExactly(manifests.resolve("all.yaml").toUri() + ":1");

        Files.writeString(base.resolve("contracts.yaml"), CONTRACT);
        compare(SHOP, SHOP, "-o", "sarif");
        assertThat(places()).containsExactly(manifests.resolve("contracts.yaml").toUri() + ":1");

        Path elsewhere = Files.createDirectory(manifests.resolveSibling("more"));
        Files.writeString(
                elsewhere.resolve("contracts.yaml"), "{apiVersion: v1, kind: Namespace, metadata: {name: more}}");
        compare(SHOP, SHOP, "--manifests", elsewhere.toString(), "-o", "sarif");
        assertThat(places()).containsExactly(elsewhere.resolve("contracts.yaml").toUri() + ":1");
    }

    @Test
    @DisplayName("compared with a file of another name it is where it was")
    void placeOfLostFile() throws IOException {
        Path before = Files.writeString(base.resolve("before.yaml"), SHOP + CONTRACT);
        Path after = Files.writeString(manifests.resolve("after.yaml"), SHOP);
        run("check", "--base", before.toString(), "--manifests", after.toString(), "-o", "sarif");
        assertThat(places())
                .singleElement()
                .asString()
                .startsWith(before.toUri() + ":")
                .isNotEqualTo(before.toUri() + ":1");
    }

    @Test
    @DisplayName("findings are told of policies that changed, and fail where they are set to Deny")
    void findings() throws IOException {
        String mistyped = POLICY.replace("app: web", "app: wbe");
        assertThat(compare(SHOP, SHOP + mistyped)).isZero();
        assertThat(out).contains("  warning       peer-matches-nothing");
        assertThat(compare(SHOP, SHOP + mistyped, "--findings", "peer-matches-nothing=Deny"))
                .isOne();
        assertThat(out).contains("  DENIED        peer-matches-nothing");
        assertThat(compare(SHOP, SHOP + mistyped, "--findings", "peer-matches-nothing=Off"))
                .isZero();
        assertThat(out).doesNotContain("matches-nothing");
    }

    @Test
    @DisplayName("a base that is not there, a change beside it, and a finding that does not exist are bad input")
    void badInput() throws IOException {
        Files.writeString(manifests.resolve("all.yaml"), SHOP);
        assertThat(run("check", "--base", "no/such", "--manifests", manifests.toString()))
                .isEqualTo(2);
        assertThat(run("check", "--base", base.toString(), "--manifests", manifests.toString(), "--change", "x"))
                .isEqualTo(2);
        assertThat(run("check", "--manifests", manifests.toString(), "--findings", "selects-nothin=Off"))
                .isEqualTo(2);
        assertThat(out).contains("did you mean selects-nothing?");
    }

    private int compare(String before, String after, String... more) throws IOException {
        Files.writeString(base.resolve("all.yaml"), before);
        Files.writeString(manifests.resolve("all.yaml"), after);
        return run(Stream.concat(
                        Stream.of("check", "--base", base.toString(), "--manifests", manifests.toString()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    /** Where each result stands; a result without a place would have code scanning refuse the report. */
    private List<String> places() throws IOException {
        List<String> places = new ArrayList<>();
        for (JsonNode result : new JsonMapper().readTree(out).at("/runs/0/results")) {
            JsonNode place = result.at("/locations/0/physicalLocation");
            places.add(place.at("/artifactLocation/uri").asText() + ":"
                    + place.at("/region/startLine").asText());
        }
        return places;
    }

    private int run(String... arguments) {
        CommandRun run = CommandRun.onTerminal(arguments);
        out = run.out();
        return run.exitCode();
    }
}
