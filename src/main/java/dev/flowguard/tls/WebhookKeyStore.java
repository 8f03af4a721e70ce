package dev.flowguard.tls;

import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.KeyStoreAndKeyCertOptions;
import io.quarkus.tls.runtime.KeyStoreProvider;
import io.quarkus.tls.runtime.config.TlsBucketConfig;
import io.quarkus.tls.runtime.config.TlsConfig;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * The key store of the TLS configuration named {@value #NAME}, which the HTTPS port uses. This class is the only one that touches the
 * Quarkus TLS SPI, whose package moves in a later version.
 *
 * <p>Quarkus refuses a provider beside configured key store files. So the provider is there only where no key store
 * is configured: a {@code @Dependent} producer may return null, which Quarkus reads as "no provider".
 */
@ApplicationScoped
public class WebhookKeyStore {
    static final String NAME = "webhook";

    private final TlsConfigurationRegistry registry;
    private final MadeCertificate made;

    WebhookKeyStore(TlsConfigurationRegistry registry, MadeCertificate made) {
        this.registry = registry;
        this.made = made;
    }

    /**
     * Shows that certificate from now on, without a moment in which none is shown.
     *
     * @throws IllegalStateException if key store files are configured
     */
    public void show(ServingCertificate certificate) {
        if (isConfigured()) {
            throw new IllegalStateException("The certificate is that of quarkus.tls.webhook.key-store.*");
        }
        made.replace(certificate);
    }

    /** The certificates that the HTTPS port shows now, the leaf of each key first; empty if there is no key store. */
    public List<X509Certificate> served() {
        if (!isConfigured()) {
            return List.of(made.get().leaf());
        }
        return registry.get(NAME)
                .map(TlsConfiguration::getKeyStore)
                .map(WebhookKeyStore::leaves)
                .orElse(List.of());
    }

    @Produces
    @Dependent
    @Identifier(NAME)
    static @Nullable KeyStoreProvider madeUnlessConfigured(MadeCertificate made) {
        return isConfigured() ? null : new InMemory(made);
    }

    static boolean isConfigured() {
        return configuration().flatMap(TlsBucketConfig::keyStore).isPresent();
    }

    /** Whether somebody said which CAs vouch for clients. */
    static boolean isTrustConfigured() {
        return configuration().flatMap(TlsBucketConfig::trustStore).isPresent();
    }

    private static Optional<TlsBucketConfig> configuration() {
        TlsConfig config =
                ConfigProvider.getConfig().unwrap(SmallRyeConfig.class).getConfigMapping(TlsConfig.class);
        return Optional.ofNullable(config.namedCertificateConfig().get(NAME));
    }

    private static List<X509Certificate> leaves(KeyStore keyStore) {
        try {
            List<X509Certificate> leaves = new ArrayList<>();
            for (String alias : Collections.list(keyStore.aliases())) {
                if (keyStore.getCertificate(alias) instanceof X509Certificate certificate) {
                    leaves.add(certificate);
                }
            }
            return List.copyOf(leaves);
        } catch (KeyStoreException e) {
            throw new IllegalStateException("A key store that was loaded can be listed.", e);
        }
    }

    /** Hands the certificate to Vert.x, whichever it will be. Quarkus wants to see a key store, and makes no use of it. */
    private record InMemory(MadeCertificate made) implements KeyStoreProvider {
        @Override
        public KeyStoreAndKeyCertOptions getKeyStore(Vertx vertx) {
            ServingCertificate first = made.get();
            PemKeyCertOptions options = new PemKeyCertOptions()
                    .addCertValue(Buffer.buffer(first.chainPem()))
                    .addKeyValue(Buffer.buffer(first.keyPem()));
            try {
                return new KeyStoreAndKeyCertOptions(options.loadKeyStore(vertx), KeyCertOptions.wrap(made));
            } catch (Exception e) {
                throw new IllegalStateException("The certificate cannot be loaded: " + first, e);
            }
        }
    }
}
