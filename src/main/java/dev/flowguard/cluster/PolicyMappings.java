package dev.flowguard.cluster;

import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.chain.Mapping;
import dev.flowguard.policy.chain.PolicySource;
import dev.flowguard.policy.chain.RuledPolicy;
import dev.flowguard.policy.chain.RuledRef;
import dev.flowguard.policy.chain.SideInput;
import dev.flowguard.policy.chain.Surroundings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Asks each policy object of another kind than NetworkPolicy what it comes down to in this cluster. An object that was asked before
 * is not asked again while nothing has changed on which its answer depends. Immutable.
 */
final class PolicyMappings {
    private static final String NOT_KNOWN = "Flowguard does not know this kind";

    /** Those of one scope, as its policies are listed. */
    private record Scope(List<PolicySource> sources, List<Mapped> mapped) {
        static final Scope NONE = new Scope(List.of(), List.of());
    }

    /** What namespaces contribute; the same while their list is. */
    private record Namespaced(
            List<NamespaceShard> shards,
            List<SideInput> inputs,
            List<ObjectRef> notKnown,
            Map<String, List<PolicySource>> sources) {
        static Namespaced of(List<NamespaceShard> shards) {
            Namespaced all = new Namespaced(shards, new ArrayList<>(), new ArrayList<>(), new TreeMap<>());
            for (NamespaceShard shard : shards) {
                all.inputs.addAll(shard.inputs());
                all.notKnown.addAll(shard.otherPolicies());
                if (!shard.ruled().isEmpty()) {
                    all.sources.put(shard.name(), shard.ruled());
                }
            }
            return all;
        }
    }

    private final Namespaced namespaced;
    private final Around around;
    private final Map<String, Scope> scopes;
    private final List<ObjectRef> unknown;
    private final RuledPolicies ruled;

    /**
     * @param namespaceLabels stands for the labels of all namespaces: another one where they have changed
     * @param previous whose answers may still be true
     */
    PolicyMappings(
            CniProfile cni,
            boolean considerOtherPolicies,
            ClusterScope clusterScope,
            List<NamespaceShard> shards,
            LabelIndex namespaceLabels,
            @Nullable PolicyMappings previous) {
        this.namespaced = previous != null && previous.namespaced.shards() == shards
                ? previous.namespaced
                : Namespaced.of(shards);
        List<SideInput> inputs = concat(clusterScope.inputs(), namespaced.inputs());
        Map<String, List<PolicySource>> sources = new TreeMap<>(namespaced.sources());
        sources.put("", clusterScope.ruled());
        this.unknown = concat(clusterScope.otherPolicies(), namespaced.notKnown());
        Around now = new Around(cni, inputs, namespaceLabels, shards);
        this.around = previous != null && previous.around.isLike(now) ? previous.around : now;
        Optional<Predicate<Mapped>> stale = previous == null ? Optional.empty() : staleSince(previous.around);
        this.scopes = new TreeMap<>();
        sources.forEach((name, those) -> scopes.put(
                name,
                scope(those, previous == null ? Scope.NONE : previous.scopes.getOrDefault(name, Scope.NONE), stale)));
        this.ruled = previous == null
                ? RuledPolicies.of(policies(mapped()), asides(considerOtherPolicies))
                : ruledAfter(previous, considerOtherPolicies);
    }

    private static <T> List<T> concat(List<T> first, List<T> second) {
        List<T> both = new ArrayList<>(first.size() + second.size());
        both.addAll(first);
        both.addAll(second);
        return both;
    }

    /** Which answers given there may be others here; empty where none is. */
    private Optional<Predicate<Mapped>> staleSince(Around earlier) {
        if (earlier == around) {
            return Optional.empty();
        }
        if (!around.hasSamePlugin(earlier)) {
            return Optional.of(mapped -> true);
        }
        boolean sameNamespaces = around.hasSameNamespaces(earlier);
        Alteration<SideInput> inputs = Alteration.between(earlier.inputs(), around.inputs());
        List<SideInput> altered = new ArrayList<>(inputs.gone());
        altered.addAll(inputs.come());
        return Optional.of(
                mapped -> (!sameNamespaces && mapped.lookedAtNamespaces()) || mapped.mayDependOn(altered, around));
    }

    /** What is listed as before, and not stale, stays as it is. */
    private Scope scope(List<PolicySource> sources, Scope before, Optional<Predicate<Mapped>> stale) {
        if (sources == before.sources() && stale.isEmpty()) {
            return before;
        }
        Alteration.Common common = Alteration.Common.of(sources, before.sources());
        int behind = before.mapped().size() - common.last();
        Map<RuledRef, Mapped> moved = new HashMap<>();
        before.mapped()
                .subList(common.first(), behind)
                .forEach(mapped -> moved.put(mapped.source().ref(), mapped));
        List<Mapped> mapped = new ArrayList<>(sources.size());
        addAll(before.mapped().subList(0, common.first()), stale, mapped);
        for (PolicySource source : sources.subList(common.first(), sources.size() - common.last())) {
            @Nullable Mapped known = moved.get(source.ref());
            mapped.add(known == null ? Mapped.of(source, around) : again(source, known, stale));
        }
        addAll(before.mapped().subList(behind, before.mapped().size()), stale, mapped);
        return new Scope(sources, mapped);
    }

    private void addAll(List<Mapped> known, Optional<Predicate<Mapped>> stale, List<Mapped> mapped) {
        if (stale.isEmpty()) {
            mapped.addAll(known);
        } else {
            known.forEach(each -> mapped.add(again(each.source(), each, stale)));
        }
    }

    private Mapped again(PolicySource source, Mapped known, Optional<Predicate<Mapped>> stale) {
        boolean same = known.source() == source || known.source().equals(source);
        return same && stale.filter(since -> since.test(known)).isEmpty()
                ? known
                : Mapped.of(source, around).or(known);
    }

    private RuledPolicies ruledAfter(PolicyMappings previous, boolean considerOtherPolicies) {
        List<Mapped> gone = new ArrayList<>();
        List<Mapped> come = new ArrayList<>();
        TreeMap<String, Scope> either = new TreeMap<>(previous.scopes);
        either.putAll(scopes);
        either.keySet().forEach(name -> {
            Alteration<Mapped> alteration = Alteration.between(
                    previous.scopes.getOrDefault(name, Scope.NONE).mapped(),
                    scopes.getOrDefault(name, Scope.NONE).mapped());
            gone.addAll(alteration.gone());
            come.addAll(alteration.come());
        });
        boolean sameAsides = unknown.equals(previous.unknown)
                && gone.stream().noneMatch(Mapped::hasAside)
                && come.stream().noneMatch(Mapped::hasAside);
        return previous.ruled.with(
                Alteration.between(policies(gone), policies(come)),
                sameAsides ? previous.ruled.asides() : asides(considerOtherPolicies));
    }

    private static List<RuledPolicy> policies(Collection<Mapped> mapped) {
        return mapped.stream().flatMap(each -> each.policies().stream()).toList();
    }

    /** All objects of kinds that are known, with what each comes down to. */
    List<Mapped> mapped() {
        return scopes.values().stream()
                .flatMap(scope -> scope.mapped().stream())
                .toList();
    }

    /** What that object, which is one of those known here, comes down to. */
    Optional<Mapped> mapped(PolicySource source) {
        Scope scope = scopes.getOrDefault(source.ref().namespace(), Scope.NONE);
        for (int i = 0; i < scope.sources().size(); i++) {
            if (scope.sources().get(i) == source) {
                return Optional.of(scope.mapped().get(i));
            }
        }
        return Optional.empty();
    }

    private RuledPolicies.Asides asides(boolean considerOtherPolicies) {
        List<RuledPolicies.SetAside> unclear = new ArrayList<>();
        List<RuledPolicies.SetAside> ignored = new ArrayList<>();
        List<RuledPolicies.SetAside> remarks = new ArrayList<>();
        unknown.forEach(object -> unclear.add(new RuledPolicies.SetAside(object, NOT_KNOWN)));
        for (Mapped each : mapped()) {
            ObjectRef object = ObjectRef.of(each.source().ref());
            Runnable taking = each.mapping()
                    .match(
                            rules -> () -> rules.assumptions()
                                    .forEach(remark -> remarks.add(new RuledPolicies.SetAside(object, remark))),
                            nothing -> () -> {
                                if (nothing.cause() == Mapping.Ignored.Cause.NOT_FOR_PODS) {
                                    ignored.add(new RuledPolicies.SetAside(object, nothing.why()));
                                }
                            },
                            anything -> () -> unclear.add(new RuledPolicies.SetAside(object, anything.why())));
            taking.run();
        }
        return new RuledPolicies.Asides(considerOtherPolicies ? unclear : List.of(), ignored, remarks);
    }

    RuledPolicies ruled() {
        return ruled;
    }

    /** On what the answers depend. */
    Surroundings surroundings() {
        return around;
    }

    /** Whether verdicts differ only in what policies come to. */
    boolean hasSameAgents(PolicyMappings other) {
        return around.hasSameAgents(other.around);
    }
}
