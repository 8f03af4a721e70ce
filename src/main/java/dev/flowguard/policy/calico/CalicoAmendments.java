package dev.flowguard.policy.calico;

import dev.flowguard.net.PortRange;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.policy.amend.Amendment;
import dev.flowguard.policy.amend.Edit;
import dev.flowguard.policy.amend.Manifest;
import dev.flowguard.policy.amend.Wanted;
import dev.flowguard.policy.calico.CalicoRule.Entity;
import dev.flowguard.policy.chain.ChainRule;
import dev.flowguard.policy.chain.PolicySource;
import dev.flowguard.policy.chain.RuledRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Amends policies of Calico: a rule that allows, before the one that denies. Rules narrow whom the policy selects by the side that is
 * their own (K13), so that the policy itself takes it whomever else it selects.
 */
final class CalicoAmendments {
    private static final int MOST_RULES = 1_024;

    private final CalicoPolicy policy;

    CalicoAmendments(CalicoPolicy policy) {
        this.policy = policy;
    }

    List<Amendment> allowing(Wanted wanted, Optional<ChainRule> before) {
        Direction direction = wanted.direction();
        if (!canSay(wanted) || !policy.applies(direction).isYes()) {
            return List.of();
        }
        List<CalicoRule> all = policy.rules(direction);
        int at = before.map(ChainRule::index).orElse(all.size());
        boolean forAllOfPolicy =
                policy.isOfNamespace() && policy.subject().pods().equals(CalicoSelectors.of(wanted.subjects()));
        List<CalicoWritten> added = rules(wanted, at, forAllOfPolicy);
        if (all.size() + added.size() > MOST_RULES) {
            return List.of();
        }
        List<CalicoRule> rules = new ArrayList<>(all.subList(0, at));
        added.forEach(each -> rules.add(each.rule()));
        all.subList(at, all.size()).forEach(rule -> rules.add(rule.at(rules.size())));
        return List.of(Amendment.adding(
                policy.with(direction, rules),
                new Edit.NewRules(
                        "spec",
                        direction.section(),
                        at,
                        at == all.size(),
                        added.stream().map(CalicoWritten::written).toList())));
    }

    /** One of its namespace and tier for just those pods; where it decides by its order, before it. */
    List<Amendment> beside(Wanted wanted, Collection<? extends PolicySource> others) {
        if (!policy.isOfNamespace() || !canSay(wanted)) {
            return List.of();
        }
        Direction direction = wanted.direction();
        RuledRef ref = new RuledRef(
                policy.ref().kind(), policy.ref().group(), policy.ref().namespace(), freeName(wanted, others));
        List<CalicoWritten> rules = rules(wanted, 0, true);
        boolean ingress = direction == Direction.INGRESS;
        List<CalicoRule> mine = rules.stream().map(CalicoWritten::rule).toList();
        boolean ordered = policy.order() < Double.POSITIVE_INFINITY;
        CalicoPolicy added = new CalicoPolicy(
                ref,
                policy.tier(),
                ordered ? policy.order() - 1 : policy.order(),
                new CalicoPolicy.Subject(
                        CalicoSelectors.of(wanted.subjects()), CalicoSelector.ABSENT, CalicoSelector.ABSENT),
                ingress ? Answer.YES : Answer.NO,
                ingress ? Answer.NO : Answer.YES,
                ingress ? mine : List.of(),
                ingress ? List.of() : mine,
                true,
                false,
                List.of(),
                Map.of(),
                List.of());
        Map<String, Object> spec = new LinkedHashMap<>();
        if (!policy.tier().equals(Tier.DEFAULT)) {
            spec.put("tier", policy.tier());
        }
        if (ordered) {
            spec.put("order", number(added.order()));
        }
        spec.put("selector", added.subject().pods().toString());
        spec.put("types", List.of(direction.policyType()));
        spec.put(direction.section(), rules.stream().map(CalicoWritten::written).toList());
        return List.of(Amendment.adding(added, new Edit.NewObject(Manifest.of(ref, CalicoPolicy.GROUP + "/v3", spec))));
    }

    private static Object number(double order) {
        return order == Math.rint(order) && Math.abs(order) < Integer.MAX_VALUE ? (Object) (int) order : order;
    }

    private String freeName(Wanted wanted, Collection<? extends PolicySource> others) {
        Set<String> taken = others.stream()
                .map(PolicySource::ref)
                .filter(ref -> ref.namespace().equals(policy.ref().namespace()))
                .map(RuledRef::name)
                .collect(Collectors.toSet());
        String prefix = policy.tier().equals(Tier.DEFAULT) ? "" : policy.tier() + ".";
        String base = prefix + "allow-" + wanted.name();
        String name = base;
        for (int i = 2; taken.contains(name); i++) {
            name = base + "-" + i;
        }
        return name;
    }

    private static boolean canSay(Wanted wanted) {
        return CalicoSelectors.canSay(wanted.subjects())
                && wanted.others().stream()
                        .allMatch(peer -> peer.match(
                                pods -> CalicoSelectors.canSay(pods.pods())
                                        && CalicoSelectors.canSay(wanted.namespaces(pods)),
                                block -> true,
                                unknown -> false))
                && wanted.ports().stream()
                        .allMatch(
                                port -> port.match(numbered -> true, named -> false, every -> true, unknown -> false));
    }

    /** A rule names one set of peers and one protocol. */
    private List<CalicoWritten> rules(Wanted wanted, int at, boolean forAllOfPolicy) {
        List<CalicoWritten> rules = new ArrayList<>();
        for (Peer peer : wanted.others()) {
            wanted.portsByProtocol()
                    .forEach((protocol, ports) -> rules.add(CalicoWritten.allowing(
                            at + rules.size(),
                            wanted.isIngress(),
                            protocol,
                            own(wanted, forAllOfPolicy),
                            other(wanted, peer),
                            ranges(ports))));
        }
        return rules;
    }

    private Entity own(Wanted wanted, boolean forAllOfPolicy) {
        if (forAllOfPolicy) {
            return Entity.ANY;
        }
        return CalicoWritten.entity(
                CalicoSelectors.of(wanted.subjects()),
                policy.isOfNamespace()
                        ? CalicoSelector.ABSENT
                        : CalicoSelectors.ofNamespaces(LabelSelector.namespaceNamed(wanted.namespace())));
    }

    private Entity other(Wanted wanted, Peer peer) {
        return peer.match(
                pods -> {
                    LabelSelector namespaces = wanted.namespaces(pods);
                    boolean own = policy.isOfNamespace()
                            && namespaces.equals(
                                    LabelSelector.namespaceNamed(policy.ref().namespace()));
                    CalicoSelector selected = pods.pods().selectsEverything() && !own
                            ? CalicoSelector.ABSENT
                            : CalicoSelectors.of(pods.pods());
                    return CalicoWritten.entity(
                            selected, own ? CalicoSelector.ABSENT : CalicoSelectors.ofNamespaces(namespaces));
                },
                CalicoWritten::block,
                unknown -> Entity.ANY);
    }

    private static List<PortRange> ranges(List<PortMatch> ports) {
        boolean every = ports.stream()
                .anyMatch(port -> port.match(numbered -> false, named -> false, all -> true, unknown -> false));
        return every
                ? List.of()
                : ports.stream()
                        .flatMap(port -> port.match(
                                numbered -> List.of(numbered.ports()).stream(),
                                named -> List.<PortRange>of().stream(),
                                all -> List.<PortRange>of().stream(),
                                unknown -> List.<PortRange>of().stream()))
                        .toList();
    }
}
