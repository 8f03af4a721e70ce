package dev.flowguard.verdict.pair;

import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Istio's ambient mesh carries TCP between its pods through a tunnel: it arrives on {@value #PORT}, and what is inside on its own port
 * (DESIGN 10.10).
 */
public final class AmbientMesh {
    /** Of the tunnel (HBONE). */
    static final int PORT = 15_008;

    public static final PortRange TUNNEL = PortRange.of(PORT);

    private AmbientMesh() {}

    /** The pair as the tunnel carries it; empty where it does not. */
    public static Optional<Pair> tunnelled(Snapshot cluster, Pair pair) {
        Traffic traffic = pair.traffic();
        boolean carried = cluster.hasAmbientMesh()
                && traffic.protocol() == Protocol.TCP
                && !traffic.ports().equals(TUNNEL)
                && pair.source() instanceof Endpoint.Pods from
                && pair.destination() instanceof Endpoint.Pods to
                && isMember(cluster, from.workload())
                && isMember(cluster, to.workload());
        return carried
                ? Optional.of(new Pair(
                        pair.source(),
                        pair.destination(),
                        new Traffic(Protocol.TCP, TUNNEL, traffic.family(), Route.DIRECT)))
                : Optional.empty();
    }

    /** Whether that is the tunnel's traffic. */
    public static boolean isTunnel(Pair pair) {
        return pair.traffic().ports().equals(TUNNEL);
    }

    /** A pod's own label counts before that of its namespace. */
    private static boolean isMember(Snapshot cluster, Workload workload) {
        if (workload.hostNetwork()) {
            return false;
        }
        @Nullable String own = workload.labels().get(NamespaceShard.DATAPLANE_MODE);
        return own == null
                ? cluster.namespace(workload.namespace())
                        .filter(shard -> NamespaceShard.AMBIENT.equals(
                                shard.entry().labels().get(NamespaceShard.DATAPLANE_MODE)))
                        .isPresent()
                : own.equals(NamespaceShard.AMBIENT);
    }
}
