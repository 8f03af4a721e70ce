package dev.flowguard.verdict.match;

import dev.flowguard.net.AddressRange;
import dev.flowguard.net.Cidr;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.Requirement;
import dev.flowguard.policy.chain.ChainRule;
import dev.flowguard.policy.chain.Ends;
import dev.flowguard.policy.chain.RuledPolicy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What some policies look at to tell one pod of the pod network from another. An expression answers whether that is all there is to it:
 * not where it asks for what a Service leads to.
 */
final class SeenOfPods implements Ends.Cases<Boolean> {
    private final NamedLabels ofPods = new NamedLabels();
    private final NamedLabels ofNamespaces = new NamedLabels();
    private final Set<AddressRange> blocks = new LinkedHashSet<>();
    private boolean serviceAccounts;

    NamedLabels ofPods() {
        return ofPods;
    }

    NamedLabels ofNamespaces() {
        return ofNamespaces;
    }

    /** Whoever is inside of one and not of another is told apart. */
    Set<AddressRange> blocks() {
        return blocks;
    }

    boolean areServiceAccounts() {
        return serviceAccounts;
    }

    void add(Policy policy) {
        policy.forEachSelector((scope, pods) -> {
            ofPods.add(pods);
            scope.match(() -> true, matching -> ofNamespaces.add(matching.selector()));
        });
        Stream.of(policy.ingress(), policy.egress())
                .flatMap(section -> section.written().stream())
                .flatMap(rule -> rule.peers().stream())
                .forEach(peer -> peer.match(pods -> false, this::add, unknown -> false));
    }

    /** @return whether that is all there is to it */
    boolean add(RuledPolicy policy) {
        return policy.subject().accept(this)
                && Stream.of(policy.ingress(), policy.egress())
                        .flatMap(section -> section.rules().stream())
                        .allMatch(this::add);
    }

    private boolean add(ChainRule rule) {
        return rule.subject().accept(this) && rule.peer().accept(this) && !PortsMatcher.dependOnService(rule.ports());
    }

    private boolean add(Peer.IpBlock block) {
        block.except().stream().map(Cidr::range).forEach(blocks::add);
        blocks.add(block.cidr().range());
        return true;
    }

    private boolean all(List<Ends> parts) {
        return parts.stream().allMatch(part -> part.accept(this));
    }

    @Override
    public Boolean allOf(Ends.AllOf all) {
        return all(all.parts());
    }

    @Override
    public Boolean anyOf(Ends.AnyOf any) {
        return all(any.parts());
    }

    @Override
    public Boolean not(Ends.Not not) {
        return not.part().accept(this);
    }

    @Override
    public Boolean unclear(Ends.Unclear unclear) {
        return true;
    }

    @Override
    public Boolean pods(Ends.Pods pods) {
        return true;
    }

    @Override
    public Boolean podLabels(Ends.PodLabels labels) {
        ofPods.add(labels.selector());
        return true;
    }

    @Override
    public Boolean namespaceLabels(Ends.NamespaceLabels labels) {
        ofNamespaces.add(labels.selector());
        return true;
    }

    @Override
    public Boolean inNamespace(Ends.InNamespace namespace) {
        ofNamespaces.add(
                new LabelSelector(List.of(Requirement.in(LabelSelector.NAMESPACE_NAME, List.of(namespace.name())))));
        return true;
    }

    @Override
    public Boolean serviceAccounts(Ends.ServiceAccounts accounts) {
        serviceAccounts = true;
        return true;
    }

    @Override
    public Boolean label(Ends.Label label) {
        switch (label.bearer()) {
            case POD -> ofPods.addWhole(label.key());
            case NAMESPACE -> ofNamespaces.addWhole(label.key());
            case SERVICE_ACCOUNT -> serviceAccounts = true;
        }
        return true;
    }

    @Override
    public Boolean addresses(Ends.Addresses addresses) {
        if (!addresses.pods().isNo()) {
            addresses.blocks().forEach(this::add);
        }
        return true;
    }

    @Override
    public Boolean family(Ends.OfFamily family) {
        return true;
    }

    @Override
    public Boolean nodes(Ends.Nodes nodes) {
        return true;
    }

    @Override
    public Boolean outside(Ends.Outside outside) {
        return true;
    }

    @Override
    public Boolean apiServer(Ends.ApiServer server) {
        return true;
    }

    @Override
    public Boolean service(Ends.OfService service) {
        return false;
    }
}
