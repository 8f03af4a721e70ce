package dev.flowguard.policy.cnp;

import dev.flowguard.policy.Direction;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.amend.Amendable;
import dev.flowguard.policy.amend.Amendment;
import dev.flowguard.policy.amend.Wanted;
import dev.flowguard.policy.chain.ChainRule;
import dev.flowguard.policy.chain.Mapping;
import dev.flowguard.policy.chain.PolicySource;
import dev.flowguard.policy.chain.RuledRef;
import dev.flowguard.policy.chain.Surroundings;
import dev.flowguard.policy.chain.UnreadablePart;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A ClusterNetworkPolicy, AdminNetworkPolicy or BaselineAdminNetworkPolicy.
 *
 * @param tier whether it is asked before NetworkPolicies or after them
 * @param priority within its tier, lower ones first; 0 for the one BaselineAdminNetworkPolicy
 * @param namespaces of the pods that it selects
 * @param pods that it selects there
 * @param unknownFields paths of fields outside of its rules that this version does not know
 * @param meant the names that were perhaps meant, by the paths of unknown fields
 * @param unreadable parts of its subject that nobody can read; none, mostly
 */
public record AdminPolicy(
        Kind kind,
        String name,
        Tier tier,
        int priority,
        LabelSelector namespaces,
        LabelSelector pods,
        List<AdminRule> ingress,
        List<AdminRule> egress,
        List<String> unknownFields,
        Map<String, String> meant,
        List<UnreadablePart> unreadable)
        implements Amendable {
    public static final String GROUP = "policy.networking.k8s.io";

    /** When a policy is asked. */
    public enum Tier {
        ADMIN,
        BASELINE
    }

    /** The kinds, by their names in the API. */
    public enum Kind {
        CLUSTER("ClusterNetworkPolicy"),
        ADMIN("AdminNetworkPolicy"),
        BASELINE_ADMIN("BaselineAdminNetworkPolicy");

        private final String spelling;

        Kind(String spelling) {
            this.spelling = spelling;
        }

        public String spelling() {
            return spelling;
        }
    }

    public AdminPolicy {
        ingress = List.copyOf(ingress);
        egress = List.copyOf(egress);
        unknownFields = List.copyOf(unknownFields);
        meant = Map.copyOf(meant);
        unreadable = List.copyOf(unreadable);
    }

    public List<AdminRule> rules(Direction direction) {
        return direction == Direction.INGRESS ? ingress : egress;
    }

    @Override
    public RuledRef ref() {
        return new RuledRef(kind.spelling(), GROUP, "", name);
    }

    @Override
    public Mapping mapping(Surroundings surroundings) {
        return new AdminMapping(this, surroundings).mapping();
    }

    @Override
    public List<Amendment> allowing(Wanted wanted, Optional<ChainRule> before) {
        return new AdminAmendments(this).allowing(wanted, before);
    }

    @Override
    public List<Amendment> beside(Wanted wanted, Collection<? extends PolicySource> others) {
        return new AdminAmendments(this).beside(wanted, others);
    }

    /** A rule that accepts goes before it in any case. */
    @Override
    public List<Amendment> narrowing(Wanted wanted, ChainRule rule) {
        return List.of();
    }

    @Override
    public List<String> allUnknownFields() {
        return Stream.concat(
                        unknownFields.stream(),
                        Stream.concat(ingress.stream(), egress.stream()).flatMap(rule -> rule.unknownFields().stream()))
                .toList();
    }

    @Override
    public Set<String> podLabelKeys() {
        Set<String> keys = new HashSet<>(pods.keys());
        for (Direction direction : Direction.values()) {
            for (AdminRule rule : rules(direction)) {
                for (AdminPeer peer : rule.peers()) {
                    keys.addAll(peer.<Set<String>>match(
                            selected -> selected.pods().keys(),
                            networks -> Set.of(),
                            nodes -> Set.of(),
                            domains -> Set.of(),
                            unknown -> Set.of(),
                            unreadable -> Set.of()));
                }
            }
        }
        return keys;
    }
}
