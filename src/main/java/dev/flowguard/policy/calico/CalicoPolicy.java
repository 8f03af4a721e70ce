package dev.flowguard.policy.calico;

import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.amend.Amendable;
import dev.flowguard.policy.amend.Amendment;
import dev.flowguard.policy.amend.Wanted;
import dev.flowguard.policy.chain.ChainRule;
import dev.flowguard.policy.chain.Mapping;
import dev.flowguard.policy.chain.PolicySource;
import dev.flowguard.policy.chain.RuledRef;
import dev.flowguard.policy.chain.SideInput;
import dev.flowguard.policy.chain.Surroundings;
import dev.flowguard.policy.chain.UnreadablePart;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A NetworkPolicy or GlobalNetworkPolicy of Calico.
 *
 * @param ref its group is {@link #GROUP} wherever it was read, for both APIs show the same policies
 * @param order infinite where none is written
 * @param ingressApplies whether {@code types} holds Ingress; unknown where that hangs on how it was written (OTHER-POLICIES K9)
 * @param onlyHosts whether it acts on host endpoints only, as untracked and pre-DNAT policies do (K25)
 * @param typesWritten whether it has {@code types}, which somebody may have filled in
 * @param unknownFields paths of fields outside of its rules that this version does not know
 * @param meant the names that were perhaps meant, by the paths of unknown fields
 * @param unreadable parts with which Calico would not take it, in what was stored without being checked; none, mostly
 */
public record CalicoPolicy(
        RuledRef ref,
        String tier,
        double order,
        Subject subject,
        Answer ingressApplies,
        Answer egressApplies,
        List<CalicoRule> ingress,
        List<CalicoRule> egress,
        boolean typesWritten,
        boolean onlyHosts,
        List<String> unknownFields,
        Map<String, String> meant,
        List<UnreadablePart> unreadable)
        implements Amendable {
    /** The API that people write. */
    public static final String GROUP = "projectcalico.org";

    /** Where the same objects are stored. */
    public static final String STORED_GROUP = "crd.projectcalico.org";

    public static final String NAMESPACED_KIND = "NetworkPolicy";
    public static final String GLOBAL_KIND = "GlobalNetworkPolicy";

    /**
     * Whom it selects (K11).
     *
     * @param namespaces absent for a policy of a namespace
     */
    public record Subject(CalicoSelector pods, CalicoSelector namespaces, CalicoSelector serviceAccounts) {}

    /** How references have a kind of either API. */
    public static String qualified(String kind) {
        return kind + "." + GROUP;
    }

    public CalicoPolicy {
        ingress = List.copyOf(ingress);
        egress = List.copyOf(egress);
        unknownFields = List.copyOf(unknownFields);
        meant = Map.copyOf(meant);
        unreadable = List.copyOf(unreadable);
    }

    public Answer applies(Direction direction) {
        return direction == Direction.INGRESS ? ingressApplies : egressApplies;
    }

    public List<CalicoRule> rules(Direction direction) {
        return direction == Direction.INGRESS ? ingress : egress;
    }

    boolean isOfNamespace() {
        return !ref.isClusterScoped();
    }

    /** The same with other rules in that direction. */
    CalicoPolicy with(Direction direction, List<CalicoRule> rules) {
        boolean isIngress = direction == Direction.INGRESS;
        return new CalicoPolicy(
                ref,
                tier,
                order,
                subject,
                ingressApplies,
                egressApplies,
                isIngress ? rules : ingress,
                isIngress ? egress : rules,
                typesWritten,
                onlyHosts,
                unknownFields,
                meant,
                unreadable);
    }

    @Override
    public List<Amendment> allowing(Wanted wanted, Optional<ChainRule> before) {
        return new CalicoAmendments(this).allowing(wanted, before);
    }

    @Override
    public List<Amendment> beside(Wanted wanted, Collection<? extends PolicySource> others) {
        return new CalicoAmendments(this).beside(wanted, others);
    }

    /** A rule that allows goes before it in any case. */
    @Override
    public List<Amendment> narrowing(Wanted wanted, ChainRule rule) {
        return List.of();
    }

    @Override
    public Mapping mapping(Surroundings surroundings) {
        return new CalicoMapping(this, surroundings).mapping();
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
        LabelKeys keys = new LabelKeys();
        keys.look(subject.pods());
        if (!subject.serviceAccounts().isAbsent()) {
            keys.seeServiceAccount();
        }
        Stream.concat(ingress.stream(), egress.stream())
                .flatMap(rule -> Stream.of(rule.source(), rule.destination()))
                .forEach(entity -> {
                    keys.look(entity.selector());
                    keys.look(entity.notSelector());
                    if (entity.namesAccounts()) {
                        keys.seeServiceAccount();
                    }
                });
        return keys.all();
    }

    /** A tier of another name, and a set that no selector of its rules means, do not matter to it. */
    @Override
    public boolean dependsOn(SideInput input, Surroundings surroundings) {
        if (input instanceof Tier other) {
            return other.name().equals(tier);
        }
        if (input instanceof HostEndpointLabels endpoint) {
            return EntityMapping.subjectTerms(subject, ref.namespace()).stream()
                    .allMatch(term -> term.matches(endpoint.labels()));
        }
        return !(input instanceof NetworkSet set) || means(CalicoLabels.of(set, surroundings.namespaces()));
    }

    private boolean means(Labels set) {
        return Stream.concat(ingress.stream(), egress.stream())
                .flatMap(rule -> Stream.of(rule.source(), rule.destination()))
                .flatMap(entity -> EntityMapping.selecting(entity, ref.namespace()).stream())
                .anyMatch(term -> term.matches(set));
    }

    /** The keys of pods' own labels in selectors. */
    private static final class LabelKeys implements SelectorTerm.Cases<Boolean> {
        private final Set<String> all = new TreeSet<>();

        void look(CalicoSelector selector) {
            selector.root().accept(this);
        }

        void seeServiceAccount() {
            all.add(SERVICE_ACCOUNT);
        }

        Set<String> all() {
            return all;
        }

        private boolean see(String key) {
            if (key.equals(CalicoLabels.SERVICE_ACCOUNT) || key.startsWith(CalicoLabels.OF_SERVICE_ACCOUNT)) {
                seeServiceAccount();
            } else if (!CalicoLabels.isOfPods(key)) {
                all.add(key);
            }
            return true;
        }

        @Override
        public Boolean all(SelectorTerm.All each) {
            return true;
        }

        @Override
        public Boolean global(SelectorTerm.Global each) {
            return true;
        }

        @Override
        public Boolean has(SelectorTerm.Has has) {
            return see(has.key());
        }

        @Override
        public Boolean in(SelectorTerm.In in) {
            return see(in.key());
        }

        @Override
        public Boolean affix(SelectorTerm.Affix affix) {
            return see(affix.key());
        }

        @Override
        public Boolean not(SelectorTerm.Not not) {
            return not.term().accept(this);
        }

        @Override
        public Boolean and(SelectorTerm.And and) {
            and.terms().forEach(term -> term.accept(this));
            return true;
        }

        @Override
        public Boolean or(SelectorTerm.Or or) {
            or.terms().forEach(term -> term.accept(this));
            return true;
        }
    }
}
