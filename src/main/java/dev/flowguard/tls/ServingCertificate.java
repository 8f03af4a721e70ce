package dev.flowguard.tls;

import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A private key and the certificates that vouch for it.
 *
 * @param chain the certificate of the key first, then those of its issuers; never empty
 */
public record ServingCertificate(PrivateKey key, List<X509Certificate> chain) {
    private static final Base64.Encoder PEM_LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    public ServingCertificate {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("A serving certificate has at least one certificate.");
        }
    }

    /** The certificate that a client is shown first. */
    public X509Certificate leaf() {
        return chain.get(0);
    }

    /** The chain in PEM, leaf first: what a file {@code tls.crt} holds. */
    public String chainPem() {
        return chain.stream()
                .map(certificate -> pem("CERTIFICATE", encoded(certificate)))
                .collect(Collectors.joining());
    }

    /** The key in PEM (PKCS #8, not encrypted): what a file {@code tls.key} holds. */
    public String keyPem() {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    /** Without the key: this text may end up in a log. */
    @Override
    public String toString() {
        return "certificate for " + leaf().getSubjectX500Principal() + ", valid until "
                + leaf().getNotAfter().toInstant();
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(
                    "The certificate of " + certificate.getSubjectX500Principal() + " has no encoding.", e);
        }
    }

    private static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n" + PEM_LINES.encodeToString(content) + "\n-----END " + label
                + "-----\n";
    }
}
