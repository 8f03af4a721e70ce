package dev.flowguard.policy.cilium;

import dev.flowguard.policy.Direction;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.policy.amend.Amendable;
import dev.flowguard.policy.amend.Amendment;
import dev.flowguard.policy.amend.Wanted;
import dev.flowguard.policy.chain.ChainRule;
import dev.flowguard.policy.chain.Mapping;
import dev.flowguard.policy.chain.PluginFamily;
import dev.flowguard.policy.chain.PolicySource;
import dev.flowguard.policy.chain.RuledRef;
import dev.flowguard.policy.chain.SideInput;
import dev.flowguard.policy.chain.Surroundings;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A CiliumNetworkPolicy or CiliumClusterwideNetworkPolicy. Each of its specs is a policy of its own (OTHER-POLICIES L26).
 *
 * @param namespace empty where it is cluster-wide
 * @param meant the names that were perhaps meant, by the paths of unknown fields
 * @param refusals why the agent ignores the whole of it; none, mostly
 */
public record CiliumPolicy(
        String namespace, String name, List<Spec> specs, Map<String, String> meant, List<Refusal> refusals)
        implements Amendable {
    public static final String GROUP = "cilium.io";
    public static final String NAMESPACED_KIND = "CiliumNetworkPolicy";
    public static final String CLUSTERWIDE_KIND = "CiliumClusterwideNetworkPolicy";

    /**
     * One policy.
     *
     * @param path {@code spec}, {@code specs[1]}
     * @param ofNodes whether it selects nodes, which is the host firewall and nothing to pods (OTHER-POLICIES L5)
     * @param ingressDefault whether its rules for ingress isolate (L3)
     * @param unknownFields paths of fields outside of its rules that this version does not know
     */
    public record Spec(
            String path,
            boolean ofNodes,
            CiliumSelector subject,
            List<Rule> rules,
            boolean ingressDefault,
            boolean egressDefault,
            List<String> unknownFields) {
        public Spec {
            rules = List.copyOf(rules);
            unknownFields = List.copyOf(unknownFields);
        }

        /** The path of a rule, as texts have it: {@code ingress[0]}, {@code specs[1].egressDeny[2]}. */
        String pathOf(Rule rule) {
            String within = path.equals("spec") ? "" : path + ".";
            return within + rule.section() + "[" + rule.index() + "]";
        }

        /** The same with other rules. */
        Spec with(List<Rule> other) {
            return new Spec(path, ofNodes, subject, other, ingressDefault, egressDefault, unknownFields);
        }

        /** The same for other pods. */
        Spec selecting(CiliumSelector other) {
            return new Spec(path, ofNodes, other, rules, ingressDefault, egressDefault, unknownFields);
        }

        /** Whether a rule for egress names a port, which pods of one identity share, and their service account is part of that. */
        boolean sendsToPortsByName() {
            return rules.stream()
                    .filter(rule -> rule.direction() == Direction.EGRESS)
                    .flatMap(rule -> rule.ports().groups().stream())
                    .flatMap(group -> group.ports().stream())
                    .anyMatch(port -> port instanceof PortMatch.Named);
        }

        /** Whether a rule of that direction is there, and the spec does not say that it shall not isolate (L2, L3). */
        boolean isolates(Direction direction) {
            return (direction == Direction.INGRESS ? ingressDefault : egressDefault)
                    && rules.stream().anyMatch(rule -> rule.direction() == direction);
        }
    }

    /**
     * One rule.
     *
     * @param index its place in its section, from 0
     * @param unknownFields paths of fields in it that this version does not know
     */
    public record Rule(
            Direction direction,
            boolean denies,
            int index,
            CiliumPeers peers,
            CiliumPorts ports,
            List<String> unknownFields) {
        public Rule {
            unknownFields = List.copyOf(unknownFields);
        }

        /** The same for others. */
        Rule with(CiliumPeers other) {
            return new Rule(direction, denies, index, other, ports, unknownFields);
        }

        /** As it is written: {@code ingressDeny}. */
        public String section() {
            return direction.name().toLowerCase(Locale.ROOT) + (denies ? "Deny" : "");
        }
    }

    /**
     * Why the agent ignores it.
     *
     * @param field where
     * @param unless the setting of the agent with which it would not
     */
    public record Refusal(String field, String reason, Unless unless) {}

    /** Settings by which the agent takes what it refuses else, or the reverse. */
    public enum Unless {
        NEVER,
        NODE_SELECTORS_ARE_ON,
        /** Which it is unless it was turned off. */
        PROXY_IS_ON,
        ICMP_RULES_ARE_ON
    }

    public CiliumPolicy {
        specs = List.copyOf(specs);
        meant = Map.copyOf(meant);
        refusals = List.copyOf(refusals);
    }

    @Override
    public RuledRef ref() {
        return new RuledRef(namespace.isEmpty() ? CLUSTERWIDE_KIND : NAMESPACED_KIND, GROUP, namespace, name);
    }

    @Override
    public List<Amendment> allowing(Wanted wanted, Optional<ChainRule> before) {
        return before.isPresent() ? List.of() : new CiliumAmendments(this).allowing(wanted);
    }

    @Override
    public List<Amendment> beside(Wanted wanted, Collection<? extends PolicySource> others) {
        return new CiliumAmendments(this).beside(wanted, others);
    }

    @Override
    public List<Amendment> narrowing(Wanted wanted, ChainRule rule) {
        return new CiliumAmendments(this).narrowing(wanted, rule);
    }

    @Override
    public Mapping mapping(Surroundings surroundings) {
        return new CiliumMapping(this, surroundings).mapping();
    }

    @Override
    public List<String> allUnknownFields() {
        return specs.stream()
                .flatMap(spec -> Stream.concat(
                        spec.unknownFields().stream(),
                        spec.rules().stream().flatMap(rule -> rule.unknownFields().stream())))
                .distinct()
                .toList();
    }

    /** Whether a peer's selector of it that only excludes matches what is no pod too, where it may (L11). */
    public boolean reachesBeyondPods(CiliumSelector selector) {
        boolean scoped = !selector.names(CiliumLabels.NAMESPACE)
                && (namespace.isEmpty() || !selector.namesUnder(CiliumLabels.NAMESPACE_LABELS));
        return selector.isNegativeOnly() && !scoped && !selector.namesReserved();
    }

    @Override
    public Set<String> podLabelKeys() {
        Set<String> keys = new TreeSet<>();
        selectors()
                .flatMap(selector -> selector.terms().stream())
                .filter(CiliumSelector.Term::mayBeKubernetes)
                .map(term -> term.requirement().key())
                .forEach(key -> keys.add(key.equals(CiliumLabels.SERVICE_ACCOUNT) ? SERVICE_ACCOUNT : key));
        if (specs.stream().anyMatch(Spec::sendsToPortsByName)) {
            keys.add(SERVICE_ACCOUNT);
        }
        return keys;
    }

    /** A group that none of its rules means does not matter to it. */
    @Override
    public boolean dependsOn(SideInput input, Surroundings surroundings) {
        return !(input instanceof CidrGroup group)
                || specs.stream()
                        .flatMap(spec -> spec.rules().stream())
                        .anyMatch(rule -> rule.peers() instanceof CiliumPeers.Blocks blocks
                                && blocks.blocks().stream().anyMatch(block -> block.means(group)));
    }

    /** Whether in that cluster a peer's selector that only excludes matches what is no pod too, in policies of any kind (L11). */
    public static boolean exclusionsReachBeyondPods(Surroundings surroundings) {
        return surroundings.plugin().family() == PluginFamily.CILIUM
                && !CiliumConfig.in(surroundings).keepsToOwnCluster();
    }

    /** Those of its pods and of its peers. */
    public Stream<CiliumSelector> selectors() {
        return specs.stream()
                .flatMap(spec -> Stream.concat(
                        Stream.of(spec.subject()),
                        spec.rules().stream().flatMap(rule -> rule.peers().podSelectors())));
    }
}
