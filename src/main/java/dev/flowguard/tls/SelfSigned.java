package dev.flowguard.tls;

import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Makes a certificate that vouches for itself, in memory, for whoever has none: good for this machine and for the Service that the
 * manifests install.
 */
public final class SelfSigned {
    /** How long a certificate is valid from the moment it is made. */
    public static final Duration LIFETIME = Duration.ofDays(90);

    private static final String SUBJECT = "CN=flowguard";
    private static final List<String> NAMES =
            List.of("localhost", "flowguard.flowguard-system.svc", "flowguard.flowguard-system.svc.cluster.local");
    private static final List<String> ADDRESSES = List.of("127.0.0.1", "::1");

    private final Clock clock;

    public SelfSigned(Clock clock) {
        this.clock = clock;
    }

    /** A new key (EC P-256) and its certificate. */
    public ServingCertificate make() {
        KeyPair keys = NewCertificate.keys();
        NewCertificate certificate = new NewCertificate(SUBJECT, clock.instant(), LIFETIME, NAMES, ADDRESSES);
        return new ServingCertificate(keys.getPrivate(), List.of(certificate.selfSigned(keys)));
    }
}
