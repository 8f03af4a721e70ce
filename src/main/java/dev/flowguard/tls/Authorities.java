package dev.flowguard.tls;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The CAs that the replicas share. A new CA is first only trusted; it signs when there has been time for everybody to learn of it, and
 * the one before stays trusted until every replica must have a certificate by the new one. Immutable.
 *
 * @param signing the one that vouches for serving certificates now
 * @param successors that which will, at most one
 * @param retired CAs that vouch for nothing new, and are still trusted
 * @param retiredUntil until when they are
 */
record Authorities(
        CertificateAuthority signing, List<Successor> successors, List<X509Certificate> retired, Instant retiredUntil) {
    /** Far more than replicas and API servers need to learn of a new CA: a minute each. */
    static final Duration ANNOUNCED = Duration.ofMinutes(10);

    /** A replica that could not read the Secret for so long is in trouble anyway. */
    static final Duration RETIRING = Duration.ofDays(1);

    /** @param from when it takes over */
    record Successor(CertificateAuthority authority, Instant from) {}

    Authorities {
        successors = List.copyOf(successors);
        retired = List.copyOf(retired);
    }

    /** The first CA, or one in place of others that nobody has the key of any more. */
    static Authorities begin(Instant now, List<X509Certificate> trustedBefore) {
        return new Authorities(CertificateAuthority.make(now), List.of(), trustedBefore, now.plus(RETIRING));
    }

    /** All that is to be trusted, the signing one first. */
    List<X509Certificate> trusted() {
        List<X509Certificate> trusted = new ArrayList<>();
        trusted.add(signing.certificate());
        successors.forEach(successor -> trusted.add(successor.authority().certificate()));
        trusted.addAll(retired);
        return trusted;
    }

    /**
     * How they should be at that time; these, if nothing is to be done.
     *
     * @param published what the API server has been told to trust
     */
    Authorities at(Instant now, List<X509Certificate> published) {
        for (Successor successor : successors) {
            boolean isKnown = published.contains(successor.authority().certificate());
            if (isKnown && !now.isBefore(successor.from())) {
                return new Authorities(
                        successor.authority(), List.of(), List.of(signing.certificate()), now.plus(RETIRING));
            }
        }
        if (successors.isEmpty() && Lifetime.isDue(signing.certificate(), now)) {
            Successor next = new Successor(CertificateAuthority.make(now), now.plus(ANNOUNCED));
            return new Authorities(signing, List.of(next), retired, retiredUntil);
        }
        if (!retired.isEmpty() && now.isAfter(retiredUntil)) {
            return new Authorities(signing, successors, List.of(), retiredUntil);
        }
        return this;
    }
}
