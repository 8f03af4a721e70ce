package dev.flowguard.policy.cilium;

import dev.flowguard.net.Cidr;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.chain.Ends;
import dev.flowguard.policy.chain.Surroundings;
import dev.flowguard.policy.cilium.CiliumPeers.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who the peers of a rule are. */
final class PeerMapping implements CiliumPeers.Cases<Ends> {
    private final Surroundings surroundings;
    private final CiliumConfig config;
    private final SelectorMapping selectors;
    private final String namespace;
    private final CiliumSelector subject;

    /** @param namespace of the policy, empty where it is cluster-wide */
    PeerMapping(Surroundings surroundings, SelectorMapping selectors, String namespace, CiliumSelector subject) {
        this.surroundings = surroundings;
        this.config = CiliumConfig.in(surroundings);
        this.selectors = selectors;
        this.namespace = namespace;
        this.subject = subject;
    }

    @Override
    public Ends everybody() {
        return Ends.EVERYBODY;
    }

    @Override
    public Ends nobody() {
        return Ends.NOBODY;
    }

    @Override
    public Ends endpoints(CiliumPeers.Endpoints endpoints) {
        return Ends.anyOf(endpoints.selectors().stream()
                .map(selector -> selectors.peer(selector, namespace, subject))
                .toList());
    }

    @Override
    public Ends entities(CiliumPeers.Entities entities) {
        return EntityMapping.ends(entities.entities());
    }

    /** Never pods, and nodes only if the agents are told to (OTHER-POLICIES L20). */
    @Override
    public Ends blocks(CiliumPeers.Blocks blocks) {
        List<Peer.IpBlock> known = new ArrayList<>();
        List<Ends> parts = new ArrayList<>();
        for (Block block : blocks.blocks()) {
            block.<Stream<Peer.IpBlock>>match(
                            written -> without(written.except(), written.cidr()),
                            group -> {
                                Optional<CidrGroup> found = group(group.name());
                                if (found.isEmpty()) {
                                    parts.add(unknownGroup(group.name()));
                                }
                                return found.stream().flatMap(each -> without(group.except(), each));
                            },
                            groups -> surroundings.inputs(CidrGroup.class).stream()
                                    .filter(groups::means)
                                    .flatMap(each -> without(groups.except(), each)))
                    .forEach(known::add);
        }
        if (!known.isEmpty()) {
            parts.add(0, new Ends.Addresses(known, config.blocksMatchPods(), config.blocksMatchNodes()));
        }
        return Ends.anyOf(parts);
    }

    private static Ends unknownGroup(String name) {
        return Ends.allOf(
                new Ends.Outside(), new Ends.Unclear(CidrGroup.KIND + " " + name + ", which it names, is not known"));
    }

    private static Stream<Peer.IpBlock> without(List<Cidr> except, CidrGroup group) {
        return group.blocks().stream().flatMap(block -> without(except, block));
    }

    /** The exceptions that lie in the block; nothing, where one is all of it. */
    private static Stream<Peer.IpBlock> without(List<Cidr> except, Cidr block) {
        boolean nothingLeft = except.stream().anyMatch(each -> each.equals(block) || each.strictlyContains(block));
        return nothingLeft
                ? Stream.empty()
                : Stream.of(new Peer.IpBlock(
                        block, except.stream().filter(block::strictlyContains).toList()));
    }

    private Optional<CidrGroup> group(String name) {
        return surroundings.inputs(CidrGroup.class).stream()
                .filter(group -> group.name().equals(name))
                .findFirst();
    }

    /** Of a rule that denies, the agent resolves no Services: it denies nobody, or with ports as good as everybody. */
    @Override
    public Ends services(CiliumPeers.Services services) {
        if (services.denied()) {
            return new Ends.Unclear("the agent resolves no Services in rules that deny");
        }
        return Ends.anyOf(services.services().stream().map(this::service).toList());
    }

    /** The pods that it selects, or where it selects none its addresses, as blocks of one (OTHER-POLICIES L20, L23). */
    private Ends service(CiliumPeers.Service service) {
        return Ends.anyOf(
                behind(service, Ends.OfService.Backing.SELECTED_PODS),
                Ends.allOf(behind(service, Ends.OfService.Backing.LISTED_ADDRESSES), metByAddress()));
    }

    private static Ends behind(CiliumPeers.Service service, Ends.OfService.Backing backing) {
        return new Ends.OfService(service.namespace(), service.name(), service.labels(), backing);
    }

    /** Whom an address block matches at all. */
    private Ends metByAddress() {
        List<Ends> met = new ArrayList<>(List.of(new Ends.Outside()));
        if (config.blocksMatchPods().isYes()) {
            met.add(new Ends.Pods());
        }
        if (config.blocksMatchNodes().isYes()) {
            met.add(new Ends.Nodes(LabelSelector.EVERYTHING, Ends.Nodes.Whose.ANY));
        }
        return Ends.anyOf(met);
    }

    @Override
    public Ends domains(CiliumPeers.Domains domains) {
        return Ends.allOf(
                new Ends.Outside(),
                new Ends.Unclear("which addresses " + String.join(", ", domains.names()) + " has is not known"));
    }

    @Override
    public Ends nodes() {
        return Ends.allOf(
                Ends.not(new Ends.Pods()), new Ends.Unclear("which labels the agents know of nodes is not evaluated"));
    }

    @Override
    public Ends unclear(CiliumPeers.Unclear unclear) {
        return new Ends.Unclear(String.join(", ", unclear.fields()) + " is not evaluated");
    }
}
