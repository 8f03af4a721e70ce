package dev.flowguard.policy.cilium;

import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.policy.chain.Action;
import dev.flowguard.policy.chain.ChainRule;
import dev.flowguard.policy.chain.Ends;
import dev.flowguard.policy.chain.Mapping;
import dev.flowguard.policy.chain.Place;
import dev.flowguard.policy.chain.Plugin;
import dev.flowguard.policy.chain.PluginFamily;
import dev.flowguard.policy.chain.Ports;
import dev.flowguard.policy.chain.RuledPolicy;
import dev.flowguard.policy.chain.Sameness;
import dev.flowguard.policy.chain.Surroundings;
import dev.flowguard.policy.cilium.CiliumPolicy.Spec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a policy of Cilium comes down to in a cluster whose agents are configured in some way. */
final class CiliumMapping {
    private final CiliumPolicy policy;
    private final Surroundings surroundings;
    private final CiliumConfig config;
    private final SelectorMapping selectors;

    CiliumMapping(CiliumPolicy policy, Surroundings surroundings) {
        this.policy = policy;
        this.surroundings = surroundings;
        this.config = CiliumConfig.in(surroundings);
        this.selectors = new SelectorMapping(config);
    }

    Mapping mapping() {
        return otherPlugin(surroundings.plugin())
                .or(this::refused)
                .or(this::notUnderstood)
                .orElseGet(() -> new Mapping.Ruled(
                        policy.specs().stream()
                                .filter(spec -> !spec.ofNodes())
                                .map(this::ruled)
                                .toList(),
                        assumptions()));
    }

    /** Of a plugin that does not know the kind it has no effect; of one that is not known it is not known (OTHER-POLICIES X3). */
    static Optional<Mapping> otherPlugin(Plugin plugin) {
        if (plugin.family() == PluginFamily.CILIUM) {
            return Optional.empty();
        }
        return Optional.of(
                plugin.family() == PluginFamily.UNKNOWN
                        ? new Mapping.Unclear("whether the cluster's network plugin is Cilium is not known")
                        : Mapping.Ignored.ofOtherPlugin("the cluster's network plugin is " + plugin.configuredName()
                                + ", which does not read policies of Cilium"));
    }

    private List<String> assumptions() {
        return surroundings.inputs(CiliumConfig.class).isEmpty()
                ? List.of("ConfigMap " + CiliumConfig.NAMESPACE + "/" + CiliumConfig.NAME
                        + " was not read, so the agents are taken to be configured as by default")
                : List.of();
    }

    private Optional<Mapping> refused() {
        return policy.refusals().stream()
                .filter(refusal -> !config.accepts(refusal.unless()))
                .findFirst()
                .map(refusal -> new Mapping.Ignored(
                        Mapping.Ignored.Cause.REFUSED,
                        refusal.field(),
                        "Cilium's agent refuses the whole of it, as " + refusal.field() + " " + refusal.reason()));
    }

    private Optional<Mapping> notUnderstood() {
        List<String> fields = policy.specs().stream()
                .flatMap(spec -> spec.unknownFields().stream())
                .distinct()
                .toList();
        return fields.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Mapping.Unclear("it has fields that are not known here: " + String.join(", ", fields)));
    }

    private RuledPolicy ruled(Spec spec) {
        return new RuledPolicy(
                policy.ref(),
                Place.BESIDE_NETWORK_POLICIES,
                selectors.subject(spec.subject(), policy.namespace()),
                section(spec, Direction.INGRESS),
                section(spec, Direction.EGRESS));
    }

    private RuledPolicy.Section section(Spec spec, Direction direction) {
        PeerMapping peers = new PeerMapping(surroundings, selectors, policy.namespace(), spec.subject());
        List<ChainRule> rules = new ArrayList<>();
        for (CiliumPolicy.Rule rule : spec.rules()) {
            if (rule.direction() == direction) {
                rules(spec, rule, peers, rules);
            }
        }
        return new RuledPolicy.Section(isolates(spec, direction), rules);
    }

    private boolean isolates(Spec spec, Direction direction) {
        return config.letsPoliciesNotIsolate()
                ? spec.isolates(direction)
                : spec.rules().stream().anyMatch(rule -> rule.direction() == direction);
    }

    /** One rule as it is written becomes one for the ports of which it is sure, and one for each thing that a proxy looks at. */
    private void rules(Spec spec, CiliumPolicy.Rule rule, PeerMapping peers, List<ChainRule> rules) {
        if (!rule.unknownFields().isEmpty()) {
            String why = "it has fields that are not known here: " + String.join(", ", rule.unknownFields());
            add(spec, rule, new Ends.Unclear(why), Ports.EVERY, List.of(), rules);
            return;
        }
        Ends peer = rule.peers().match(peers);
        List<String> proof =
                rule.ports().authenticated() ? List.of("both ends must prove who they are, which may fail") : List.of();
        if (rule.ports().everything()) {
            add(spec, rule, peer, Ports.EVERY, proof, rules);
        } else if (rule.ports().icmp()) {
            Ports icmp = Ports.allOf(List.of(
                    new Ports.Protocols(Set.of(Protocol.ICMP)),
                    new Ports.Unclear("it is for some types of ICMP only")));
            add(spec, rule, peer, icmp, proof, rules);
        }
        rule.ports().groups().stream()
                .collect(Collectors.groupingBy(CiliumPorts.Group::proxy, TreeMap::new, Collectors.toList()))
                .forEach((proxy, groups) -> add(
                        spec,
                        rule,
                        peer,
                        Ports.anyOf(groups.stream()
                                .flatMap(group -> group.ports().stream())
                                .map(port -> port(port, rule.direction()))
                                .toList()),
                        proxy == CiliumPorts.Proxy.NONE ? proof : doubts(proxy, proof),
                        rules));
    }

    private static List<String> doubts(CiliumPorts.Proxy proxy, List<String> proof) {
        List<String> doubts = new ArrayList<>(proof);
        doubts.add("its " + proxy.words() + " let a proxy refuse what its ports let through");
        return doubts;
    }

    private static void add(
            Spec spec, CiliumPolicy.Rule rule, Ends peer, Ports ports, List<String> doubts, List<ChainRule> rules) {
        rules.add(new ChainRule(
                rules.size(),
                spec.pathOf(rule),
                "",
                rule.denies() ? Action.DENY : Action.ALLOW,
                Ends.EVERYBODY,
                peer,
                ports,
                doubts));
    }

    /** A name is of the pod that is selected on ingress; on egress of all pods that have the identity of the other end (L17). */
    private Ports port(PortMatch port, Direction direction) {
        Sameness sameness = direction == Direction.INGRESS ? Sameness.EACH_POD_FOR_ITSELF : config.labels();
        return port.match(
                numbered -> new Ports.Numbered(Set.of(numbered.protocol()), List.of(numbered.ports())),
                named -> new Ports.Named(Set.of(named.protocol()), named.name(), sameness),
                every -> new Ports.Numbered(Set.of(every.protocol()), List.of(PortRange.ALL)),
                unknown -> new Ports.Unclear("it has fields that are not known here"));
    }
}
