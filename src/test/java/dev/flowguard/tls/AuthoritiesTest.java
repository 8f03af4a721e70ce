package dev.flowguard.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Secret;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The CAs that the replicas share")
class AuthoritiesTest {
    private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
    private static final Instant DUE =
            START.plus(CertificateAuthority.LIFETIME.multipliedBy(2).dividedBy(3));

    private final Authorities first = Authorities.begin(START, List.of());

    @Test
    @DisplayName("stay as they are for two thirds of the CA's life")
    void noChange() {
        assertThat(first.at(DUE.minus(Duration.ofDays(1)), first.trusted())).isSameAs(first);
    }

    @Test
    @DisplayName("then announce a successor, which signs nothing yet")
    void announcement() {
        Authorities announced = first.at(DUE, first.trusted());

        assertThat(announced.signing()).isEqualTo(first.signing());
        assertThat(announced.trusted()).hasSize(2).startsWith(first.signing().certificate());
        assertThat(announced.at(DUE, announced.trusted())).as("and only one").isSameAs(announced);
    }

    @Test
    @DisplayName("let it take over when it has been announced for long enough, and is trusted")
    void takeover() {
        Authorities announced = first.at(DUE, first.trusted());
        Instant later = DUE.plus(Authorities.ANNOUNCED);

        assertThat(announced.at(later.minusSeconds(1), announced.trusted())).isSameAs(announced);
        assertThat(announced.at(later, first.trusted()))
                .as("nobody could tell the API server of it")
                .isSameAs(announced);

        Authorities after = announced.at(later, announced.trusted());
        assertThat(after.signing()).isEqualTo(announced.successors().get(0).authority());
        assertThat(after.trusted())
                .containsExactly(after.signing().certificate(), first.signing().certificate());
        assertThat(after.at(later.plus(Authorities.RETIRING).plusSeconds(1), after.trusted())
                        .trusted())
                .containsExactly(after.signing().certificate());
    }

    @Test
    @DisplayName("begin anew beside what is trusted already, whose key nobody has any more")
    void newBeginning() {
        List<X509Certificate> before = first.trusted();

        assertThat(Authorities.begin(START, before).trusted()).hasSize(2).endsWith(before.get(0));
    }

    @Test
    @DisplayName("are the same after having been a Secret")
    void secret() throws GeneralSecurityException {
        Authorities announced = first.at(DUE, first.trusted());
        Authorities retiring = announced.at(DUE.plus(Authorities.ANNOUNCED), announced.trusted());

        for (Authorities each : List.of(first, announced, retiring)) {
            Secret secret = AuthoritiesSecret.write(each, "flowguard-system", "7");
            Authorities read = AuthoritiesSecret.read(secret);
            assertThat(read.signing()).isEqualTo(each.signing());
            assertThat(read.successors()).isEqualTo(each.successors());
            assertThat(read.retired()).isEqualTo(each.retired());
        }
    }

    @Test
    @DisplayName("cannot be made of a Secret that lacks something, which is named")
    void incompleteSecret() {
        Secret secret = AuthoritiesSecret.write(first, "flowguard-system", "");
        secret.getData().remove("ca.key");

        assertThatThrownBy(() -> AuthoritiesSecret.read(secret))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessage("ca.key is missing");
    }

    @Test
    @DisplayName("vouch for servers, and for nothing else")
    void certificates() throws GeneralSecurityException {
        CertificateAuthority authority = first.signing();
        ServingCertificate leaf = authority.issue(List.of("flowguard.flowguard-system.svc"), START);

        leaf.leaf().verify(authority.certificate().getPublicKey());
        assertThat(authority.hasIssued(leaf)).isTrue();
        assertThat(Authorities.begin(START, List.of()).signing().hasIssued(leaf))
                .isFalse();
        assertThat(leaf.leaf().getBasicConstraints()).as("is no CA").isEqualTo(-1);
        assertThat(leaf.leaf().getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(authority.certificate().getBasicConstraints())
                .as("has no CA below it")
                .isZero();
        assertThat(Duration.between(
                        leaf.leaf().getNotBefore().toInstant(),
                        leaf.leaf().getNotAfter().toInstant()))
                .isEqualTo(Duration.ofDays(90).plusHours(1));
    }
}
