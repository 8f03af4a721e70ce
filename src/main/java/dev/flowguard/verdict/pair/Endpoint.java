package dev.flowguard.verdict.pair;

import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.net.AddressRange;
import java.util.function.Function;

/** One end of a pair: somebody who sends or is reached. */
public sealed interface Endpoint {
    <T> T match(Function<Pods, T> pods, Function<Addresses, T> addresses);

    /** Whether it is a node, or pods on its network. */
    default boolean isOnNode() {
        return match(pods -> pods.workload().hostNetwork(), Addresses::ofNode);
    }

    /** The pods of a workload. */
    record Pods(Workload workload) implements Endpoint {
        /** Whether both are one and the same pod: most pairs are not, which one glance tells. */
        public boolean isAlsoLonePod(Endpoint other) {
            return other instanceof Pods pods && pods.workload.equals(workload) && workload.isLonePod();
        }

        @Override
        public <T> T match(Function<Pods, T> pods, Function<Addresses, T> addresses) {
            return pods.apply(this);
        }
    }

    /**
     * Addresses that are no pod's, so that policies see them only through ipBlocks.
     *
     * @param range cut so that each ipBlock of the policies asked holds either all of it or none of it
     */
    record Addresses(AddressRange range, Kind kind) implements Endpoint {
        /** Whose addresses they are. */
        public enum Kind {
            /** Nobody's in the cluster. */
            OUTSIDE,
            /** A node's (SEMANTICS B5). */
            NODE,
            /** A node's of which a flow speaks, so that it is not only the pod's own; where there are others, those count. */
            DECLARED_NODE,
            /** The same, of one on whose network OpenShift's routers are. */
            NODE_OF_ROUTERS,
            /** Published as a Service's endpoint, or a resolver's, and not known to be a node's. */
            PUBLISHED
        }

        /** Whether somebody who comes from there may come from the pod's own node, and from no other. */
        boolean mayBeOwnNode(Snapshot cluster) {
            return kind == Kind.NODE || ofNode() && cluster.hasOneNode();
        }

        /** Whether it may be more than one address, of which policies see some and not others. */
        public boolean isCut() {
            return kind != Kind.NODE && kind != Kind.PUBLISHED;
        }

        public boolean ofNode() {
            return kind == Kind.NODE || kind == Kind.DECLARED_NODE || kind == Kind.NODE_OF_ROUTERS;
        }

        @Override
        public <T> T match(Function<Pods, T> pods, Function<Addresses, T> addresses) {
            return addresses.apply(this);
        }
    }
}
