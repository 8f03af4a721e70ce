package dev.flowguard.testing;

import dev.flowguard.assess.Assessment;
import dev.flowguard.assess.Assessor;
import dev.flowguard.assess.Change;
import dev.flowguard.assess.FlowStanding;
import dev.flowguard.assess.StateAssessor;
import dev.flowguard.cluster.ClusterModel;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.net.Address;
import dev.flowguard.net.AddressRange;
import dev.flowguard.net.Cidr;
import dev.flowguard.verdict.pair.Endpoint;
import java.util.List;
import java.util.stream.Stream;

/** A cluster written in a test. Immutable. */
public final class TestCluster {
    private final ClusterSettings settings;
    private final List<Part> parts;
    private final Snapshot snapshot;

    private TestCluster(ClusterSettings settings, List<Part> parts) {
        this.settings = settings;
        this.parts = List.copyOf(parts);
        this.snapshot = new ClusterModel(settings)
                .apply(parts.stream()
                        .flatMap(part -> part.observations().stream())
                        .toList());
    }

    public static TestCluster with(Part... parts) {
        return new TestCluster(ClusterSettings.DEFAULT, List.of(parts));
    }

    /** Also these; an object that is said again is as said last. */
    public TestCluster and(Part... more) {
        return new TestCluster(
                settings, Stream.concat(parts.stream(), Stream.of(more)).toList());
    }

    /**
     * The same cluster with that network plugin.
     *
     * @param cni a profile's name
     */
    public TestCluster on(String cni) {
        return configured(settings.withCni(cni));
    }

    public TestCluster configured(ClusterSettings other) {
        return new TestCluster(other, parts);
    }

    public Snapshot snapshot() {
        return snapshot;
    }

    public Assessment assess(Change change) {
        return new Assessor(snapshot).assess(change);
    }

    /** How the flow of that name stands. */
    public FlowStanding standing(String flow) {
        return new StateAssessor(snapshot)
                .assess().stream()
                        .filter(standing -> standing.flow().flow().name().equals(flow))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("No flow is called " + flow));
    }

    /**
     * The one workload that people call so.
     *
     * @param namespaceAndName {@code shop/orders}
     */
    public Workload workload(String namespaceAndName) {
        ObjectRef wanted = Names.object("Workload", namespaceAndName);
        List<Workload> found = snapshot.namespaceOrAssumed(wanted.namespace()).workloads().stream()
                .filter(workload -> workload.name().equals(wanted.name()))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError("Workloads called " + namespaceAndName + ": " + found + " of "
                    + snapshot.namespaceOrAssumed(wanted.namespace()).workloads());
        }
        return found.get(0);
    }

    /** @param text a workload as {@code shop/orders}, an address, or an address block */
    Endpoint endpoint(String text) {
        boolean isAddress = text.indexOf(':') >= 0 || Character.isDigit(text.charAt(0));
        if (!isAddress) {
            return new Endpoint.Pods(workload(text));
        }
        AddressRange range = text.indexOf('/') >= 0 ? Cidr.parse(text).range() : AddressRange.of(Address.parse(text));
        return new Endpoint.Addresses(
                range,
                snapshot.isNodeAddress(range.first()) ? Endpoint.Addresses.Kind.NODE : Endpoint.Addresses.Kind.OUTSIDE);
    }
}
