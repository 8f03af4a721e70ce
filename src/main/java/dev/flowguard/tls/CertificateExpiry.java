package dev.flowguard.tls;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/** The metric that says how long the certificate that clients are shown is still valid. */
@Startup
@Singleton
class CertificateExpiry {
    CertificateExpiry(MeterRegistry registry, WebhookKeyStore keyStore) {
        Gauge.builder("flowguard.certificate.remaining", keyStore, CertificateExpiry::seconds)
                .description("Time for which the certificate of the webhook is still valid")
                .baseUnit("seconds")
                .strongReference(true)
                .register(registry);
    }

    private static double seconds(WebhookKeyStore keyStore) {
        return keyStore.served().stream()
                .map(X509Certificate::getNotAfter)
                .mapToLong(until ->
                        Duration.between(Instant.now(), until.toInstant()).toSeconds())
                .min()
                .orElse(0);
    }
}
