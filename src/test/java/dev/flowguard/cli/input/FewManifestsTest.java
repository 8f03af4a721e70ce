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
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Commands on a few manifests")
class FewManifestsTest {
    private static final String PODS = """
        {apiVersion: v1, kind: Pod, metadata: {name: client, namespace: shop, labels: {app: client}},
         status: {podIPs: [{ip: 10.0.0.1}, {ip: "fd00::1"}]}}
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: server, namespace: shop, labels: {app: server}},
         status: {podIPs: [{ip: 10.0.0.2}, {ip: "fd00::2"}]}}
        """;

    /** Lets traffic out over one family only. */
    private static final String OVER_IPV4 = """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: over-ipv4, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: client}}
          policyTypes: [Egress]
          egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0}}]}]
        """;

    private static final String CONTRACT = """
        apiVersion: flowguard.dev/v1alpha1
        kind: FlowContract
        metadata: {name: shop, namespace: shop}
        spec:
          flows:
            - name: client-calls-server
              from: {podSelector: {matchLabels: {app: client}}}
              to: {podSelector: {matchLabels: {app: server}}}
              ports: [{port: 80}]
        """;

    private final Path folder;
    private final Path changes;
    private int files;

    FewManifestsTest(@TempDir Path folder, @TempDir Path changes) {
        this.folder = folder;
        this.changes = changes;
    }

    @BeforeEach
    void pods() throws IOException {
        given(PODS);
    }

    @Nested
    @DisplayName("whose Namespace objects are not among them")
    class AssumedNamespaces {
        @Test
        @DisplayName("are judged by the namespaces' names, and nothing is said where no other label counts")
        void byName() throws IOException {
            given(CONTRACT);
            assertThat(check().err()).isEmpty();
        }

        @Test
        @DisplayName("get a note where namespaces are selected by another label")
        void byLabel() throws IOException {
            given("""
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: by-team, namespace: shop}
                spec:
                  podSelector: {}
                  ingress: [{from: [{namespaceSelector: {matchLabels: {team: a}}}]}]
                """);
            assertThat(check().err())
                    .isEqualTo("note: no Namespace object was read of shop: judged as if without label team, by which"
                            + " namespaces are selected\n");
            given("{apiVersion: v1, kind: Namespace, metadata: {name: shop}}");
            assertThat(check().err()).isEmpty();
        }

        @Test
        @DisplayName("get a note where only a policy is known of one that is called nearly like another")
        void misspelt() throws IOException {
            given(OVER_IPV4.replace("namespace: shop", "namespace: shpo"));
            assertThat(check().err())
                    .isEqualTo("note: the DNS of the cluster is not here: taken to be Service kube-system/kube-dns with"
                            + " pods k8s-app=kube-dns on port 53; --dns says otherwise\n"
                            + "note: nothing but NetworkPolicy shpo/over-ipv4 is known of namespace shpo; did you"
                            + " mean \"shop\"?\n");
        }
    }

    @Nested
    @DisplayName("whose DNS is not among them")
    class NoDns {
        private static final String TO_KUBE_SYSTEM = """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: out, namespace: shop}
            spec:
              podSelector: {}
              policyTypes: [Egress]
              egress: [{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}}], ports: [{protocol: UDP, port: 53}, {port: 53}]}]
            """;

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: a, namespace: kube-system},"
                            + " roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: a}}",
                    "{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: agent, namespace: kube-system}, spec: {selector: {matchLabels: {app: agent}},"
                            + " template: {metadata: {labels: {app: agent}}, spec: {hostNetwork: true, containers: [{name: agent}]}}}}"
                })
        @DisplayName("have the usual one, whatever else of theirs is in kube-system")
        void beside(String object) throws IOException {
            given(object);
            given(TO_KUBE_SYSTEM);
            CommandRun run = check();
            assertThat(run.err())
                    .contains("note: the DNS of the cluster is not here: taken to be Service kube-system/kube-dns");
            assertThat(run.out()).doesNotContain("warning", "error");
            given(TO_KUBE_SYSTEM.replace("port: 53", "port: 54"));
            assertThat(check().out())
                    .contains("dns-egress-cut: NetworkPolicy shop/out: cuts off client and server from DNS");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{apiVersion: v1, kind: Namespace, metadata: {name: kube-system}}",
                    "{apiVersion: v1, kind: Service, metadata: {name: names, namespace: kube-system}, spec: {selector: {app: names}, ports: [{port: 53, protocol: UDP}]}}",
                    "{apiVersion: v1, kind: Pod, metadata: {name: names, namespace: kube-system, labels: {k8s-app: kube-dns}}}",
                    "{apiVersion: v1, kind: Pod, metadata: {name: names, namespace: openshift-dns}, spec: {containers: [{name: names, ports: [{containerPort: 53, name: dns, protocol: UDP}]}]}}"
                })
        @DisplayName("have none assumed where what may be it is read, or its namespace is")
        void seen(String object) throws IOException {
            given(object);
            given(TO_KUBE_SYSTEM);
            assertThat(check().err()).doesNotContain("the DNS of the cluster is not here");
        }
    }

    @Nested
    @DisplayName("with two address families, of which a policy is for one,")
    class TwoFamilies {
        @Test
        @DisplayName("are explained for each")
        void explained() throws IOException {
            given(OVER_IPV4);
            CommandRun run = explain("shop/server", "--port", "80", "--cni", "calico");
            assertThat(run.out().lines())
                    .contains(
                            "ALLOWED  shop/client -> shop/server:80/TCP, over IPv4",
                            "BLOCKED  shop/client -> shop/server:80/TCP, over IPv6");
        }

        @Test
        @DisplayName("are explained once where both are treated alike")
        void explainedOnce() {
            assertThat(explain("shop/server", "--port", "80").out().lines())
                    .containsOnlyOnce("ALLOWED  shop/client -> shop/server:80/TCP");
        }

        @Test
        @DisplayName("get a refusal that names the one that is cut")
        void refused() throws IOException {
            given(CONTRACT);
            CommandRun run = check("--cni", "calico", "--change", change(OVER_IPV4));
            assertThat(run.exitCode()).isOne();
            assertThat(run.out())
                    .contains("blocked on egress: shop/client is isolated by NetworkPolicy shop/over-ipv4 and no rule"
                            + " leads to app=server in namespace shop on 80/TCP over IPv6\n");
        }
    }

    @Nested
    @DisplayName("and a Service that is only another name in DNS")
    class ExternalName {
        @BeforeEach
        void alias() throws IOException {
            given("""
                apiVersion: v1
                kind: Service
                metadata: {name: db, namespace: shop}
                spec: {type: ExternalName, externalName: db.example.com}
                """);
        }

        @Test
        @DisplayName("tell so where a contract names it")
        void unbound() throws IOException {
            given(CONTRACT.replace("{podSelector: {matchLabels: {app: server}}}", "{service: {name: db}}"));
            assertThat(check().out())
                    .contains(
                            "1 unbound",
                            "to: Service shop/db is an ExternalName, another name in DNS for"
                                    + " db.example.com; name the Service or the cidr that it leads to");
        }

        @Test
        @DisplayName("tell so where one asks for it")
        void asked() {
            CommandRun run = explain("shop/db");
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err())
                    .contains("Service shop/db is an ExternalName, another name in DNS for db.example.com");
        }
    }

    @Test
    @DisplayName("tell what a contract probably meant")
    void nearest() throws IOException {
        given("""
            {apiVersion: v1, kind: Service, metadata: {name: orders, namespace: shop},
             spec: {selector: {app: server}, ports: [{port: 80}]}}
            """);
        given(CONTRACT.replace("{podSelector: {matchLabels: {app: server}}}", "{service: {name: order}}"));
        String advice = "to: there is no Service order in shop; did you mean orders?";
        assertThat(check().out()).contains(advice);
        assertThat(check("-o", "json").out()).contains(advice);
        assertThat(check("-o", "markdown").out()).contains(advice);
    }

    @Test
    @DisplayName("tell of a port's name on a sidecar, where a network plugin does not look for names")
    void namedPortOfSidecar() throws IOException {
        given("""
            apiVersion: v1
            kind: Pod
            metadata: {name: server, namespace: shop, labels: {app: server}}
            spec:
              initContainers: [{name: proxy, restartPolicy: Always, ports: [{name: web, containerPort: 80}]}]
              containers: [{name: server}]
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: web, namespace: shop}
            spec:
              podSelector: {matchLabels: {app: server}}
              ingress: [{ports: [{port: web}]}]
            """);
        assertThat(explain("shop/server", "--port", "80", "--cni", "calico").out())
                .startsWith("ALLOWED");
        assertThat(explain("shop/server", "--port", "80", "--cni", "kindnet").out())
                .startsWith("BLOCKED")
                .contains(
                        "not 80/TCP: shop/server declares that name on an init container or sidecar, where the network"
                                + " plugin does not look");
    }

    @Test
    @DisplayName("are found by a kind before a name, as kubectl takes it")
    void kindWithoutNamespace() {
        assertThat(explain("pod/server", "--port", "80").out()).startsWith("ALLOWED  shop/client -> shop/server");
        assertThat(explain("po/server", "-n", "shop", "--port", "80").exitCode())
                .isZero();
        assertThat(explain("svc/server").err()).contains("namespace shop has no Service server");
    }

    private void given(String manifest) throws IOException {
        write(folder, manifest);
    }

    private String change(String manifest) throws IOException {
        return write(changes, manifest).toString();
    }

    /** What is written later is read later, and so replaces what has the same name. */
    private Path write(Path folder, String manifest) throws IOException {
        return Files.writeString(folder.resolve(files++ + ".yaml"), manifest);
    }

    private CommandRun check(String... options) {
        return run("check", options);
    }

    private CommandRun explain(String to, String... options) {
        return run(
                "explain",
                Stream.concat(Stream.of("--from", "shop/client", "--to", to), Arrays.stream(options))
                        .toArray(String[]::new));
    }

    private CommandRun run(String command, String... options) {
        return CommandRun.of(Stream.concat(Stream.of(command, "--manifests", folder.toString()), Arrays.stream(options))
                .toArray(String[]::new));
    }
}
