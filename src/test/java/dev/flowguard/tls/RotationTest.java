package dev.flowguard.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The certificate and its CA are replaced at the port of the running application, under requests that never stop. */
@QuarkusTest
class RotationTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @Inject
    WebhookKeyStore keyStore;

    @TestHTTPResource(tls = true)
    @SuppressWarnings("NullAway.Init")
    URL url;

    @AfterEach
    void asBefore() {
        keyStore.show(new SelfSigned(Clock.systemUTC()).make());
    }

    @Test
    @DisplayName(
            "A rotation of the certificate and of the CA loses no request of a client that learns of each step a round late")
    void losesNothing() throws Exception {
        Instant now = Instant.now();
        // Certificates are checked by this machine's clock. So the CA is made in the past, such that its successor is
        // due about now.
        Instant caMade = now.plus(HOUR)
                .minus(CertificateAuthority.LIFETIME.plus(HOUR).multipliedBy(2).dividedBy(3));
        MutableClock clock = new MutableClock(caMade);
        try (WebhookCluster cluster = new WebhookCluster()) {
            SelfManagedCertificates replica = cluster.replica(keyStore::show, clock);
            replica.renew();
            round(replica, clock, now.minus(Duration.ofDays(61)));
            round(replica, clock, now.minus(Duration.ofDays(60)));
            X509Certificate firstAuthority = cluster.trusted().get(0);

            try (EndlessCalls calls = new EndlessCalls(url, cluster.trusted())) {
                calls.awaitSome();
                Set<X509Certificate> before = calls.certificatesSeen();

                round(replica, clock, now.minus(HOUR));
                calls.trust(cluster.trusted());
                calls.awaitNewCertificate(before);
                Set<X509Certificate> renewed = calls.certificatesSeen();

                for (int minute = 1; minute <= 15; minute++) {
                    List<X509Certificate> aRoundAgo = cluster.trusted();
                    round(replica, clock, now.plus(Duration.ofMinutes(minute)));
                    calls.trust(aRoundAgo);
                    calls.awaitSome();
                }
                calls.awaitNewCertificate(renewed);

                round(replica, clock, now.plus(Authorities.RETIRING).plus(HOUR));
                calls.trust(cluster.trusted());
                calls.awaitSome();
                assertThat(cluster.trusted()).hasSize(1).doesNotContain(firstAuthority);
                assertThat(calls.failures()).isEmpty();
                assertThat(calls.certificatesSeen()).hasSize(3);
            }
        }
    }

    private static void round(SelfManagedCertificates replica, MutableClock clock, Instant time) {
        clock.set(time);
        replica.renew();
    }
}
