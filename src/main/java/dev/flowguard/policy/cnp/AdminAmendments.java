package dev.flowguard.policy.cnp;

import dev.flowguard.net.Cidr;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.policy.amend.Amendment;
import dev.flowguard.policy.amend.Edit;
import dev.flowguard.policy.amend.Manifest;
import dev.flowguard.policy.amend.Wanted;
import dev.flowguard.policy.amend.WrittenSelector;
import dev.flowguard.policy.chain.Action;
import dev.flowguard.policy.chain.ChainRule;
import dev.flowguard.policy.chain.PolicySource;
import dev.flowguard.policy.chain.Ports;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Amends administrators' policies: a rule that accepts, before the one that denies, here or in a policy of a lower priority. */
final class AdminAmendments {
    private static final int MOST_RULES = 25;
    private static final int MOST_RULES_OF_OLDER_KINDS = 100;

    private final AdminPolicy policy;

    AdminAmendments(AdminPolicy policy) {
        this.policy = policy;
    }

    List<Amendment> allowing(Wanted wanted, Optional<ChainRule> before) {
        List<AdminRule> rules = new ArrayList<>(policy.rules(wanted.direction()));
        int most = policy.kind() == AdminPolicy.Kind.CLUSTER ? MOST_RULES : MOST_RULES_OF_OLDER_KINDS;
        if (!canSay(wanted) || rules.size() >= most) {
            return List.of();
        }
        int at = before.map(ChainRule::index).orElse(rules.size());
        boolean isLast = at == rules.size();
        rules.add(at, rule(wanted));
        return List.of(Amendment.adding(
                with(wanted.direction(), rules),
                new Edit.NewRules("spec", wanted.direction().section(), at, isLast, List.of(written(wanted)))));
    }

    /** With the highest priority below its own that nobody has: of two policies of one it is open which is asked first (C3). */
    List<Amendment> beside(Wanted wanted, Collection<? extends PolicySource> others) {
        if (policy.kind() == AdminPolicy.Kind.BASELINE_ADMIN || !canSay(wanted)) {
            return List.of();
        }
        List<AdminPolicy> ofTier = others.stream()
                .flatMap(AdminAmendments::admin)
                .filter(other -> other.tier() == policy.tier())
                .toList();
        for (int priority = policy.priority() - 1; priority >= 0; priority--) {
            int candidate = priority;
            if (ofTier.stream().noneMatch(other -> other.priority() == candidate)) {
                return List.of(newPolicy(wanted, candidate, freeName(wanted, others)));
            }
        }
        return List.of();
    }

    private Amendment newPolicy(Wanted wanted, int priority, String name) {
        boolean ingress = wanted.isIngress();
        List<AdminRule> rules = List.of(rule(wanted));
        AdminPolicy added = new AdminPolicy(
                policy.kind(),
                name,
                policy.tier(),
                priority,
                LabelSelector.namespaceNamed(wanted.namespace()),
                wanted.subjects(),
                ingress ? rules : List.of(),
                ingress ? List.of() : rules,
                List.of(),
                Map.of(),
                List.of());
        return Amendment.adding(added, new Edit.NewObject(Manifest.of(added.ref(), apiVersion(), spec(added, wanted))));
    }

    private String freeName(Wanted wanted, Collection<? extends PolicySource> others) {
        Set<String> taken = others.stream()
                .flatMap(AdminAmendments::admin)
                .filter(other -> other.kind() == policy.kind())
                .map(AdminPolicy::name)
                .collect(java.util.stream.Collectors.toSet());
        String base = "allow-" + wanted.name();
        String name = base;
        for (int i = 2; taken.contains(name); i++) {
            name = base + "-" + i;
        }
        return name;
    }

    private static Stream<AdminPolicy> admin(PolicySource source) {
        return source instanceof AdminPolicy admin ? Stream.of(admin) : Stream.empty();
    }

    private String apiVersion() {
        return AdminPolicy.GROUP + (policy.kind() == AdminPolicy.Kind.CLUSTER ? "/v1alpha2" : "/v1alpha1");
    }

    private Map<String, Object> spec(AdminPolicy added, Wanted wanted) {
        Map<String, Object> spec = new LinkedHashMap<>();
        if (policy.kind() == AdminPolicy.Kind.CLUSTER) {
            spec.put("tier", policy.tier() == AdminPolicy.Tier.ADMIN ? "Admin" : "Baseline");
        }
        spec.put("priority", added.priority());
        spec.put("subject", Map.of("pods", pods(added.namespaces(), added.pods())));
        spec.put(wanted.direction().section(), List.of(written(wanted)));
        return spec;
    }

    private AdminPolicy with(Direction direction, List<AdminRule> rules) {
        boolean ingress = direction == Direction.INGRESS;
        return new AdminPolicy(
                policy.kind(),
                policy.name(),
                policy.tier(),
                policy.priority(),
                policy.namespaces(),
                policy.pods(),
                ingress ? rules : policy.ingress(),
                ingress ? policy.egress() : rules,
                policy.unknownFields(),
                policy.meant(),
                policy.unreadable());
    }

    /** Addresses are peers of egress only, and whole blocks of them (C10). */
    private static boolean canSay(Wanted wanted) {
        return wanted.others().stream()
                        .allMatch(peer -> peer.match(
                                pods -> true,
                                block -> !wanted.isIngress() && block.except().isEmpty(),
                                unknown -> false))
                && wanted.ports().stream()
                        .allMatch(
                                port -> port.match(numbered -> true, named -> false, every -> true, unknown -> false));
    }

    private static AdminRule rule(Wanted wanted) {
        List<AdminPeer> peers = wanted.others().stream()
                .map(peer -> peer.<AdminPeer>match(
                        pods -> new AdminPeer.Pods(
                                wanted.namespaces(pods),
                                pods.pods(),
                                pods.pods().selectsEverything()),
                        block -> new AdminPeer.Networks(List.of(block.cidr())),
                        unknown -> new AdminPeer.Unknown(List.of())))
                .toList();
        List<Ports> ports = wanted.ports().stream()
                .map(port -> port.<Ports>match(
                        numbered -> new Ports.Numbered(Set.of(numbered.protocol()), List.of(numbered.ports())),
                        named -> Ports.NONE,
                        every -> new Ports.Numbered(Set.of(every.protocol()), List.of(PortRange.ALL)),
                        unknown -> Ports.NONE))
                .toList();
        return new AdminRule(Action.ALLOW, wanted.name(), peers, Ports.anyOf(ports), List.of(), List.of());
    }

    private Map<String, Object> written(Wanted wanted) {
        boolean newer = policy.kind() == AdminPolicy.Kind.CLUSTER;
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("name", wanted.name());
        rule.put("action", newer ? "Accept" : "Allow");
        rule.put(
                wanted.direction().peers(),
                wanted.others().stream().map(peer -> peer(wanted, peer)).toList());
        rule.put(
                newer ? "protocols" : "ports",
                wanted.ports().stream()
                        .map(port -> newer ? protocol(port) : olderPort(port))
                        .toList());
        return rule;
    }

    private static Map<String, Object> peer(Wanted wanted, Peer peer) {
        return peer.match(
                pods -> pods.pods().selectsEverything()
                        ? Map.of("namespaces", WrittenSelector.of(wanted.namespaces(pods)))
                        : Map.of("pods", pods(wanted.namespaces(pods), pods.pods())),
                block -> Map.of(
                        "networks",
                        List.of(block.cidr()).stream().map(Cidr::toString).toList()),
                unknown -> Map.of());
    }

    private static Map<String, Object> pods(LabelSelector namespaces, LabelSelector pods) {
        Map<String, Object> both = new LinkedHashMap<>();
        both.put("namespaceSelector", WrittenSelector.of(namespaces));
        both.put("podSelector", WrittenSelector.of(pods));
        return both;
    }

    private static Map<String, Object> protocol(PortMatch port) {
        return Map.of(
                protocolOf(port).name().toLowerCase(Locale.ROOT),
                Map.of(
                        "destinationPort",
                        range(port).isSingle()
                                ? Map.of("number", range(port).first())
                                : Map.of("range", bounds(range(port), new LinkedHashMap<>()))));
    }

    private static Map<String, Object> olderPort(PortMatch port) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("protocol", protocolOf(port).name());
        if (range(port).isSingle()) {
            entry.put("port", range(port).first());
            return Map.of("portNumber", entry);
        }
        return Map.of("portRange", bounds(range(port), entry));
    }

    private static Map<String, Object> bounds(PortRange range, Map<String, Object> into) {
        into.put("start", range.first());
        into.put("end", range.last());
        return into;
    }

    private static Protocol protocolOf(PortMatch port) {
        return port.match(
                PortMatch.Numbered::protocol,
                PortMatch.Named::protocol,
                PortMatch.EveryPort::protocol,
                unknown -> Protocol.TCP);
    }

    private static PortRange range(PortMatch port) {
        return port.match(
                PortMatch.Numbered::ports, named -> PortRange.ALL, every -> PortRange.ALL, unknown -> PortRange.ALL);
    }
}
