package dev.flowguard.tls;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/** When certificates end, and when it is time for the next. */
final class Lifetime {
    private Lifetime() {}

    /** After two thirds of its life: what remains is time to notice that a renewal does not work. */
    static boolean isDue(X509Certificate certificate, Instant now) {
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        return !now.isBefore(
                from.plus(Duration.between(from, until).multipliedBy(2).dividedBy(3)));
    }

    static boolean isOver(X509Certificate certificate, Instant now) {
        return now.isAfter(certificate.getNotAfter().toInstant());
    }
}
