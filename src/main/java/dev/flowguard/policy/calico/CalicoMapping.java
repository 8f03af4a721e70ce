package dev.flowguard.policy.calico;

import dev.flowguard.net.IpFamily;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.chain.Action;
import dev.flowguard.policy.chain.ChainRule;
import dev.flowguard.policy.chain.Ends;
import dev.flowguard.policy.chain.Mapping;
import dev.flowguard.policy.chain.OnNodes;
import dev.flowguard.policy.chain.Place;
import dev.flowguard.policy.chain.Plugin;
import dev.flowguard.policy.chain.PluginFamily;
import dev.flowguard.policy.chain.Ports;
import dev.flowguard.policy.chain.RuledPolicy;
import dev.flowguard.policy.chain.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a policy of Calico comes down to in its cluster. */
final class CalicoMapping {
    private static final String TYPES_UNCERTAIN =
            "whether its types hold this direction hangs on how it was written, for an empty list of rules counts for some";

    /** Behind all policies of a tier: no name has such a character. */
    private static final String BEHIND_ALL = "~";

    private final CalicoPolicy policy;
    private final Surroundings surroundings;

    CalicoMapping(CalicoPolicy policy, Surroundings surroundings) {
        this.policy = policy;
        this.surroundings = surroundings;
    }

    Mapping mapping() {
        return otherPlugin(surroundings.plugin())
                .or(this::ofHosts)
                .or(this::notUnderstood)
                .orElseGet(() -> Tier.named(policy.tier(), surroundings)
                        .<Mapping>map(this::ruled)
                        .orElseGet(this::withoutTier));
    }

    /** Of a plugin that does not know the kind it has no effect; of one that is not known it is not known (OTHER-POLICIES X3). */
    private static Optional<Mapping> otherPlugin(Plugin plugin) {
        if (plugin.family() == PluginFamily.CALICO) {
            return Optional.empty();
        }
        return Optional.of(
                plugin.family() == PluginFamily.UNKNOWN
                        ? new Mapping.Unclear("whether the cluster's network plugin is Calico is not known")
                        : Mapping.Ignored.ofOtherPlugin("the cluster's network plugin is " + plugin.configuredName()
                                + ", which does not read policies of Calico"));
    }

    private Optional<Mapping> ofHosts() {
        return policy.onlyHosts()
                ? Optional.of(new Mapping.Ignored(
                        Mapping.Ignored.Cause.NOT_FOR_PODS,
                        "spec",
                        "untracked and pre-DNAT policies act on host endpoints, not on pods",
                        onNodes()))
                : Optional.empty();
    }

    private List<RuledPolicy> onNodes() {
        return notUnderstood().isPresent()
                ? List.of()
                : Tier.named(policy.tier(), surroundings).stream()
                        .flatMap(tier -> policies(tier).stream())
                        .toList();
    }

    private Optional<Mapping> notUnderstood() {
        if (!policy.unreadable().isEmpty()) {
            return Optional.of(new Mapping.Unclear(
                    policy.unreadable(),
                    "Calico would not take it, as " + policy.unreadable().get(0)));
        }
        return policy.unknownFields().isEmpty()
                ? Optional.empty()
                : Optional.of(new Mapping.Unclear(
                        "it has fields that are not known here: " + String.join(", ", policy.unknownFields())));
    }

    private Mapping withoutTier() {
        return new Mapping.Unclear(
                "its tier " + policy.tier()
                        + " does not exist, so that it is asked behind all others, if at all: make the tier, or name another one");
    }

    private Mapping ruled(Tier tier) {
        return new Mapping.Ruled(policies(tier), List.of());
    }

    private List<RuledPolicy> policies(Tier tier) {
        EntityMapping entities = new EntityMapping(policy.ref().namespace(), surroundings);
        Ends subject = policy.onlyHosts() ? Ends.NOBODY : entities.subject(policy.subject());
        OnNodes onNodes = entities.onNodes(policy.subject());
        List<RuledPolicy> policies = new ArrayList<>();
        policies.add(new RuledPolicy(
                policy.ref(),
                new Place(tier.block(), policy.order(), tieBreak(""), Place.Manner.IN_ORDER),
                subject,
                onNodes,
                section(tier, entities, Direction.INGRESS),
                section(tier, entities, Direction.EGRESS)));
        if (!tier.passes() && (isUncertain(Direction.INGRESS) || isUncertain(Direction.EGRESS))) {
            policies.add(new RuledPolicy(
                    policy.ref(),
                    new Place(tier.block(), Double.POSITIVE_INFINITY, tieBreak(BEHIND_ALL), Place.Manner.IN_ORDER),
                    subject,
                    onNodes,
                    maybeIsolating(Direction.INGRESS),
                    maybeIsolating(Direction.EGRESS)));
        }
        return policies;
    }

    /** Policies of one order are asked by the text of name, namespace and kind (K5). */
    private String tieBreak(String before) {
        return before + policy.ref().name() + "/" + policy.ref().namespace() + "/"
                + policy.ref().kind();
    }

    private boolean isUncertain(Direction direction) {
        return policy.applies(direction) == Answer.UNKNOWN;
    }

    private RuledPolicy.Section section(Tier tier, EntityMapping entities, Direction direction) {
        Answer applies = policy.applies(direction);
        if (applies.isNo()) {
            return RuledPolicy.Section.ABSENT;
        }
        List<ChainRule> rules = policy.rules(direction).stream()
                .filter(rule -> rule.action() != CalicoRule.Action.LOG)
                .flatMap(CalicoMapping::byFamily)
                .map(rule -> rule(rule, entities, direction))
                .toList();
        return new RuledPolicy.Section(applies.isYes() && !tier.passes(), rules);
    }

    /** All that is not ICMP is all of IPv6 too: ICMP is of one family and ICMPv6 of the other (K22). */
    private static Stream<CalicoRule> byFamily(CalicoRule rule) {
        int family = PortsMapping.familyOf(rule.notProtocol());
        if (family == 0) {
            return Stream.of(rule);
        }
        Stream<CalicoRule> both = Stream.of(rule.over(family, rule.notProtocol()), rule.over(family == 4 ? 6 : 4, 0));
        return both.filter(each -> rule.ipVersion() == 0 || each.ipVersion() == rule.ipVersion());
    }

    /** Where nobody knows whether the policy applies, the end of its tier may deny for its sake, and may not. */
    private RuledPolicy.Section maybeIsolating(Direction direction) {
        return isUncertain(direction)
                ? new RuledPolicy.Section(
                        false,
                        List.of(new ChainRule(
                                policy.rules(direction).size(),
                                direction.section(),
                                "",
                                Action.DENY,
                                Ends.EVERYBODY,
                                Ends.EVERYBODY,
                                Ports.EVERY,
                                List.of(TYPES_UNCERTAIN))))
                : RuledPolicy.Section.ABSENT;
    }

    private ChainRule rule(CalicoRule rule, EntityMapping entities, Direction direction) {
        boolean ingress = direction == Direction.INGRESS;
        List<String> doubts = new ArrayList<>();
        if (isUncertain(direction)) {
            doubts.add(TYPES_UNCERTAIN);
        }
        if (rule.http()) {
            doubts.add("its http match lets a proxy refuse what its ports let through");
        }
        String path = direction.section() + "[" + rule.index() + "]";
        if (!rule.unknownFields().isEmpty()) {
            String why = "it has fields that are not known here: " + String.join(", ", rule.unknownFields());
            return new ChainRule(
                    rule.index(), path, "", action(rule), Ends.EVERYBODY, new Ends.Unclear(why), Ports.EVERY, doubts);
        }
        Ends own = entities.ends(ingress ? rule.destination() : rule.source());
        Ends other = entities.ends(ingress ? rule.source() : rule.destination());
        return new ChainRule(
                rule.index(), path, "", action(rule), own, family(rule, other), PortsMapping.ports(rule), doubts);
    }

    private static Ends family(CalicoRule rule, Ends other) {
        int version = rule.ipVersion() != 0 ? rule.ipVersion() : PortsMapping.familyOf(rule.protocol());
        return version == 0
                ? other
                : Ends.allOf(new Ends.OfFamily(version == 4 ? IpFamily.IPV4 : IpFamily.IPV6), other);
    }

    private static Action action(CalicoRule rule) {
        return switch (rule.action()) {
            case ALLOW -> Action.ALLOW;
            case DENY -> Action.DENY;
            case PASS, LOG -> Action.PASS;
        };
    }
}
