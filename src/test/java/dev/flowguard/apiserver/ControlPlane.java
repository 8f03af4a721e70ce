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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** etcd and kube-apiserver on the loopback interface, with nothing in them. There are no controllers, no nodes and no network. */
final class ControlPlane implements AutoCloseable {
    static final String HOW_TO_GET_IT = "no kube-apiserver and etcd: set KUBEBUILDER_ASSETS to a folder with both"
            + " (setup-envtest use -p path prints one), or fill ~/.kubeapitest";

    private static final String TOKEN = "the-administrator";

    private final Path folder;
    private final int port;
    private final List<Process> processes = new ArrayList<>();

    /** @param binaries the folder that holds both programs */
    ControlPlane(Path binaries, Path folder) throws Exception {
        this.folder = folder;
        this.port = FreePort.find();
        int etcdPort = FreePort.find();
        String etcd = "http://127.0.0.1:" + etcdPort;
        String peers = "http://127.0.0.1:" + FreePort.find();
        start(
                "etcd",
                binaries.resolve("etcd").toString(),
                "--data-dir=" + folder.resolve("etcd"),
                "--listen-client-urls=" + etcd,
                "--advertise-client-urls=" + etcd,
                "--listen-peer-urls=" + peers,
                "--initial-advertise-peer-urls=" + peers,
                "--initial-cluster=default=" + peers,
                "--unsafe-no-fsync");
        Path accountKey = writeKey(folder.resolve("accounts.key"));
        Path tokens = folder.resolve("tokens.csv");
        Files.writeString(tokens, TOKEN + ",admin,admin,\"system:masters\"\n");
        start(
                "kube-apiserver",
                binaries.resolve("kube-apiserver").toString(),
                "--etcd-servers=" + etcd,
                "--cert-dir=" + folder.resolve("certificates"),
                "--bind-address=127.0.0.1",
                "--secure-port=" + port,
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + accountKey,
                "--service-account-signing-key-file=" + accountKey,
                "--service-cluster-ip-range=10.96.0.0/16",
                "--authorization-mode=RBAC",
                "--token-auth-file=" + tokens,
                // Would wait for a controller that makes the default account of each namespace.
                "--disable-admission-plugins=ServiceAccount");
        await("the API server is ready; its log is in " + folder)
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    assertThat(processes).allMatch(Process::isAlive);
                    assertThat(admin().get("/readyz").code()).isEqualTo(200);
                    assertThat(admin().get("/api/v1/namespaces/default").code()).isEqualTo(200);
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

    /** A member of {@code system:masters}. */
    ApiClient admin() throws IOException, GeneralSecurityException {
        return ApiClient.of("https://127.0.0.1:" + port, TOKEN, trust());
    }

    /** A kubeconfig for whoever has the token, with a default namespace. */
    Path kubeconfig(String token, String namespace) throws IOException {
        Path file = folder.resolve("kubeconfig-" + namespace);
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
                """.formatted(port, certificate(), token, namespace));
        return file;
    }

    @Override
    public void close() throws InterruptedException {
        for (int i = processes.size() - 1; i >= 0; i--) {
            processes.get(i).destroyForcibly().waitFor();
        }
    }

    private Path certificate() {
        return folder.resolve("certificates").resolve("apiserver.crt");
    }

    private SSLContext trust() throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(certificate())) {
            return Trust.context(CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList());
        }
    }

    private void start(String name, String... command) throws IOException {
        processes.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
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
