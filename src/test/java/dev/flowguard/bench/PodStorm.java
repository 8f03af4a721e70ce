package dev.flowguard.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Events of pods at a steady rate, in about the proportions of a busy cluster: mostly changes of status that concern no policy, some pods
 * replaced by others of the same workload, and now and then a workload that nobody knew.
 */
final class PodStorm {
    private static final int STATUS_PERCENT = 70;
    private static final int REPLACED_PERCENT = 28;

    /** When there are so many workloads of its own, the oldest goes before another comes: the cluster keeps its size. */
    private static final int MOST_NEW_WORKLOADS = 100;

    private final CannedCluster cluster;
    private final Random random;
    private final List<String> pods;
    private final Deque<String> newWorkloads = new ArrayDeque<>();
    private int made;
    private volatile int rate;
    private volatile long events;
    private @Nullable Thread thread;

    PodStorm(CannedCluster cluster, long seed) {
        this.cluster = cluster;
        this.random = new Random(seed);
        this.pods = new ArrayList<>(cluster.keys(CannedCluster.PODS));
        pods.removeIf(pod -> pod.startsWith(ProbedFlow.NAMESPACE + "/"));
    }

    /** @param perSecond 0: it ends */
    synchronized void blow(int perSecond) {
        rate = perSecond;
        if (perSecond > 0 && thread == null) {
            Thread storm = new Thread(this::run, "storm");
            storm.setDaemon(true);
            storm.start();
            thread = storm;
        }
    }

    /** How many there have been. */
    long events() {
        return events;
    }

    private void run() {
        long next = System.nanoTime();
        while (true) {
            int perSecond = rate;
            long now = System.nanoTime();
            if (perSecond == 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
                next = System.nanoTime();
            } else if (now < next) {
                LockSupport.parkNanos(next - now);
            } else {
                int happened = happen(random.nextInt(100));
                events += happened;
                next += happened * TimeUnit.SECONDS.toNanos(1) / perSecond;
            }
        }
    }

    /** Something happens; says in how many events. */
    private int happen(int dice) {
        int which = random.nextInt(pods.size());
        ObjectNode pod = java.util.Objects.requireNonNull(cluster.get(CannedCluster.PODS, pods.get(which)));
        if (dice < STATUS_PERCENT) {
            ObjectNode container = pod.withObject("/status/containerStatuses/0");
            container.put("restartCount", container.path("restartCount").asInt() + 1);
            cluster.put(pod);
            return 1;
        }
        if (dice < STATUS_PERCENT + REPLACED_PERCENT) {
            cluster.delete(CannedCluster.PODS, pods.get(which));
            renamed(pod, pod.at("/metadata/labels/pod-template-hash").asText("r"));
            cluster.put(pod);
            pods.set(which, CannedCluster.key(pod));
            return 2;
        }
        int happened = 1;
        if (newWorkloads.size() == MOST_NEW_WORKLOADS) {
            cluster.delete(CannedCluster.PODS, newWorkloads.remove());
            happened = 2;
        }
        renamed(pod, "new");
        pod.withObject("/metadata/labels").put("app", "new-" + made);
        pod.withArray("/metadata/ownerReferences").removeAll();
        cluster.put(pod);
        newWorkloads.add(CannedCluster.key(pod));
        return happened;
    }

    private void renamed(ObjectNode pod, String middle) {
        made++;
        String address = "10." + (200 + made / 65536 % 50) + "." + (made / 256 % 256) + "." + (made % 256);
        pod.withObject("/metadata").put("name", "storm-" + middle + "-" + made).put("uid", "storm-" + made);
        pod.withObject("/status").put("podIP", address);
        pod.withObject("/status").putArray("podIPs").addObject().put("ip", address);
    }
}
