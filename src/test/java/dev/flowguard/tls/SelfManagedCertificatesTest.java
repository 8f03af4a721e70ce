package dev.flowguard.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Certificates that Flowguard manages by itself")
class SelfManagedCertificatesTest {
    private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
    private static final Duration ROUND = Duration.ofSeconds(61);

    private final WebhookCluster cluster = new WebhookCluster();
    private final MutableClock clock = new MutableClock(START);
    private final List<ServingCertificate> shown = new ArrayList<>();
    private final SelfManagedCertificates replica = cluster.replica(shown::add, clock);

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    @DisplayName("begin with one CA, told to every webhook, and a certificate by it")
    void beginning() throws GeneralSecurityException {
        replica.renew();

        X509Certificate authority = cluster.stored().signing().certificate();
        assertThat(cluster.trusted()).containsExactly(authority);
        assertThat(cluster.caBundles()).hasSize(2).containsOnly(Pem.of(List.of(authority)));
        assertThat(shown)
                .singleElement()
                .satisfies(certificate -> certificate.leaf().verify(authority.getPublicKey()));
    }

    @Test
    @DisplayName("stay as they are round after round")
    void noChange() {
        for (int i = 0; i < 3; i++) {
            replica.renew();
            clock.set(clock.instant().plus(ROUND));
        }

        assertThat(shown).hasSize(1);
    }

    @Test
    @DisplayName("are by the same CA on all replicas, each with a key of its own")
    void replicas() throws GeneralSecurityException {
        List<ServingCertificate> others = new ArrayList<>();
        replica.renew();
        cluster.replica(others::add, clock).renew();

        assertThat(others).singleElement().satisfies(other -> {
            assertThat(cluster.stored().signing().hasIssued(other)).isTrue();
            assertThat(other.key()).isNotEqualTo(shown.get(0).key());
        });
        assertThat(cluster.trusted()).hasSize(1);
    }

    @Test
    @DisplayName("are renewed after two thirds of their life")
    void renewal() {
        replica.renew();
        clock.set(START.plus(Duration.ofDays(59)));
        replica.renew();
        assertThat(shown).hasSize(1);

        clock.set(START.plus(Duration.ofDays(61)));
        replica.renew();

        assertThat(shown).hasSize(2);
        assertThat(cluster.trusted()).hasSize(1);
    }

    @Test
    @DisplayName("follow a new CA only when the API server has known it for a while")
    void newAuthority() throws GeneralSecurityException {
        replica.renew();
        Instant due = START.plus(CertificateAuthority.LIFETIME.multipliedBy(2).dividedBy(3));
        clock.set(due);
        replica.renew();
        clock.set(clock.instant().plus(ROUND));
        replica.renew();
        int before = shown.size();
        assertThat(cluster.trusted()).hasSize(2);

        clock.set(due.plus(Authorities.ANNOUNCED));
        replica.renew();
        assertThat(shown).as("not at once").hasSize(before);
        assertThat(cluster.trusted()).hasSize(2);

        clock.set(clock.instant().plus(ROUND));
        replica.renew();
        assertThat(shown).hasSize(before + 1);
        assertThat(cluster.stored().signing().hasIssued(shown.get(before))).isTrue();
    }

    @Test
    @DisplayName(
            "survive a Secret that is deleted or spoilt: the CA before stays trusted until there is a certificate by the new one")
    void lostSecret() throws GeneralSecurityException {
        replica.renew();
        X509Certificate first = cluster.stored().signing().certificate();
        clock.set(clock.instant().plus(ROUND));
        replica.renew();

        cluster.deleteSecret();
        replica.renew();
        X509Certificate second = cluster.stored().signing().certificate();
        assertThat(second).isNotEqualTo(first);
        assertThat(cluster.trusted()).containsExactly(second, first);
        assertThat(shown).hasSize(1);

        clock.set(clock.instant().plus(ROUND));
        replica.renew();
        clock.set(clock.instant().plus(ROUND));
        replica.renew();
        assertThat(shown).hasSize(2);

        cluster.spoilSecret();
        replica.renew();
        assertThat(cluster.trusted()).hasSize(3).contains(second);
    }

    @Test
    @DisplayName(
            "are shown without a webhook configuration, which is deleted in an emergency, and told to it when it is back")
    void noConfiguration() throws GeneralSecurityException {
        cluster.deleteConfiguration();
        assertThat(replica.renew()).isFalse();
        assertThat(shown).hasSize(1);

        cluster.createConfiguration();
        assertThat(replica.renew()).isTrue();
        assertThat(cluster.trusted()).containsExactly(cluster.stored().signing().certificate());
        assertThat(shown).hasSize(1);
    }

    @Test
    @DisplayName("put right what somebody writes into the webhook configuration")
    void spoiltConfiguration() {
        replica.renew();
        List<String> right = cluster.caBundles();
        clock.set(clock.instant().plus(ROUND));

        cluster.spoilCaBundle();
        replica.renew();

        assertThat(cluster.caBundles()).isEqualTo(right);
        assertThat(shown).hasSize(1);
    }
}
