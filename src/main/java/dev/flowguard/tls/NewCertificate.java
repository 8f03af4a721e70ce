package dev.flowguard.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
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
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate before it is signed. BouncyCastle builds it, the JDK's own providers do the cryptography; so nothing is registered and
 * nothing outlives the call. Keys are EC P-256.
 *
 * @param subject as in {@code CN=flowguard}
 * @param from from when it is valid, but for an allowance for clocks that differ
 */
record NewCertificate(String subject, Instant from, Duration lifetime, List<String> dnsNames, List<String> addresses) {
    /** Clocks of a cluster's nodes differ; a certificate from the future is refused. */
    private static final Duration CLOCK_SKEW = Duration.ofHours(1);

    private static final String SIGNATURE = "SHA256withECDSA";
    private static final int SERIAL_BITS = 159;

    NewCertificate {
        dnsNames = List.copyOf(dnsNames);
        addresses = List.copyOf(addresses);
    }

    static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime cannot make EC keys: " + e.getMessage(), e);
        }
    }

    /** For a server that vouches for itself. */
    X509Certificate selfSigned(KeyPair keys) {
        return sign(keys.getPublic(), new X500Name(subject), keys.getPrivate(), false, keys.getPublic());
    }

    /** For a CA. */
    X509Certificate ofAuthority(KeyPair keys) {
        return sign(keys.getPublic(), new X500Name(subject), keys.getPrivate(), true, keys.getPublic());
    }

    /** For a server, by a CA. */
    X509Certificate signedBy(X509Certificate authority, PrivateKey authorityKey, PublicKey key) {
        X500Name issuer =
                X500Name.getInstance(authority.getSubjectX500Principal().getEncoded());
        return sign(key, issuer, authorityKey, false, authority.getPublicKey());
    }

    private X509Certificate sign(
            PublicKey key, X500Name issuer, PrivateKey issuerKey, boolean isAuthority, PublicKey issuerPublicKey) {
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(0),
                Date.from(from.minus(CLOCK_SKEW)),
                Date.from(from.plus(lifetime)),
                new X500Name(subject),
                key);
        try {
            JcaX509ExtensionUtils keyIds = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.subjectKeyIdentifier, false, keyIds.createSubjectKeyIdentifier(key));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, keyIds.createAuthorityKeyIdentifier(issuerPublicKey));
            if (isAuthority) {
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
                builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
            } else {
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
                builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
                builder.addExtension(
                        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
                builder.addExtension(Extension.subjectAlternativeName, false, alternativeNames());
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(issuerKey)));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("This Java runtime cannot make an EC certificate: " + e.getMessage(), e);
        }
    }

    private GeneralNames alternativeNames() {
        return new GeneralNames(Stream.concat(
                        dnsNames.stream().map(name -> new GeneralName(GeneralName.dNSName, name)),
                        addresses.stream().map(address -> new GeneralName(GeneralName.iPAddress, address)))
                .toArray(GeneralName[]::new));
    }
}
