package dev.flowguard.tls;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The certificate of this replica, by a CA that all replicas share and that the API server is told to trust. Each round brings all of
 * it up to date. At no moment is a certificate shown that the API server has not been told to trust for a while, if there was one
 * before that it trusts.
 */
final class SelfManagedCertificates {
    /** How long the API server may need to notice a change of its webhook configurations. */
    static final Duration NOTICE = Duration.ofSeconds(60);

    private static final Logger LOG = Logger.getLogger(SelfManagedCertificates.class);

    private final SharedAuthorities shared;
    private final CaBundle bundle;
    private final List<String> dnsNames;
    private final Consumer<ServingCertificate> port;
    private final Clock clock;
    private @Nullable ServingCertificate shown;

    /** The CA that has been seen published, and since when. */
    private @Nullable X509Certificate seen;

    private Instant seenSince = Instant.EPOCH;

    /**
     * @param dnsNames of the server, as the API server calls it
     * @param port shows the certificate to clients from now on
     */
    SelfManagedCertificates(
            SharedAuthorities shared,
            CaBundle bundle,
            List<String> dnsNames,
            Consumer<ServingCertificate> port,
            Clock clock) {
        this.shared = shared;
        this.bundle = bundle;
        this.dnsNames = List.copyOf(dnsNames);
        this.port = port;
        this.clock = clock;
    }

    /**
     * One round.
     *
     * @return whether there is a webhook configuration that could be told whom to trust
     * @throws io.fabric8.kubernetes.client.KubernetesClientException if the API server does not let us; nothing is lost, and the next
     *     round makes up for it
     */
    boolean renew() {
        Instant now = clock.instant();
        List<X509Certificate> published = bundle.published();
        Authorities authorities = shared.current(now, published);
        boolean isPublished = bundle.publish(authorities.trusted());
        CertificateAuthority signing = authorities.signing();
        boolean isNoticed = isNoticed(signing.certificate(), published, now);
        @Nullable ServingCertificate current = shown;
        if (current == null
                || needsSuccessor(current, signing, now)
                        && (isNoticed || signing.hasIssued(current) || !isTrusted(current, published, now))) {
            show(signing.issue(dnsNames, now));
        }
        return isPublished;
    }

    private static boolean needsSuccessor(ServingCertificate current, CertificateAuthority signing, Instant now) {
        return !signing.hasIssued(current) || Lifetime.isDue(current.leaf(), now);
    }

    private boolean isNoticed(X509Certificate authority, List<X509Certificate> published, Instant now) {
        if (!published.contains(authority)) {
            seen = null;
            return false;
        }
        if (!authority.equals(seen)) {
            seen = authority;
            seenSince = now;
        }
        return !now.isBefore(seenSince.plus(NOTICE));
    }

    private static boolean isTrusted(ServingCertificate current, List<X509Certificate> published, Instant now) {
        return !Lifetime.isOver(current.leaf(), now)
                && published.stream()
                        .anyMatch(authority -> authority
                                .getSubjectX500Principal()
                                .equals(current.leaf().getIssuerX500Principal()));
    }

    private void show(ServingCertificate certificate) {
        port.accept(certificate);
        shown = certificate;
        LOG.infof(
                "Showing a new %s, issued by %s",
                certificate, certificate.leaf().getIssuerX500Principal());
    }
}
