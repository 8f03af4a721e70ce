package dev.flowguard.tls;

import jakarta.inject.Singleton;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificate that this program made for itself: at first one that vouches for itself, until there is a better one. Each handshake
 * asks for it anew, and so it can be replaced without touching the port: while Vert.x takes over other TLS options, it refuses
 * connections.
 */
@Singleton
class MadeCertificate extends X509ExtendedKeyManager {
    /** A handshake that has begun with one certificate must end with it. */
    private static final int KEPT = 3;

    private record Made(String alias, ServingCertificate certificate) {}

    private final Deque<Made> newestFirst = new ArrayDeque<>();
    private int count;

    MadeCertificate() {
        replace(new SelfSigned(Clock.systemUTC()).make());
    }

    synchronized ServingCertificate get() {
        return newestFirst.getFirst().certificate();
    }

    /** Connections that are open stay as they are. */
    final synchronized void replace(ServingCertificate better) {
        newestFirst.addFirst(new Made("made-" + ++count, better));
        if (newestFirst.size() > KEPT) {
            newestFirst.removeLast();
        }
    }

    @Override
    public synchronized @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        Made newest = newestFirst.getFirst();
        return newest.certificate().key().getAlgorithm().equals(keyType) ? newest.alias() : null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return named(alias)
                .map(certificate -> certificate.chain().toArray(X509Certificate[]::new))
                .orElse(null);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return named(alias).map(ServingCertificate::key).orElse(null);
    }

    private synchronized Optional<ServingCertificate> named(String alias) {
        return newestFirst.stream()
                .filter(made -> made.alias().equals(alias))
                .map(Made::certificate)
                .findFirst();
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return List.of(newestFirst.getFirst().alias()).toArray(String[]::new);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyType, Principal @Nullable [] issuers, Socket socket) {
        return null;
    }
}
