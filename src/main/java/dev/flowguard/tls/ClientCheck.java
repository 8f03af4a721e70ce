package dev.flowguard.tls;

import dev.flowguard.config.BadInput;
import dev.flowguard.config.FlowguardConfig;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.HttpURLConnection;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Turns away who may not ask, where {@code flowguard.tls.client-names} says who may. A certificate that the trust store does not vouch
 * for has ended the handshake already; this is about clients without one, and with one for somebody else.
 */
@Singleton
class ClientCheck {
    /** Before anything is read of the request. */
    private static final int FIRST = 1000;

    void register(@Observes Filters filters, FlowguardConfig config) {
        config.tls().clientNames().ifPresent(names -> {
            if (!WebhookKeyStore.isTrustConfigured()) {
                throw new BadInput("flowguard.tls.client-names needs to know which CA vouches for these names:"
                        + " set quarkus.tls.webhook.trust-store.pem.certs to its certificate");
            }
            Set<String> allowed = Set.copyOf(names);
            filters.register(routing -> check(routing, allowed), FIRST);
        });
    }

    private static void check(RoutingContext routing, Set<String> allowed) {
        Optional<X509Certificate> shown = shownBy(routing.request());
        List<String> names = shown.map(ClientNames::of).orElse(List.of());
        if (names.stream().anyMatch(allowed::contains)) {
            routing.next();
            return;
        }
        routing.response()
                .setStatusCode(HttpURLConnection.HTTP_FORBIDDEN)
                .putHeader("Content-Type", "text/plain;charset=UTF-8")
                .end(
                        shown.isEmpty()
                                ? "Flowguard answers only clients that show a certificate (flowguard.tls.client-names).\n"
                                : "The client's certificate is for " + String.join(", ", names)
                                        + ", and flowguard.tls.client-names lists none of these.\n");
    }

    private static Optional<X509Certificate> shownBy(HttpServerRequest request) {
        @Nullable SSLSession session = request.sslSession();
        if (session == null) {
            return Optional.empty();
        }
        try {
            Certificate first = session.getPeerCertificates()[0];
            return first instanceof X509Certificate certificate ? Optional.of(certificate) : Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }
}
