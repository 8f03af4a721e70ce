package dev.flowguard.policy.cnp;

import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.calico.NetworkSetEnds;
import dev.flowguard.policy.chain.Action;
import dev.flowguard.policy.chain.Block;
import dev.flowguard.policy.chain.ChainRule;
import dev.flowguard.policy.chain.Ends;
import dev.flowguard.policy.chain.Mapping;
import dev.flowguard.policy.chain.Place;
import dev.flowguard.policy.chain.Plugin;
import dev.flowguard.policy.chain.PluginFamily;
import dev.flowguard.policy.chain.Ports;
import dev.flowguard.policy.chain.RuledPolicy;
import dev.flowguard.policy.chain.Surroundings;
import dev.flowguard.policy.cilium.CiliumPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What an administrator's policy comes down to on the cluster's network plugin (OTHER-POLICIES C1–C21). */
final class AdminMapping {
    private static final String DOMAINS = "which addresses a domain name stands for is only known to DNS";
    private static final String NEGATIVE_ONLY =
            "its selector has only negative terms, which Cilium 1.20 lets match every peer";
    private static final String NODES_ON_CILIUM =
            "Cilium takes a policy that names nodes only if enable-node-selector-labels is on";

    private final AdminPolicy policy;
    private final Plugin plugin;
    private final Surroundings surroundings;

    AdminMapping(AdminPolicy policy, Surroundings surroundings) {
        this.policy = policy;
        this.plugin = surroundings.plugin();
        this.surroundings = surroundings;
    }

    Mapping mapping() {
        if (!policy.unreadable().isEmpty() && plugin.family() != PluginFamily.NONE) {
            return new Mapping.Unclear(
                    policy.unreadable(),
                    "its subject cannot be read, as " + policy.unreadable().get(0));
        }
        boolean older = policy.kind() != AdminPolicy.Kind.CLUSTER;
        return switch (plugin.family()) {
            case UNKNOWN, KUBE_NETWORK_POLICIES, OVN_KUBERNETES -> ruled();
            case CALICO, CILIUM -> older ? readsTheNewerKind() : ruled();
            case ANTREA -> older ? ruled() : isNotKnown();
            case NETWORK_POLICIES_ONLY -> isNotKnown();
            case NONE -> Mapping.Ignored.ofOtherPlugin(plugin.configuredName() + " enforces no policies");
        };
    }

    private Mapping readsTheNewerKind() {
        return new Mapping.Unclear("versions of " + plugin.configuredName()
                + " that read ClusterNetworkPolicies pass over it; write a ClusterNetworkPolicy in its place");
    }

    private Mapping isNotKnown() {
        return new Mapping.Unclear("whether " + plugin.configuredName() + " enforces this kind is not known");
    }

    private Mapping ruled() {
        Block block = switch (policy.tier()) {
            case ADMIN -> Block.ADMIN;
            case BASELINE -> Block.BASELINE;
        };
        return Mapping.Ruled.of(new RuledPolicy(
                policy.ref(),
                new Place(block, policy.priority(), "", Place.Manner.IN_ORDER),
                Ends.pods(policy.namespaces(), policy.pods()),
                section(Direction.INGRESS),
                section(Direction.EGRESS)));
    }

    private RuledPolicy.Section section(Direction direction) {
        List<ChainRule> rules = new ArrayList<>();
        List<AdminRule> written = policy.rules(direction);
        for (int i = 0; i < written.size(); i++) {
            rules(written.get(i), i, direction.section() + "[" + i + "]").forEach(rules::add);
        }
        return new RuledPolicy.Section(false, rules);
    }

    /** A rule is for pods by whatever port; a name is resolved on a pod that is met as one, never by its address alone (C13). */
    private Stream<ChainRule> rules(AdminRule rule, int index, String path) {
        if (rule.peers().stream().anyMatch(this::isBeyondPlugin)) {
            return failClosed(rule, index, path);
        }
        Ports every = rule.namedPorts().isEmpty()
                ? rule.ports()
                : Ports.anyOf(Stream.concat(Stream.of(rule.ports()), rule.namedPorts().stream())
                        .toList());
        List<Ends> asPods = new ArrayList<>();
        List<Ends> byAddress = new ArrayList<>();
        rule.peers().forEach(peer -> (isPods(peer) ? asPods : byAddress).add(ends(peer)));
        return Stream.of(new Half(asPods, every), new Half(byAddress, rule.ports()))
                .filter(half -> !half.ends().isEmpty())
                .map(half -> new ChainRule(
                        index,
                        path,
                        rule.name(),
                        rule.action(),
                        Ends.EVERYBODY,
                        Ends.anyOf(half.ends()),
                        half.ports(),
                        doubts(rule)));
    }

    private record Half(List<Ends> ends, Ports ports) {}

    private static boolean isPods(AdminPeer peer) {
        return peer.match(
                pods -> true,
                networks -> false,
                nodes -> false,
                domains -> false,
                unknown -> false,
                unreadable -> true);
    }

    /** A peer that nothing is known of (C17); Calico knows neither nodes nor domain names (C15). */
    private boolean isBeyondPlugin(AdminPeer peer) {
        boolean calico = plugin.family() == PluginFamily.CALICO;
        return peer.match(
                pods -> false,
                networks -> false,
                nodes -> calico,
                domains -> calico,
                unknown -> true,
                unreadable -> false);
    }

    /** Such a rule lets nothing through, and keeps everything out if it does more than let through. */
    private static Stream<ChainRule> failClosed(AdminRule rule, int index, String path) {
        return rule.action() == Action.ALLOW
                ? Stream.empty()
                : Stream.of(ChainRule.of(index, path, rule.name(), Action.DENY, Ends.EVERYBODY, Ports.EVERY));
    }

    private List<String> doubts(AdminRule rule) {
        List<String> doubts = new ArrayList<>();
        Stream.concat(policy.unknownFields().stream(), rule.unknownFields().stream())
                .map(field -> "this version does not know the field " + field)
                .forEach(doubts::add);
        if (plugin.family() == PluginFamily.CILIUM && namesNodes()) {
            doubts.add(NODES_ON_CILIUM);
        }
        return doubts;
    }

    /** Cilium drops the whole policy. */
    private boolean namesNodes() {
        return policy.egress().stream()
                .flatMap(rule -> rule.peers().stream())
                .anyMatch(peer -> peer.match(
                        pods -> false,
                        networks -> false,
                        nodes -> true,
                        domains -> false,
                        unknown -> false,
                        unreadable -> false));
    }

    private Ends ends(AdminPeer peer) {
        return peer.match(
                this::pods,
                networks -> new Ends.Addresses(
                        networks.blocks().stream()
                                .map(block -> new Peer.IpBlock(block, List.of()))
                                .toList(),
                        matchesPods(),
                        plugin.ipBlockMatchesNodes()),
                nodes -> new Ends.Nodes(nodes.labels(), Ends.Nodes.Whose.ANY),
                domains -> Ends.allOf(Ends.not(new Ends.Pods()), new Ends.Unclear(DOMAINS)),
                unknown -> Ends.NOBODY,
                unreadable -> new Ends.Unclear(
                        "it has what cannot be read: " + unreadable.parts().get(0)));
    }

    /** Where the plugin is not known it is taken to do what this API says, other than that of NetworkPolicy (C14). */
    private Answer matchesPods() {
        return plugin.family() == PluginFamily.UNKNOWN ? Answer.YES : plugin.ipBlockMatchesPods();
    }

    /**
     * To Cilium, what is no pod has no labels, and so is matched by a selector that only excludes; since 1.20 one of whole namespaces
     * may match every pod as well (L11).
     */
    private Ends pods(AdminPeer.Pods peer) {
        Ends matching = Ends.allOf(
                new Ends.Pods(), new Ends.NamespaceLabels(peer.namespaces()), new Ends.PodLabels(peer.pods()));
        if (plugin.family() == PluginFamily.CALICO && peer.wholeNamespaces()) {
            return Ends.anyOf(matching, NetworkSetEnds.inNamespaces(peer.namespaces(), surroundings));
        }
        return peer.onlyExcludes() && CiliumPolicy.exclusionsReachBeyondPods(surroundings)
                ? Ends.anyOf(
                        matching,
                        Ends.not(new Ends.Pods()),
                        peer.wholeNamespaces()
                                ? Ends.allOf(new Ends.Pods(), new Ends.Unclear(NEGATIVE_ONLY))
                                : Ends.NOBODY)
                : matching;
    }
}
