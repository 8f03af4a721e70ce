package dev.flowguard.audit;

import static dev.flowguard.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.audit.api.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which of two replicas writes. */
class LeaseTest {
    private static final String NAMESPACE = "flowguard-system";

    private final KubernetesMockServer server = new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private KubernetesClient client;
    private Lease first;
    private Lease second;

    @BeforeEach
    void firstLeads() {
        server.init();
        client = server.createClient();
        first = new Lease(client, NAMESPACE, "first", executor);
        second = new Lease(client, NAMESPACE, "second", executor);
        first.start();
        soon(first, true);
        second.start();
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
        executor.shutdownNow();
        client.close();
        server.destroy();
    }

    @Test
    @DisplayName("a replica that stops hands over to the other")
    void handsOver() {
        assertThat(second.isLeader()).isFalse();

        first.close();

        assertThat(first.isLeader()).isFalse();
        soon(second, true);
    }

    @Test
    @DisplayName("a replica whose Lease another has taken writes no more, and goes on trying")
    void isTaken() {
        // The leader renews its Lease meanwhile, so the first try may meet a conflict.
        await().ignoreExceptions().until(this::anotherTakesIt);

        soon(first, false);

        client.leases().inNamespace(NAMESPACE).withName("flowguard").delete();
        await().until(() -> first.isLeader() ^ second.isLeader());
    }

    private boolean anotherTakesIt() {
        client.leases()
                .inNamespace(NAMESPACE)
                .withName("flowguard")
                .edit(lease -> lease.edit()
                        .editSpec()
                        .withHolderIdentity("another")
                        .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
                        .endSpec()
                        .build());
        return true;
    }

    private static void soon(Lease lease, boolean leads) {
        await().pollInterval(Duration.ofMillis(50)).until(() -> lease.isLeader() == leads);
    }
}
