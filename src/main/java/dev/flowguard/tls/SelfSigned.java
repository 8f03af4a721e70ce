package dev.flowguard.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Makes a certificate that vouches for itself, in memory, for whoever has none: good for this machine and for the Service that the
 * manifests install. BouncyCastle builds the certificate, the JDK's own providers do the cryptography; so nothing is registered and
 * nothing outlives the call.
 */
public final class SelfSigned {
    /** How long a certificate is valid from the moment it is made. */
    public static final Duration LIFETIME = Duration.ofDays(90);

    /** Clocks of a cluster's nodes differ; a certificate from the future is refused. */
    private static final Duration CLOCK_SKEW = Duration.ofHours(1);

    private static final String SUBJECT = "CN=flowguard";
    private static final List<String> NAMES =
            List.of("localhost", "flowguard.flowguard-system.svc", "flowguard.flowguard-system.svc.cluster.local");
    private static final List<String> ADDRESSES = List.of("127.0.0.1", "::1");
    private static final int SERIAL_BITS = 159;

    private final Clock clock;

    public SelfSigned(Clock clock) {
        this.clock = clock;
    }

    /** A new key (EC P-256) and its certificate. */
    public ServingCertificate make() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            return new ServingCertificate(pair.getPrivate(), List.of(sign(pair)));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(
                    "This Java runtime cannot make a self-signed EC certificate: " + e.getMessage(), e);
        }
    }

    private X509Certificate sign(KeyPair pair) throws GeneralSecurityException, OperatorCreationException, IOException {
        Instant now = clock.instant();
        X500Name name = new X500Name(SUBJECT);
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name,
                new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(0),
                Date.from(now.minus(CLOCK_SKEW)),
                Date.from(now.plus(LIFETIME)),
                name,
                pair.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        builder.addExtension(Extension.subjectAlternativeName, false, alternativeNames());
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
    }

    private static GeneralNames alternativeNames() {
        return new GeneralNames(Stream.concat(
                        NAMES.stream().map(name -> new GeneralName(GeneralName.dNSName, name)),
                        ADDRESSES.stream().map(address -> new GeneralName(GeneralName.iPAddress, address)))
                .toArray(GeneralName[]::new));
    }
}
