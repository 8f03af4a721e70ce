package dev.flowguard.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.testing.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A folder as people have it")
class UntidyFolderTest {
    private static final String POD =
            "{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop, labels: {app: web}}}\n";
    private static final String POLICY = """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec: {podSelector: {}}
        """;

    private final Path folder;

    UntidyFolderTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void web() throws IOException {
        given("web.yaml", POD + "---\n" + POLICY);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        Chart.yaml            | {apiVersion: v2, name: web, version: 1.0.0}         | 1 file without a Kubernetes object
        values.yaml           | {kind: DaemonSet, replicas: 2}                      | 1 file without a Kubernetes object
        package.json          | {"name": "web", "scripts": {"build": "x"}}          | 1 file without a Kubernetes object
        tsconfig.json         | {"a": 1, // comment                                 | 1 file that is neither YAML nor JSON
        list.yaml             | [1, 2]                                              | 1 file without a Kubernetes object
        scalar.yaml           | just a remark                                       | 1 file without a Kubernetes object
        workflow.yml          | {on: push, jobs: {build: {steps: []}}}              | 1 file without a Kubernetes object
        broken.yaml           | a: b: c                                             | 1 file that is neither YAML nor JSON
        tpl.yaml              | {apiVersion: v1, kind: Pod, metadata: {name: {{ .Values.name }} }} | 1 template
        loop.yaml             | {%- for a in b %}                                   | 1 template
        envsubst.yaml         | {apiVersion: v1, kind: Pod, metadata: {name: "${NAME}"}} | 1 template
        at.yaml               | {apiVersion: v1, kind: Pod, metadata: {name: @NAME@ }} | 1 template
        angle.yaml            | {apiVersion: v1, kind: Pod, metadata: {name: web-<node> }} | 1 template
        kustomization.yaml    | {resources: [web.yaml]}                             | 1 kustomization
        """)
    @DisplayName("is read without what is no Kubernetes object, of which one line tells")
    void passedOver(String file, String content, String counted) throws IOException {
        given(file, content);
        CommandRun run = check();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("Read 1 namespace, 1 workload and 1 policy from " + folder + "; ");
        assertThat(run.err())
                .startsWith("note: " + folder + ": passed over " + counted
                        + " (--verbose lists them, --strict refuses them)\n");
    }

    @Test
    @DisplayName("is listed with reasons by --verbose, and refused by --strict")
    void listed() throws IOException {
        given("values.yaml", "a: 1");
        assertThat(check("--verbose").err()).contains("\n  values.yaml: holds no Kubernetes object\n");
        CommandRun strict = check("--strict");
        assertThat(strict.exitCode()).isEqualTo(2);
        assertThat(strict.err()).contains("values.yaml: holds no Kubernetes object");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{kind: NetworkPolicy, metadata: {name: a}, spec: {podSelector: {}}}",
                "{apiVersion: networking.k8s.io/v1, metadata: {name: a}, spec: {podSelector: {}}}",
                "{metadata: {name: a}, spec: {podSelector: {}}}",
                "{apiVersion: v1, kind: Pod, metadata: {name: A_b}}",
                "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [{port: http}]}}",
                "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n\tname: tab\n",
            })
    @DisplayName("keeps mistakes in what is meant as an object")
    void mistakes(String object) throws IOException {
        given("wrong.yaml", object);
        CommandRun run = check();
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("wrong.yaml");
    }

    @Test
    @DisplayName("keeps a stray document beside objects a mistake, as kubectl does")
    void beside() throws IOException {
        given("more.yaml", POD.replace("web", "more") + "---\njust a remark\n");
        assertThat(check().err()).contains("more.yaml, document 2, line 3: is no object");
    }

    @Test
    @DisplayName("is not changed by the patches of its kustomizations, and says where -k helps")
    void patches() throws IOException {
        given("overlays/prod/kustomization.yaml", "{resources: [../../web.yaml], patches: [{path: deny.yaml}]}");
        given("overlays/prod/deny.yaml", POLICY.replace("{podSelector: {}}", "{podSelector: {matchLabels: {a: b}}}"));
        CommandRun run = check("-R");
        assertThat(run.out()).startsWith("Read 1 namespace, 1 workload and 1 policy from");
        assertThat(run.err())
                .contains("passed over 1 kustomization, 1 patch or other part of a kustomization")
                .contains(
                        "note: " + folder.resolve("overlays/prod") + " is a kustomization",
                        "; -k " + folder.resolve("overlays/prod") + " reads what it renders to")
                .doesNotContain("replaces");
    }

    @Test
    @DisplayName("may hold objects that a kustomization names; beside none their names are mistakes")
    void named() throws IOException {
        given("ns/namespace.yaml", "{apiVersion: v1, kind: Namespace, metadata: {name: _}}");
        assertThat(check("-R").exitCode()).isEqualTo(2);
        given("ns/kustomization.yaml", "{namespace: shop, resources: [namespace.yaml]}");
        assertThat(check("-R").err()).contains("passed over 1 kustomization, 1 patch or other part of a kustomization");
    }

    @Test
    @DisplayName("may hold charts, of which the templates are passed over whatever they hold, and the CRDs are read")
    void charts() throws IOException {
        given("chart/Chart.yaml", "{apiVersion: v2, name: web}");
        given("chart/templates/sub/policy.yaml", POLICY.replace("name: web", "name: other"));
        given("chart/crds/a.yaml", "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition}");
        assertThat(check("-R", "--verbose").err())
                .contains("passed over 1 template, 1 file without a Kubernetes object:")
                .contains("read what `helm template " + folder.resolve("chart") + "` prints");
    }

    @Test
    @DisplayName("with the same names again and again tells of a few, and of the rest how many")
    void sameNames() throws IOException {
        for (int i = 0; i < 9; i++) {
            given("copy" + i + ".yaml", POLICY.replace("{}", "{matchLabels: {app: v" + i + "}}"));
        }
        assertThat(check().err().lines().filter(line -> line.contains("replaces the one at")))
                .hasSize(3);
        assertThat(check().err())
                .contains("note: and 6 more objects replace one of the same name (--verbose lists them)");
        assertThat(check("--verbose").err().lines().filter(line -> line.contains("replaces the one at")))
                .hasSize(9);
    }

    @Test
    @DisplayName("says so where it holds policies and no workloads")
    void noWorkloads() throws IOException {
        given("web.yaml", POLICY);
        assertThat(check().err()).startsWith("note: no workloads were read, so that policies select nothing");
    }

    @Test
    @DisplayName("says so where nothing is declared, and what to do")
    void nothingDeclared() {
        assertThat(check().out()).contains("\nNothing is declared here", "`flowguard suggest`");
    }

    @Test
    @DisplayName("says what it holds instead where it holds no object at all")
    void nothing() throws IOException {
        Files.delete(folder.resolve("web.yaml"));
        given("kustomization.yaml", "{resources: []}");
        CommandRun run = check();
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("holds no Kubernetes object, only 1 kustomization", "-k " + folder);
    }

    @Test
    @DisplayName("without any object says how to read what programs make, and what is in subfolders")
    void noManifests() throws IOException {
        Files.delete(folder.resolve("web.yaml"));
        given("compose.yaml", "{services: {web: {image: web}}}");
        given("deploy/web.yaml", POD);
        assertThat(check().err())
                .contains(
                        "holds no Kubernetes object, only 1 file without a Kubernetes object; compose.yaml: holds no"
                                + " Kubernetes object",
                        "`helm template CHART | flowguard check -f -`",
                        "; its subfolders are read with -R")
                .doesNotContain("--exclude");
        assertThat(check("-R").exitCode()).isZero();
    }

    private void given(String file, String content) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    private CommandRun check(String... options) {
        return CommandRun.of(Stream.concat(Stream.of("check", "-f", folder.toString()), Arrays.stream(options))
                .toArray(String[]::new));
    }
}
