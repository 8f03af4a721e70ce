package dev.flowguard.verdict.pair;

import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.net.Address;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** How the traffic of a pair finds its destination: straight to its address, or through a Service. */
public sealed interface Route {
    @SuppressWarnings(
            "ClassInitializationDeadlock") // Its only instance is this one, so nobody else initialises its class.
    Route DIRECT = new Direct();

    <T> T match(Supplier<T> direct, Function<Via, T> via);

    /** The ClusterIPs that the sender addresses, none where it addresses the pods. */
    default List<Address> clusterIps() {
        return match(List::of, via -> via.service().clusterIps());
    }

    /** The port of the ClusterIP that the sender addresses; 0 where it addresses the pods. */
    default int clusterIpPort() {
        return match(() -> 0, via -> clusterIps().isEmpty() ? 0 : via.port().number());
    }

    /** Whether a pod may see a node's address in place of the sender's (SEMANTICS Q20, B10). */
    default boolean rewritesSource() {
        return match(() -> false, via -> via.service().exposure() == ServiceEntry.Exposure.SOURCE_REWRITTEN);
    }

    /** To the destination's own address. */
    record Direct() implements Route {
        @Override
        public <T> T match(Supplier<T> direct, Function<Via, T> via) {
            return direct.get();
        }
    }

    /** To a port of a Service, which is then translated. */
    record Via(ServiceEntry service, ServiceEntry.Port port) implements Route {
        @Override
        public <T> T match(Supplier<T> direct, Function<Via, T> via) {
            return via.apply(this);
        }
    }
}
