package dev.flowguard.tls;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/** A CA of Flowguard's own: it vouches for serving certificates and for nothing else. */
record CertificateAuthority(PrivateKey key, X509Certificate certificate) {
    static final Duration LIFETIME = Duration.ofDays(5 * 365);

    private static final String SUBJECT = "CN=flowguard-ca-";
    private static final int SUFFIX_BYTES = 8;

    /** Each has a name of its own, so that nobody takes one for the other while two are trusted. */
    static CertificateAuthority make(Instant now) {
        KeyPair keys = NewCertificate.keys();
        byte[] suffix = new byte[SUFFIX_BYTES];
        new SecureRandom().nextBytes(suffix);
        String subject = SUBJECT + HexFormat.of().formatHex(suffix);
        NewCertificate certificate = new NewCertificate(subject, now, LIFETIME, List.of(), List.of());
        return new CertificateAuthority(keys.getPrivate(), certificate.ofAuthority(keys));
    }

    /** A new key and its certificate, for a server of those names. */
    ServingCertificate issue(List<String> dnsNames, Instant now) {
        KeyPair keys = NewCertificate.keys();
        X509Certificate leaf = new NewCertificate("CN=flowguard", now, SelfSigned.LIFETIME, dnsNames, List.of())
                .signedBy(certificate, key, keys.getPublic());
        return new ServingCertificate(keys.getPrivate(), List.of(leaf));
    }

    boolean hasIssued(ServingCertificate certificate) {
        return certificate.leaf().getIssuerX500Principal().equals(this.certificate.getSubjectX500Principal());
    }

    /** Without the key: this text may end up in a log. */
    @Override
    public String toString() {
        return certificate.getSubjectX500Principal() + ", valid until "
                + certificate.getNotAfter().toInstant();
    }
}
