package dev.flowguard.assess.connections;

import dev.flowguard.cluster.object.Owner;
import dev.flowguard.net.AddressRange;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
        @Override
        public <T> T match(
                Function<Deployed, T> deployed, Function<Addresses, T> addresses, Supplier<T> ingressController) {
            return deployed.apply(this);
        }

        @Override
        public int compareTo(Deployed other) {
            int byNamespace = namespace.compareTo(other.namespace);
            return byNamespace != 0 ? byNamespace : owner.compareTo(other.owner);
        }

        /** As a record's own, but several times faster until it is compiled to the end: each change on the page asks it of everybody. */
        @Override
        public boolean equals(@Nullable Object object) {
            return this == object
                    || object instanceof Deployed other
                            && owner.name().equals(other.owner.name())
                            && owner.kind().equals(other.owner.kind())
                            && namespace.equals(other.namespace);
        }

        @Override
        public int hashCode() {
            return (owner.name().hashCode() * 31 + owner.kind().hashCode()) * 31 + namespace.hashCode();
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
