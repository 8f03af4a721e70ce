package dev.flowguard.tls;

import dev.flowguard.config.FlowguardConfig;
import dev.flowguard.config.OwnNamespace;
import dev.flowguard.config.TlsMode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the certificates of {@code flowguard.tls.mode=self-managed} up to date, round after round, on a thread of its own; and at once
 * when the webhook configuration changes, since one that was deleted and applied again trusts nobody.
 */
@ApplicationScoped
class CertificateRounds {
    private static final Logger LOG = Logger.getLogger(CertificateRounds.class);
    private static final String SERVICE = "flowguard";
    private static final Duration ROUND = Duration.ofSeconds(60);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private final FlowguardConfig config;
    private final WebhookKeyStore keyStore;
    private final Instance<KubernetesClient> client;
    private @Nullable Thread thread;
    private volatile boolean waiting;
    private volatile String problem = "";

    CertificateRounds(FlowguardConfig config, WebhookKeyStore keyStore, Instance<KubernetesClient> client) {
        this.config = config;
        this.keyStore = keyStore;
        this.client = client;
    }

    void start(@Observes StartupEvent start) {
        if (config.tls().mode() != TlsMode.SELF_MANAGED || WebhookKeyStore.isConfigured()) {
            return;
        }
        waiting = true;
        KubernetesClient cluster = client.get();
        SelfManagedCertificates certificates = certificates(cluster);
        ConfigurationWatch watch = new ConfigurationWatch(cluster);
        Thread running = new Thread(() -> run(certificates, watch), "flowguard-certificates");
        running.setDaemon(true);
        running.start();
        thread = running;
    }

    void stop(@Observes ShutdownEvent stop) {
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** Whether there is no certificate yet that the API server trusts, if it is to call at all. */
    boolean isWaiting() {
        return waiting;
    }

    /** Why the last round failed, for people; empty where it did not. */
    String problem() {
        return problem;
    }

    private SelfManagedCertificates certificates(KubernetesClient cluster) {
        String namespace = OwnNamespace.of(cluster.getNamespace(), "flowguard.tls.mode=self-managed");
        String host = SERVICE + "." + namespace + ".svc";
        return new SelfManagedCertificates(
                new SharedAuthorities(cluster, namespace),
                new CaBundle(cluster),
                List.of(host, host + ".cluster.local", "localhost"),
                keyStore::show,
                Clock.systemUTC());
    }

    private void run(SelfManagedCertificates certificates, ConfigurationWatch watch) {
        try (watch) {
            while (true) {
                watch.open();
                watch.await(round(certificates));
            }
        } catch (InterruptedException e) {
            LOG.debug("Certificates are no longer renewed");
        }
    }

    /** @return the pause after it */
    private Duration round(SelfManagedCertificates certificates) {
        try {
            // Without a configuration nobody calls, as while it is deleted in an emergency. A replica that waited for
            // it could not be
            // replaced meanwhile.
            problem(certificates.renew() ? "" : "there is no ValidatingWebhookConfiguration " + CaBundle.CONFIGURATION);
            waiting = false;
        } catch (RuntimeException e) {
            problem(String.valueOf(e.getMessage()));
        }
        return problem.isEmpty() ? ROUND : AFTER_FAILURE;
    }

    private void problem(String why) {
        if (!why.isEmpty() && !why.equals(problem)) {
            LOG.warnf("The certificates could not be brought up to date, trying again: %s", why);
        }
        problem = why;
    }
}
