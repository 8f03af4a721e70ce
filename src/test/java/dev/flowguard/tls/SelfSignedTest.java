package dev.flowguard.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Security;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class SelfSignedTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    private final SelfSigned selfSigned = new SelfSigned(Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void isValidFromAnHourAgoForNinetyDays() {
        X509Certificate leaf = selfSigned.make().leaf();

        assertThat(leaf.getNotBefore().toInstant()).isEqualTo(NOW.minus(Duration.ofHours(1)));
        assertThat(leaf.getNotAfter().toInstant()).isEqualTo(NOW.plus(Duration.ofDays(90)));
    }

    @Test
    void isGoodForThisMachineAndForTheServiceInTheCluster() throws Exception {
        assertThat(selfSigned.make().leaf().getSubjectAlternativeNames())
                .extracting(name -> String.valueOf(name.get(1)))
                .containsExactly(
                        "localhost",
                        "flowguard.flowguard-system.svc",
                        "flowguard.flowguard-system.svc.cluster.local",
                        "127.0.0.1",
                        "0:0:0:0:0:0:0:1");
    }

    @Test
    void servesAndNothingElse() throws Exception {
        X509Certificate leaf = selfSigned.make().leaf();

        assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(leaf.getKeyUsage()).startsWith(true).containsOnlyOnce(true);
        assertThat(leaf.getBasicConstraints()).as("not an authority").isEqualTo(-1);
    }

    @Test
    void isSignedByItsOwnKeyOnP256() throws Exception {
        X509Certificate leaf = selfSigned.make().leaf();

        leaf.verify(leaf.getPublicKey());
        assertThat(((ECPublicKey) leaf.getPublicKey()).getParams().getOrder().bitLength())
                .isEqualTo(256);
    }

    @Test
    void everyCertificateHasItsOwnKeyAndNumber() {
        X509Certificate one = selfSigned.make().leaf();
        X509Certificate other = selfSigned.make().leaf();

        assertThat(one.getSerialNumber()).isPositive().isNotEqualTo(other.getSerialNumber());
        assertThat(one.getPublicKey()).isNotEqualTo(other.getPublicKey());
    }

    @Test
    void pemCanBeReadBack() throws Exception {
        ServingCertificate made = selfSigned.make();

        assertThat(CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(made.chainPem().getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo(made.leaf());
        String key = made.keyPem().replaceAll("-----(BEGIN|END) PRIVATE KEY-----|\n", "");
        assertThat(KeyFactory.getInstance("EC")
                        .generatePrivate(
                                new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key))))
                .isEqualTo(made.key());
    }

    @Test
    void theKeyIsNotInTheTextOfALog() {
        ServingCertificate made = selfSigned.make();

        assertThat(made.toString())
                .contains("CN=flowguard")
                .doesNotContain("key")
                .doesNotContain("BEGIN");
    }

    @Test
    void noSecurityProviderIsRegistered() {
        selfSigned.make();

        assertThat(Security.getProvider("BC")).isNull();
    }
}
