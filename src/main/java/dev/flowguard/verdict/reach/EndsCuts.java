package dev.flowguard.verdict.reach;

import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.net.AddressRange;
import dev.flowguard.net.Cidr;
import dev.flowguard.policy.chain.Ends;
import dev.flowguard.verdict.match.MeantServices;
import java.util.List;
import java.util.stream.Stream;

/** The address ranges that an expression tells apart, so that it holds all of a part that is cut by them or nothing of it. */
public final class EndsCuts implements Ends.Cases<Stream<AddressRange>> {
    private final Snapshot cluster;

    public EndsCuts(Snapshot cluster) {
        this.cluster = cluster;
    }

    public List<AddressRange> of(Ends ends) {
        return ends.accept(this).distinct().toList();
    }

    @Override
    public Stream<AddressRange> allOf(Ends.AllOf all) {
        return all.parts().stream().flatMap(part -> part.accept(this));
    }

    @Override
    public Stream<AddressRange> anyOf(Ends.AnyOf any) {
        return any.parts().stream().flatMap(part -> part.accept(this));
    }

    @Override
    public Stream<AddressRange> not(Ends.Not not) {
        return not.part().accept(this);
    }

    @Override
    public Stream<AddressRange> unclear(Ends.Unclear unclear) {
        return Stream.empty();
    }

    @Override
    public Stream<AddressRange> pods(Ends.Pods pods) {
        return Stream.empty();
    }

    @Override
    public Stream<AddressRange> podLabels(Ends.PodLabels labels) {
        return Stream.empty();
    }

    @Override
    public Stream<AddressRange> namespaceLabels(Ends.NamespaceLabels labels) {
        return Stream.empty();
    }

    @Override
    public Stream<AddressRange> inNamespace(Ends.InNamespace namespace) {
        return Stream.empty();
    }

    @Override
    public Stream<AddressRange> serviceAccounts(Ends.ServiceAccounts accounts) {
        return Stream.empty();
    }

    @Override
    public Stream<AddressRange> label(Ends.Label label) {
        return Stream.empty();
    }

    @Override
    public Stream<AddressRange> addresses(Ends.Addresses addresses) {
        return addresses.blocks().stream()
                .flatMap(block -> Stream.concat(Stream.of(block.cidr()), block.except().stream()))
                .map(Cidr::range);
    }

    @Override
    public Stream<AddressRange> family(Ends.OfFamily family) {
        return Stream.empty();
    }

    @Override
    public Stream<AddressRange> nodes(Ends.Nodes nodes) {
        return nodeAddresses();
    }

    @Override
    public Stream<AddressRange> outside(Ends.Outside outside) {
        return nodeAddresses();
    }

    @Override
    public Stream<AddressRange> apiServer(Ends.ApiServer apiServer) {
        return endpoints(ServiceEntry.API_NAMESPACE, ServiceEntry.API_SERVICE);
    }

    @Override
    public Stream<AddressRange> service(Ends.OfService service) {
        return MeantServices.of(cluster, service).stream().flatMap(each -> endpoints(each.namespace(), each.name()));
    }

    private Stream<AddressRange> nodeAddresses() {
        return cluster.nodeAddresses().stream().map(AddressRange::of);
    }

    private Stream<AddressRange> endpoints(String namespace, String service) {
        return cluster.namespace(namespace).stream()
                .flatMap(shard -> shard.endpoints(service).stream())
                .map(Fact.Endpoints::addresses)
                .flatMap(List::stream)
                .map(AddressRange::of);
    }
}
