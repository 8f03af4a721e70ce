package dev.flowguard.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("The watch on the webhook configuration")
class ConfigurationWatchTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final WebhookCluster cluster = new WebhookCluster();
    private final SelfManagedCertificates replica = cluster.replica(shown -> {}, Clock.systemUTC());

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    @Timeout(60)
    @DisplayName("wakes the round that gives a configuration that was deleted and applied again its caBundle")
    void appliedAgain() throws InterruptedException {
        replica.renew();
        try (ConfigurationWatch watch = cluster.watch()) {
            watch.open();
            watch.await(LONG);

            cluster.deleteConfiguration();
            watch.await(LONG);
            assertThat(replica.renew()).isFalse();

            long applied = System.nanoTime();
            cluster.createConfiguration();
            watch.await(LONG);
            replica.renew();

            assertThat(cluster.trusted())
                    .as("again after %d ms", (System.nanoTime() - applied) / 1_000_000)
                    .hasSize(1);
        }
    }
}
