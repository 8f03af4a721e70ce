package dev.flowguard.tls;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tells when the one webhook configuration changes. It is a help, not a need: where the watch may not be opened, or has broken, whoever
 * waits looks for himself after a while.
 */
final class ConfigurationWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ConfigurationWatch.class);

    /** Changes come in twos and threes, our own among them, and replicas answer them together. */
    private static final Duration GATHERING = Duration.ofMillis(200);

    private static final Duration REOPENING = Duration.ofSeconds(5);

    private final Resource<ValidatingWebhookConfiguration> configuration;
    private final BlockingQueue<Boolean> changes = new LinkedBlockingQueue<>(1);
    private volatile boolean isOpen;
    private @Nullable CompletableFuture<Watch> watch;
    private volatile boolean hasFailed;

    ConfigurationWatch(KubernetesClient client) {
        configuration = client.admissionRegistration()
                .v1()
                .validatingWebhookConfigurations()
                .withName(CaBundle.CONFIGURATION);
    }

    /**
     * Opens it unless it is open, and does not wait for that: an API server that leaves a watch without an answer holds nobody up.
     * It begins with the configuration as it is, so nothing that changes meanwhile is missed.
     */
    void open() {
        if (isOpen) {
            return;
        }
        close();
        isOpen = true;
        CompletableFuture<Watch> opening = new CompletableFuture<>();
        watch = opening;
        Thread opener = new Thread(() -> open(opening), "watch of the webhook configuration");
        opener.setDaemon(true);
        opener.start();
    }

    private void open(CompletableFuture<Watch> opening) {
        try {
            opening.complete(configuration.watch(new Listener()));
            hasFailed = false;
        } catch (KubernetesClientException e) {
            isOpen = false;
            changes.offer(false);
            if (!hasFailed) {
                LOG.warnf(
                        "Changes of the webhook configuration %s are noticed late, since it cannot be watched: %s",
                        CaBundle.CONFIGURATION, e.getMessage());
            }
            hasFailed = true;
        }
    }

    /** Waits for a change, at most for so long. */
    void await(Duration atMost) throws InterruptedException {
        boolean isClosed = !isOpen || Boolean.FALSE.equals(changes.poll(atMost.toMillis(), TimeUnit.MILLISECONDS));
        // One that is closed again and again is not opened again and again.
        Thread.sleep(isClosed ? REOPENING.toMillis() : GATHERING.toMillis());
        changes.clear();
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.thenAccept(Watch::close);
            watch = null;
        }
    }

    private final class Listener implements Watcher<ValidatingWebhookConfiguration> {
        @Override
        public void eventReceived(Action action, ValidatingWebhookConfiguration changed) {
            changes.offer(true);
        }

        @Override
        public void onClose(WatcherException cause) {
            isOpen = false;
            changes.offer(false);
        }
    }
}
