package dev.flowguard.tls;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The one Secret by which all replicas have the same CAs. Nobody is elected to write it: whoever comes second is told so by the API
 * server, and takes what the first has written. Somebody who deletes it gets a new CA, without a call being refused meanwhile.
 */
final class SharedAuthorities {
    private static final Logger LOG = Logger.getLogger(SharedAuthorities.class);

    private final KubernetesClient client;
    private final String namespace;

    SharedAuthorities(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /**
     * The CAs as they should be now: read, brought up to date and, where that changed anything, written.
     *
     * @param published what the API server has been told to trust
     * @throws KubernetesClientException if the Secret cannot be read or written
     */
    Authorities current(Instant now, List<X509Certificate> published) {
        @Nullable Secret secret = secret();
        Optional<Authorities> stored = secret == null ? Optional.empty() : read(secret);
        Authorities before = stored.orElseGet(() -> Authorities.begin(now, published));
        Authorities wanted = before.at(now, published);
        boolean isStored = stored.isPresent() && wanted.equals(before);
        return isStored ? wanted : write(wanted, secret);
    }

    private Authorities write(Authorities wanted, @Nullable Secret before) {
        try {
            if (before == null) {
                client.resource(AuthoritiesSecret.write(wanted, namespace, "")).create();
            } else {
                String version = before.getMetadata().getResourceVersion();
                client.resource(AuthoritiesSecret.write(wanted, namespace, version))
                        .update();
            }
            LOG.infof("The CA for the webhook's certificate is now %s", wanted.signing());
            return wanted;
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            return Optional.ofNullable(secret()).flatMap(this::read).orElseThrow(() -> e);
        }
    }

    private @Nullable Secret secret() {
        return client.secrets()
                .inNamespace(namespace)
                .withName(AuthoritiesSecret.NAME)
                .get();
    }

    /** A Secret that nobody can use is like none: better a new CA than no certificate. */
    private Optional<Authorities> read(Secret secret) {
        try {
            return Optional.of(AuthoritiesSecret.read(secret));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            LOG.warnf(
                    "Secret %s/%s cannot be used and is written anew: %s",
                    namespace, AuthoritiesSecret.NAME, e.getMessage());
            return Optional.empty();
        }
    }
}
