package dev.flowguard.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flowguard.testing.FreePort;
import dev.flowguard.tls.Trust;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * One etcd and one or more kube-apiservers on the loopback interface, with nothing in them. There are no controllers and no nodes, and of
 * the network only the way from each API server to the webhook's Service, a {@link NodeProxy}.
 */
final class ControlPlane implements AutoCloseable {
    static final String HOW_TO_GET_IT = "no kube-apiserver and etcd: set KUBEBUILDER_ASSETS to a folder with both"
            + " (setup-envtest use -p path prints one), or fill ~/.kubeapitest";

    private static final String TOKEN = "the-administrator";

    /** An API server of the control plane. */
    private record ApiServer(int port, Path certificate, NodeProxy proxy) {}

    private final Path folder;
    private final List<Process> processes = new ArrayList<>();
    private final List<ApiServer> servers = new ArrayList<>();

    /** @param binaries the folder that holds both programs */
    ControlPlane(Path binaries, Path folder, int apiServers) throws Exception {
        this.folder = folder;
        String etcd = "http://127.0.0.1:" + FreePort.find();
        String peers = "http://127.0.0.1:" + FreePort.find();
        start(new ProcessBuilder(
                binaries.resolve("etcd").toString(),
                "--data-dir=" + folder.resolve("etcd"),
                "--listen-client-urls=" + etcd,
                "--advertise-client-urls=" + etcd,
                "--listen-peer-urls=" + peers,
                "--initial-advertise-peer-urls=" + peers,
                "--initial-cluster=default=" + peers,
                "--unsafe-no-fsync"));
        Path accountKey = writeKey(folder.resolve("accounts.key"));
        Path tokens = folder.resolve("tokens.csv");
        Files.writeString(tokens, TOKEN + ",admin,admin,\"system:masters\"\n");
        for (int each = 0; each < apiServers; each++) {
            startApiServer(binaries.resolve("kube-apiserver"), etcd, accountKey, tokens);
        }
    }

    private void startApiServer(Path program, String etcd, Path accountKey, Path tokens) throws Exception {
        int which = servers.size();
        Path certificates = folder.resolve("certificates-" + which);
        int port = FreePort.find();
        ApiServer server = new ApiServer(port, certificates.resolve("apiserver.crt"), new NodeProxy());
        servers.add(server);
        ProcessBuilder process = new ProcessBuilder(
                program.toString(),
                "--etcd-servers=" + etcd,
                "--cert-dir=" + certificates,
                "--bind-address=127.0.0.1",
                // By which the cluster shows how many there are; nobody calls it.
                "--advertise-address=192.0.2." + (which + 1),
                "--secure-port=" + port,
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + accountKey,
                "--service-account-signing-key-file=" + accountKey,
                "--service-cluster-ip-range=10.96.0.0/16",
                "--authorization-mode=RBAC",
                "--token-auth-file=" + tokens,
                // Would wait for a controller that makes the default account of each namespace.
                "--disable-admission-plugins=ServiceAccount");
        // What is not loopback is the Service.
        process.environment().put("HTTPS_PROXY", server.proxy().url());
        process.environment().put("NO_PROXY", "localhost,127.0.0.1,::1");
        start(process);
        await("the API server is ready; its log is in " + folder)
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    assertThat(processes).allMatch(Process::isAlive);
                    assertThat(admin(which).get("/readyz").code()).isEqualTo(200);
                    assertThat(admin(which).get("/api/v1/namespaces/default").code())
                            .isEqualTo(200);
                });
    }

    /** The folder with the two programs, if this machine has them. */
    static Optional<Path> binaries() throws IOException {
        List<Path> candidates = new ArrayList<>();
        Optional.ofNullable(System.getenv("KUBEBUILDER_ASSETS")).map(Path::of).ifPresent(candidates::add);
        Path kubeApiTest = Path.of(System.getProperty("user.home"), ".kubeapitest", "k8s");
        if (Files.isDirectory(kubeApiTest)) {
            try (Stream<Path> versions = Files.list(kubeApiTest)) {
                versions.sorted(Comparator.reverseOrder()).forEach(candidates::add);
            }
        }
        return candidates.stream()
                .filter(each -> Stream.of("etcd", "kube-apiserver")
                        .allMatch(program -> Files.isExecutable(each.resolve(program))))
                .findFirst();
    }

    /** How many API servers there are. */
    int size() {
        return servers.size();
    }

    /** A member of {@code system:masters}, at one of the API servers, counted on and on. */
    ApiClient admin(int which) throws IOException, GeneralSecurityException {
        ApiServer server = servers.get(which % servers.size());
        return ApiClient.of("https://127.0.0.1:" + server.port(), TOKEN, trust(server));
    }

    /** Which replicas the Service has, as the node of each API server sees it: its own one first, so that they differ. */
    void lead(List<Replica> to) {
        for (int each = 0; each < servers.size(); each++) {
            lead(each, to);
        }
    }

    /** As {@link #lead}, also for the connections that are open. */
    void leadAll(List<Replica> to) throws IOException {
        lead(to);
        for (ApiServer server : servers) {
            server.proxy().hangUp();
        }
    }

    private void lead(int which, List<Replica> to) {
        List<Replica> turned = new ArrayList<>(to);
        if (!turned.isEmpty()) {
            Collections.rotate(turned, -(which % turned.size()));
        }
        servers.get(which).proxy().lead(turned);
    }

    /** A kubeconfig for the administrator at one of the API servers. */
    Path kubeconfig(int which) throws IOException {
        return kubeconfig(which % servers.size(), TOKEN, "default");
    }

    /** A kubeconfig for whoever has the token, with a default namespace. */
    Path kubeconfig(int which, String token, String namespace) throws IOException {
        Path file = folder.resolve("kubeconfig-" + namespace + "-" + which);
        ApiServer server = servers.get(which);
        Files.writeString(file, """
            apiVersion: v1
            kind: Config
            clusters:
            - name: test
              cluster: {server: "https://127.0.0.1:%d", certificate-authority: "%s"}
            users:
            - name: test
              user: {token: "%s"}
            contexts:
            - name: test
              context: {cluster: test, user: test, namespace: %s}
            current-context: test
            """.formatted(server.port(), server.certificate(), token, namespace));
        return file;
    }

    @Override
    public void close() throws InterruptedException, IOException {
        for (int i = processes.size() - 1; i >= 0; i--) {
            processes.get(i).destroyForcibly().waitFor();
        }
        for (ApiServer server : servers) {
            server.proxy().close();
        }
    }

    private static SSLContext trust(ApiServer server) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(server.certificate())) {
            return Trust.context(CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList());
        }
    }

    private void start(ProcessBuilder process) throws IOException {
        processes.add(process.redirectErrorStream(true)
                .redirectOutput(
                        folder.resolve("process-" + processes.size() + ".log").toFile())
                .start());
    }

    private static Path writeKey(Path file) throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        return Files.writeString(file, "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
    }
}
