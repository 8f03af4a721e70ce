package dev.flowguard.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Certificates and keys as text (RFC 7468). */
final class Pem {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String KEY = "PRIVATE KEY";

    private Pem() {}

    static String of(Collection<X509Certificate> certificates) {
        return certificates.stream()
                .map(certificate -> block(CERTIFICATE, encoded(certificate)))
                .collect(Collectors.joining());
    }

    /** PKCS #8, not encrypted. */
    static String of(PrivateKey key) {
        return block(KEY, key.getEncoded());
    }

    /** @throws GeneralSecurityException if the text is anything else than certificates */
    static List<X509Certificate> certificates(String text) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)))
                .stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    /** @throws GeneralSecurityException if the text is no EC key in PKCS #8 */
    static PrivateKey key(String text) throws GeneralSecurityException {
        String content =
                text.replaceAll("-----(BEGIN|END) " + KEY + "-----", "").replaceAll("\\s", "");
        try {
            return KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(content)));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("it is not in PEM: " + e.getMessage(), e);
        }
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(
                    "The certificate of " + certificate.getSubjectX500Principal() + " has no encoding.", e);
        }
    }

    private static String block(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n" + LINES.encodeToString(content) + "\n-----END " + label + "-----\n";
    }
}
