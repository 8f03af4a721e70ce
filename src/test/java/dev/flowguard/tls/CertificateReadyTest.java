package dev.flowguard.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.health.ReadinessCondition.State;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertificateReadyTest {
    private static final Instant MADE = Instant.parse("2026-11-01T12:00:00Z");

    private final List<X509Certificate> served =
            new SelfSigned(Clock.fixed(MADE, ZoneOffset.UTC)).make().chain();

    @Test
    void holdsWhileTheCertificateIsValid() {
        assertThat(CertificateReady.stateOf(served, MADE))
                .isEqualTo(State.met("CN=flowguard, self-signed, valid until 2027-01-30T12:00:00Z"));
    }

    @Test
    void doesNotHoldAfterItsEnd() {
        assertThat(CertificateReady.stateOf(served, MADE.plus(Duration.ofDays(91))))
                .isEqualTo(State.unmet("CN=flowguard, self-signed, expired at 2027-01-30T12:00:00Z:"
                        + " renew it (one that was made in memory, by a restart)"));
    }

    @Test
    void doesNotHoldBeforeItsBeginning() {
        assertThat(CertificateReady.stateOf(served, MADE.minus(Duration.ofDays(1)))
                        .holds())
                .isFalse();
    }

    @Test
    void doesNotHoldWithoutOne() {
        State state = CertificateReady.stateOf(List.of(), MADE);

        assertThat(state.holds()).isFalse();
        assertThat(state.detail()).contains("quarkus.tls.webhook.key-store.pem.0.cert");
    }
}
