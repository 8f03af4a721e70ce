package dev.flowguard.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A private key and the certificates that vouch for it.
 *
 * @param chain the certificate of the key first, then those of its issuers; never empty
 */
public record ServingCertificate(PrivateKey key, List<X509Certificate> chain) {
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
        return Pem.of(chain);
    }

    /** The key in PEM (PKCS #8, not encrypted): what a file {@code tls.key} holds. */
    public String keyPem() {
        return Pem.of(key);
    }

    /** Without the key: this text may end up in a log. */
    @Override
    public String toString() {
        return "certificate for " + leaf().getSubjectX500Principal() + ", valid until "
                + leaf().getNotAfter().toInstant();
    }
}
