package dev.flowguard.tls;

import dev.flowguard.health.ReadinessCondition;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** Holds while the certificate that clients are shown is there and valid by the clock: else every call would fail. */
@ApplicationScoped
class CertificateReady implements ReadinessCondition {
    private final WebhookKeyStore keyStore;
    private final CertificateRounds rounds;

    CertificateReady(WebhookKeyStore keyStore, CertificateRounds rounds) {
        this.keyStore = keyStore;
        this.rounds = rounds;
    }

    @Override
    public String name() {
        return "certificate";
    }

    @Override
    public State state() {
        String problem = rounds.problem();
        if (rounds.isWaiting()) {
            return State.unmet("none yet that the API server trusts" + (problem.isEmpty() ? "" : ": " + problem));
        }
        State state = stateOf(keyStore.served(), Instant.now());
        return problem.isEmpty()
                ? state
                : new State(state.holds(), state.detail() + "; but it is not kept up to date: " + problem);
    }

    static State stateOf(List<X509Certificate> served, Instant now) {
        if (served.isEmpty()) {
            return State.unmet(
                    "none: set quarkus.tls.webhook.key-store.pem.0.cert and .key, or neither to have one made");
        }
        for (X509Certificate certificate : served) {
            Instant from = certificate.getNotBefore().toInstant();
            Instant until = certificate.getNotAfter().toInstant();
            if (now.isBefore(from)) {
                return State.unmet(
                        describe(certificate) + ", is valid only from " + from + ": check this machine's clock");
            }
            if (now.isAfter(until)) {
                return State.unmet(describe(certificate) + ", expired at " + until
                        + ": renew it (one that was made in memory, by a restart)");
            }
        }
        X509Certificate first = served.get(0);
        return State.met(
                describe(first) + ", valid until " + first.getNotAfter().toInstant());
    }

    private static String describe(X509Certificate certificate) {
        String subject = certificate.getSubjectX500Principal().getName();
        boolean vouchesForItself = certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
        return vouchesForItself ? subject + ", self-signed" : subject;
    }
}
