package dev.flowguard.audit.api;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Leadership by a Lease of Flowguard's own namespace. Whoever loses it only stops writing, and tries to get it back. Should two replicas
 * take themselves for leaders for a moment, each write still holds for one version of its object, and so one of them is refused.
 */
public final class Lease implements Leadership, AutoCloseable {
    static final String NAME = "flowguard";

    private static final Logger LOG = Logger.getLogger(Lease.class);
    private static final Duration DURATION = Duration.ofSeconds(15);
    private static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final KubernetesClient client;
    private final Executor executor;
    private final Lock lock;
    private volatile boolean leading;
    private boolean closed;
    private CompletableFuture<?> election = CompletableFuture.completedFuture(null);

    /** @param identity which replica this is; of no other */
    public Lease(KubernetesClient client, String namespace, String identity, Executor executor) {
        this.client = client;
        this.executor = executor;
        this.lock = new Reported(new LeaseLock(namespace, NAME, identity));
    }

    /** Returns at once. */
    public synchronized void start() {
        if (closed) {
            return;
        }
        LeaderElector elector = new LeaderElector(
                client,
                new LeaderElectionConfigBuilder()
                        .withName(NAME)
                        .withLock(lock)
                        .withLeaseDuration(DURATION)
                        .withRenewDeadline(RENEW_DEADLINE)
                        .withRetryPeriod(RETRY)
                        .withReleaseOnCancel(true)
                        .withLeaderCallbacks(new LeaderCallbacks(
                                this::won, this::lost, leader -> LOG.debugf("The Lease is now %s's", leader)))
                        .build(),
                executor);
        election = elector.start();
        election.whenCompleteAsync((done, failure) -> start(), executor);
    }

    private void won() {
        leading = true;
        LOG.info("This replica now writes the status of contracts");
    }

    private void lost() {
        leading = false;
        LOG.info("This replica no longer writes the status of contracts");
    }

    @Override
    public boolean isLeader() {
        return leading;
    }

    /** Lets another replica have it at once. */
    @Override
    public void close() {
        CompletableFuture<?> running;
        synchronized (this) {
            closed = true;
            leading = false;
            running = election;
        }
        running.cancel(true);
    }

    /**
     * Says once what keeps us from the Lease; the elector itself would say it every two seconds. And whatever goes wrong it has to try
     * again, which it does after a client's exception only.
     */
    private static final class Reported implements Lock {
        private final Lock lock;
        private volatile String saidOfReading = "";
        private volatile String saidOfWriting = "";

        Reported(Lock lock) {
            this.lock = lock;
        }

        @Override
        public @Nullable LeaderElectionRecord get(KubernetesClient client) {
            try {
                @Nullable LeaderElectionRecord record = lock.get(client);
                saidOfReading = "";
                return record;
            } catch (RuntimeException e) {
                KubernetesClientException problem = asClients(e);
                saidOfReading = say(problem, saidOfReading);
                throw problem;
            }
        }

        @Override
        public void create(KubernetesClient client, LeaderElectionRecord record) {
            write(() -> lock.create(client, record));
        }

        @Override
        public void update(KubernetesClient client, LeaderElectionRecord record) {
            write(() -> lock.update(client, record));
        }

        private void write(Runnable task) {
            try {
                task.run();
                saidOfWriting = "";
            } catch (RuntimeException e) {
                KubernetesClientException problem = asClients(e);
                saidOfWriting = say(problem, saidOfWriting);
                throw problem;
            }
        }

        @Override
        public String identity() {
            return lock.identity();
        }

        @Override
        public String describe() {
            return lock.describe();
        }

        private static KubernetesClientException asClients(RuntimeException problem) {
            return problem instanceof KubernetesClientException known
                    ? known
                    : new KubernetesClientException("the Lease is not understood: " + problem, problem);
        }

        private static String say(KubernetesClientException problem, String before) {
            String text = ApiReason.of(problem, "create, get, patch and update on the Lease " + NAME);
            if (problem.getCode() != HttpURLConnection.HTTP_CONFLICT && !text.equals(before)) {
                LOG.warnf("Who writes the status of contracts cannot be agreed on, trying again: %s", text);
            }
            return text;
        }
    }
}
