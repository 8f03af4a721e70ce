package dev.flowguard.binding;

import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.WorkloadSet;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.net.AddressRange;
import dev.flowguard.policy.LabelSelector;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Narrows the ends of a flow to the workloads that a change concerns, so that nothing else is looked at. */
public sealed interface Within {
    @SuppressWarnings(
            "ClassInitializationDeadlock") // Its only instance is this one, so nobody else initialises its class.
    Within ANYWHERE = new Anywhere();

    /** So many namespaces are quicker looked at one by one. */
    int FEW = 16;

    /** The shards of matching namespaces in which anything is let through. */
    List<NamespaceShard> shards(Snapshot cluster, LabelSelector namespaces);

    /** The shard of the namespace of that name; none where it does not exist or nothing in it is let through. */
    default List<NamespaceShard> shards(Snapshot cluster, String namespace) {
        @Nullable NamespaceShard shard = cluster.namespace(namespace).orElse(null);
        return shard == null ? List.of() : List.of(shard);
    }

    /** Of the shard's workloads in the set, those let through. */
    WorkloadSet letThrough(NamespaceShard shard, WorkloadSet set);

    default List<Workload> workloads(NamespaceShard shard, WorkloadSet set) {
        return shard.workloads(letThrough(shard, set));
    }

    /** Whether addresses are let through, which no policy selects. */
    boolean takesAddresses();

    /** Whether it names what it lets through, so that little is to be looked at. */
    default boolean isNarrow() {
        return false;
    }

    /** Whether it surely lets nobody through. */
    default boolean isNobody() {
        return false;
    }

    /** The namespaces that it names; none where it names none. */
    default List<NamespaceShard> named() {
        return List.of();
    }

    /** Every workload and every address. */
    record Anywhere() implements Within {
        @Override
        public List<NamespaceShard> shards(Snapshot cluster, LabelSelector namespaces) {
            return cluster.namespacesMatching(namespaces);
        }

        @Override
        public WorkloadSet letThrough(NamespaceShard shard, WorkloadSet set) {
            return set;
        }

        @Override
        public boolean takesAddresses() {
            return true;
        }
    }

    /** Only these workloads of that namespace, which is a shard of the snapshot that is asked, or an assumed one. */
    record These(NamespaceShard namespace, WorkloadSet these) implements Within {
        @Override
        public List<NamespaceShard> shards(Snapshot cluster, LabelSelector namespaces) {
            return namespaces.matches(namespace.entry().labels()) ? List.of(namespace) : List.of();
        }

        @Override
        public List<NamespaceShard> shards(Snapshot cluster, String name) {
            return namespace.name().equals(name) ? List.of(namespace) : List.of();
        }

        @Override
        public WorkloadSet letThrough(NamespaceShard shard, WorkloadSet set) {
            return shard == namespace ? set.and(these) : WorkloadSet.EMPTY;
        }

        @Override
        public boolean takesAddresses() {
            return false;
        }

        @Override
        public boolean isNarrow() {
            return true;
        }

        @Override
        public boolean isNobody() {
            return these.isEmpty();
        }

        @Override
        public List<NamespaceShard> named() {
            return List.of(namespace);
        }

        /** Both together, which are of one namespace. */
        public These or(These other) {
            return new These(namespace, these.or(other.these));
        }
    }

    /** Those of several namespaces, at most one for each. */
    record InSeveral(Map<String, These> namespaces) implements Within {
        public InSeveral {
            namespaces = Map.copyOf(namespaces);
        }

        @Override
        public List<NamespaceShard> shards(Snapshot cluster, LabelSelector wanted) {
            return namespaces.size() > FEW
                    ? cluster.namespacesMatching(wanted).stream()
                            .filter(shard -> namespaces.containsKey(shard.name()))
                            .toList()
                    : namespaces.values().stream()
                            .flatMap(these -> these.shards(cluster, wanted).stream())
                            .sorted(Comparator.comparing(NamespaceShard::name))
                            .toList();
        }

        @Override
        public List<NamespaceShard> shards(Snapshot cluster, String name) {
            These these = namespaces.get(name);
            return these == null ? List.of() : these.shards(cluster, name);
        }

        @Override
        public WorkloadSet letThrough(NamespaceShard shard, WorkloadSet set) {
            These these = namespaces.get(shard.name());
            return these == null ? WorkloadSet.EMPTY : these.letThrough(shard, set);
        }

        @Override
        public boolean takesAddresses() {
            return false;
        }

        @Override
        public boolean isNarrow() {
            return namespaces.size() <= FEW;
        }

        @Override
        public List<NamespaceShard> named() {
            return namespaces.values().stream().map(These::namespace).toList();
        }

        @Override
        public boolean isNobody() {
            return namespaces.values().stream().allMatch(These::isNobody);
        }
    }

    /** The workloads that have an address in the range; in that of a whole family, also those whose addresses are not known. */
    record Addressed(AddressRange range) implements Within {
        @Override
        public List<NamespaceShard> shards(Snapshot cluster, LabelSelector namespaces) {
            return isWholeFamily()
                    ? cluster.namespacesMatching(namespaces)
                    : cluster.namespacesWithAddressIn(range).stream()
                            .filter(shard -> namespaces.matches(shard.entry().labels()))
                            .toList();
        }

        @Override
        public WorkloadSet letThrough(NamespaceShard shard, WorkloadSet set) {
            return shard.keeping(
                    set,
                    workload -> workload.addressesIn(range) > 0
                            || (isWholeFamily() && workload.addresses().isEmpty()));
        }

        private boolean isWholeFamily() {
            return range.equals(AddressRange.all(range.family()));
        }

        @Override
        public boolean takesAddresses() {
            return false;
        }
    }

    /** Every address, and what the other one lets through. */
    record WithAddresses(Within workloads) implements Within {
        @Override
        public List<NamespaceShard> shards(Snapshot cluster, LabelSelector namespaces) {
            return workloads.shards(cluster, namespaces);
        }

        @Override
        public List<NamespaceShard> shards(Snapshot cluster, String namespace) {
            return workloads.shards(cluster, namespace);
        }

        @Override
        public WorkloadSet letThrough(NamespaceShard shard, WorkloadSet set) {
            return workloads.letThrough(shard, set);
        }

        @Override
        public boolean takesAddresses() {
            return true;
        }

        @Override
        public List<NamespaceShard> named() {
            return workloads.named();
        }
    }

    /** Whatever the other one does not let through. */
    record Others(Within but) implements Within {
        @Override
        public List<NamespaceShard> shards(Snapshot cluster, LabelSelector namespaces) {
            return cluster.namespacesMatching(namespaces);
        }

        @Override
        public WorkloadSet letThrough(NamespaceShard shard, WorkloadSet set) {
            return set.without(but.letThrough(shard, set));
        }

        @Override
        public boolean takesAddresses() {
            return !but.takesAddresses();
        }

        @Override
        public boolean isNobody() {
            return but == ANYWHERE;
        }
    }
}
