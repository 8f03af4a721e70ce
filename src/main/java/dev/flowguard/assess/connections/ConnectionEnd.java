package dev.flowguard.assess.connections;

import dev.flowguard.cluster.object.Owner;
import dev.flowguard.net.AddressRange;
import java.util.Comparator;
import java.util.function.Function;
import java.util.function.Supplier;

/** Who connects or is connected to. */
public sealed interface ConnectionEnd {
    <T> T match(Function<Deployed, T> deployed, Function<Addresses, T> addresses, Supplier<T> ingressController);

    /** @param namespace empty: wherever it is */
    default boolean isIn(String namespace) {
        return namespace.isEmpty()
                || match(deployed -> deployed.namespace().equals(namespace), addresses -> false, () -> false);
    }

    /** The pods of one topmost owner. */
    record Deployed(String namespace, Owner owner) implements ConnectionEnd, Comparable<Deployed> {
        private static final Comparator<Deployed> ORDER =
                Comparator.comparing(Deployed::namespace).thenComparing(Deployed::owner);

        @Override
        public <T> T match(
                Function<Deployed, T> deployed, Function<Addresses, T> addresses, Supplier<T> ingressController) {
            return deployed.apply(this);
        }

        @Override
        public int compareTo(Deployed other) {
            return ORDER.compare(this, other);
        }
    }

    /** Addresses outside the cluster; or a node's, where a policy names it. */
    record Addresses(AddressRange range) implements ConnectionEnd {
        @Override
        public <T> T match(
                Function<Deployed, T> deployed, Function<Addresses, T> addresses, Supplier<T> ingressController) {
            return addresses.apply(this);
        }
    }

    /** Whatever serves the cluster's Ingress objects, where no workload is known to. */
    record IngressController() implements ConnectionEnd {
        @Override
        public <T> T match(
                Function<Deployed, T> deployed, Function<Addresses, T> addresses, Supplier<T> ingressController) {
            return ingressController.get();
        }
    }
}
