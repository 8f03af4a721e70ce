package dev.flowguard.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code certs/make.sh}, run by the shell and judged by the JDK. */
@DisplayName("certs/make.sh")
class CertificateScriptTest {
    private static final Path SCRIPT = Path.of("certs/make.sh").toAbsolutePath();
    private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";
    private static final int KEY_CERT_SIGN = 5;
    private static final int DNS = 2;
    private static final int ADDRESS = 7;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @BeforeAll
    static void needsOpenssl() {
        assumeTrue(
                Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "openssl"))),
                "skipped: openssl is not on the PATH");
    }

    @Test
    @DisplayName("makes a CA that may sign, and a serving certificate that it vouches for")
    void chain() throws Exception {
        run();
        X509Certificate ca = certificate("ca.crt");
        X509Certificate serving = certificate("tls.crt");
        PKIXParameters trust = new PKIXParameters(Set.of(new TrustAnchor(ca, null)));
        trust.setRevocationEnabled(false);
        CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(serving));
        CertPathValidator.getInstance("PKIX").validate(path, trust);
        ca.verify(ca.getPublicKey());
        assertThat(ca.getBasicConstraints()).as("signs servers, no other CA").isZero();
        assertThat(ca.getKeyUsage()[KEY_CERT_SIGN]).isTrue();
        assertThat(serving.getBasicConstraints()).as("no CA").isEqualTo(-1);
        assertThat(serving.getExtendedKeyUsage()).containsExactly(SERVER_AUTHENTICATION);
        for (X509Certificate each : List.of(ca, serving)) {
            assertThat(((ECPublicKey) each.getPublicKey())
                            .getParams()
                            .getCurve()
                            .getField()
                            .getFieldSize())
                    .isEqualTo(256);
        }
    }

    @Test
    @DisplayName("names the Service that the manifests install, and this machine")
    void names() throws Exception {
        run();
        String service = Installation.of("default")
                .get("Service", "flowguard")
                .at("/metadata/name")
                .asText();
        String host = service + "." + Installation.NAMESPACE + ".svc";
        assertThat(certificate("tls.crt").getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(
                        List.of(DNS, host),
                        List.of(DNS, host + ".cluster.local"),
                        List.of(DNS, "localhost"),
                        List.of(ADDRESS, "127.0.0.1"),
                        List.of(ADDRESS, "0:0:0:0:0:0:0:1"));
    }

    @Test
    @DisplayName("is valid from now, as long as asked")
    void dates() throws Exception {
        run("-c", "20", "-l", "10");
        assertThat(lifetime(certificate("ca.crt"))).isEqualTo(Duration.ofDays(20));
        assertThat(lifetime(certificate("tls.crt"))).isEqualTo(Duration.ofDays(10));
        assertThat(certificate("tls.crt").getNotBefore().toInstant()).isBeforeOrEqualTo(Instant.now());
    }

    @Test
    @DisplayName("makes keys that belong to the certificates, for the owner only")
    void keys() throws Exception {
        run();
        for (String name : List.of("ca", "tls")) {
            assertThat(belongTogether(key(name + ".key"), certificate(name + ".crt")))
                    .as(name)
                    .isTrue();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name + ".key"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    @DisplayName("run again, keeps the CA and makes a new serving certificate")
    void renewal() throws Exception {
        run();
        X509Certificate ca = certificate("ca.crt");
        X509Certificate serving = certificate("tls.crt");
        run();
        assertThat(certificate("ca.crt")).isEqualTo(ca);
        assertThat(certificate("tls.crt").getSerialNumber()).isNotEqualTo(serving.getSerialNumber());
        certificate("tls.crt").verify(ca.getPublicKey());
    }

    @Test
    @DisplayName("prints the commands that come next, with the CA for both webhooks")
    void nextCommands() throws Exception {
        String output = run().output();
        String bundle = Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve("ca.crt")));
        assertThat(output)
                .contains("create secret tls flowguard-serving")
                .contains("/webhooks/0/clientConfig/caBundle\", \"value\": \"" + bundle + "\"")
                .contains("/webhooks/1/clientConfig/caBundle\", \"value\": \"" + bundle + "\"")
                .contains("-Dquarkus.tls.webhook.key-store.pem.0.cert=\"" + folder.toRealPath() + "/tls.crt\"");
        assertThat(Installation.of("provided-certificate")
                        .deployment()
                        .at("/spec/template/spec/volumes")
                        .findValuesAsText("secretName"))
                .containsExactly("flowguard-serving");
    }

    @Test
    @DisplayName("refuses half a CA, names that are none, and days that are none, with a sentence and exit code 2")
    void badInput() throws Exception {
        assertThat(run("-n", "a.b").output()).contains("\"a.b\" is not a DNS label");
        assertThat(run("-s", "x'y").exitCode()).isEqualTo(2);
        assertThat(run("-l", "0").output()).contains("\"0\" is not a number of days");
        assertThat(run("now").output()).contains("\"now\" is not an option");
        run();
        Files.delete(folder.resolve("ca.key"));
        Run without = run();
        assertThat(without.exitCode()).isEqualTo(2);
        assertThat(without.output()).contains("there is only one of ca.key and ca.crt");
    }

    private record Run(int exitCode, String output) {}

    private Run run(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", SCRIPT.toString(), "-d", folder.toString()));
        command.addAll(Arrays.asList(options));
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("in time").isTrue();
            return new Run(process.exitValue(), Files.readString(output));
        } finally {
            process.destroyForcibly();
        }
    }

    private X509Certificate certificate(String file) throws Exception {
        try (InputStream stream = Files.newInputStream(folder.resolve(file))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(stream);
        }
    }

    private PrivateKey key(String file) throws Exception {
        String pem = Files.readString(folder.resolve(file));
        String body = pem.replaceAll("-----[A-Z ]+-----|\\s", "");
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
    }

    private static boolean belongTogether(PrivateKey key, X509Certificate certificate) throws Exception {
        byte[] text = {1, 2, 3};
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key);
        signature.update(text);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(text);
        return signature.verify(signed);
    }

    private static Duration lifetime(X509Certificate certificate) {
        return Duration.between(
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }
}
