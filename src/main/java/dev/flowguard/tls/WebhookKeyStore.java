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
import io.vertx.core.net.PemKeyCertOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.time.Clock;
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

    WebhookKeyStore(TlsConfigurationRegistry registry) {
        this.registry = registry;
    }

    /** The certificates that the HTTPS port shows now, the leaf of each key first; empty if there is no key store. */
    public List<X509Certificate> served() {
        return registry.get(NAME)
                .map(TlsConfiguration::getKeyStore)
                .map(WebhookKeyStore::leaves)
                .orElse(List.of());
    }

    @Produces
    @Dependent
    @Identifier(NAME)
    static @Nullable KeyStoreProvider selfSignedUnlessConfigured() {
        return isConfigured() ? null : new InMemory(new SelfSigned(Clock.systemUTC()).make());
    }

    private static boolean isConfigured() {
        TlsConfig config =
                ConfigProvider.getConfig().unwrap(SmallRyeConfig.class).getConfigMapping(TlsConfig.class);
        return Optional.ofNullable(config.namedCertificateConfig().get(NAME))
                .flatMap(TlsBucketConfig::keyStore)
                .isPresent();
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

    /** Hands one certificate to Vert.x. */
    private record InMemory(ServingCertificate certificate) implements KeyStoreProvider {
        @Override
        public KeyStoreAndKeyCertOptions getKeyStore(Vertx vertx) {
            PemKeyCertOptions options = new PemKeyCertOptions()
                    .addCertValue(Buffer.buffer(certificate.chainPem()))
                    .addKeyValue(Buffer.buffer(certificate.keyPem()));
            try {
                return new KeyStoreAndKeyCertOptions(options.loadKeyStore(vertx), options);
            } catch (Exception e) {
                throw new IllegalStateException("The certificate cannot be loaded: " + certificate, e);
            }
        }
    }
}
