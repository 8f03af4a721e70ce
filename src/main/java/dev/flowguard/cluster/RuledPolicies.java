package dev.flowguard.cluster;

import dev.flowguard.cluster.object.Workload;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.calico.CalicoPolicy;
import dev.flowguard.policy.chain.AskedMarks;
import dev.flowguard.policy.chain.Block;
import dev.flowguard.policy.chain.Ends;
import dev.flowguard.policy.chain.LabelsOfNodes;
import dev.flowguard.policy.chain.Mark;
import dev.flowguard.policy.chain.Place;
import dev.flowguard.policy.chain.RuledPolicy;
import dev.flowguard.policy.chain.RuledRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What policies of other kinds than NetworkPolicy come down to, in force together. Immutable; where a few come and go, the index is shared
 * with what was before, and these are kept beside it.
 */
public final class RuledPolicies {
    /**
     * An object of which the rules are not asked.
     *
     * @param why a clause for people
     */
    public record SetAside(ObjectRef object, String why) {}

    /**
     * What is told of objects beside their rules.
     *
     * @param unclear those that are not evaluated
     * @param ignored those that are none for pods
     * @param remarks what is assumed of those that are evaluated
     */
    record Asides(List<SetAside> unclear, List<SetAside> ignored, List<SetAside> remarks) {
        static final Asides NONE = new Asides(List.of(), List.of(), List.of());

        Asides {
            unclear = List.copyOf(unclear);
            ignored = List.copyOf(ignored);
            remarks = List.copyOf(remarks);
        }
    }

    /**
     * A name of its own, so that nothing is kept of what was before.
     *
     * @param earlier the name of what was before
     * @param since what is different
     */
    private record Origin(Object own, Object earlier, Alteration<RuledPolicy> since) {
        static Origin unknown() {
            return new Origin(new Object(), new Object(), new Alteration<>(List.of(), List.of()));
        }
    }

    /** By the namespace of whose pods they speak, those for every namespace apart; and those that refer to Services. */
    private record ByScope(
            List<RuledPolicy> clusterWide,
            Map<String, List<RuledPolicy>> namespaced,
            Map<Ends.OfService, List<RuledPolicy>> referring) {}

    /** Those that may be for these nodes. */
    private record OnNodes(LabelsOfNodes nodes, List<RuledPolicy> policies) {
        static final OnNodes NOT_ASKED = new OnNodes(new LabelsOfNodes(true, Map.of()), List.of());
    }

    public static final RuledPolicies NONE = of(List.of(), Asides.NONE);

    private static final String GLOBAL_OF_CALICO = CalicoPolicy.qualified(CalicoPolicy.GLOBAL_KIND);

    /** So many may stand beside the index before it is made anew: asking each of them is still quick. */
    private static final int MOST_BESIDE = 32;

    private static final Comparator<RuledPolicy> BY_PLACE =
            Comparator.comparing(RuledPolicy::place).thenComparing(RuledPolicy::ref);

    private final List<RuledPolicy> all;
    private final SubjectIndex index;

    /** In the index, and no longer here. */
    private final Set<RuledPolicy> gone;

    /** Here, and not in the index. */
    private final List<RuledPolicy> beside;

    private final BlockTallies tallies;

    private final Asides asides;

    /** Of what these were made by a few changes, and by which. */
    private final Origin origin;

    private final List<ObjectRef> unclearEverywhere = new ArrayList<>();
    private final Map<String, List<ObjectRef>> unclearIn = new HashMap<>();
    private final List<ObjectRef> unclearOnNodes;

    /** Made when it is first asked for, for mostly nobody does; whoever makes it makes the same. */
    private volatile ByScope byScope = new ByScope(List.of(), Map.of(), Map.of());

    private volatile boolean isByScope;

    private volatile OnNodes onNodes = OnNodes.NOT_ASKED;

    private RuledPolicies(
            List<RuledPolicy> all,
            SubjectIndex index,
            Set<RuledPolicy> gone,
            List<RuledPolicy> beside,
            BlockTallies tallies,
            Asides asides,
            Origin origin) {
        this.origin = origin;
        this.all = Collections.unmodifiableList(all);
        this.index = index;
        this.gone = gone;
        this.beside = beside;
        this.tallies = tallies;
        this.asides = asides;
        for (SetAside aside : asides.unclear()) {
            String namespace = aside.object().namespace();
            (namespace.isEmpty() ? unclearEverywhere : unclearIn.computeIfAbsent(namespace, name -> new ArrayList<>()))
                    .add(aside.object());
        }
        unclearOnNodes = unclearEverywhere.stream()
                .filter(object -> object.kind().equals(GLOBAL_OF_CALICO))
                .toList();
    }

    static RuledPolicies of(Collection<RuledPolicy> policies, Asides asides) {
        List<RuledPolicy> ordered = new ArrayList<>(policies);
        ordered.sort(BY_PLACE);
        return new RuledPolicies(
                ordered,
                new SubjectIndex(ordered),
                Set.of(),
                List.of(),
                BlockTallies.NONE.with(List.of(), ordered),
                asides,
                Origin.unknown());
    }

    /** These, with some left out and others added. */
    RuledPolicies with(Alteration<RuledPolicy> alteration, Asides asidesNow) {
        if (alteration.isNothing()) {
            return asidesNow == asides
                    ? this
                    : new RuledPolicies(all, index, gone, beside, tallies, asidesNow, originOf(alteration));
        }
        if (alteration.gone().size() + alteration.come().size() > MOST_BESIDE) {
            return of(altered(alteration, all), asidesNow);
        }
        Set<RuledPolicy> left = identitySet(alteration.gone());
        List<RuledPolicy> allNow =
                new ArrayList<>(all.size() + alteration.come().size());
        allNow.addAll(all);
        left.forEach(policy -> allNow.remove(position(allNow, policy)));
        alteration.come().forEach(policy -> allNow.add(placeBehind(allNow, policy), policy));
        Set<RuledPolicy> goneNow = identitySet(gone);
        List<RuledPolicy> besideNow = altered(alteration, beside);
        Set<RuledPolicy> wasBeside = identitySet(beside);
        left.stream().filter(policy -> !wasBeside.contains(policy)).forEach(goneNow::add);
        BlockTallies talliesNow = tallies.with(alteration.gone(), alteration.come());
        Origin made = originOf(alteration);
        return goneNow.size() + besideNow.size() > MOST_BESIDE
                ? new RuledPolicies(allNow, new SubjectIndex(allNow), Set.of(), List.of(), talliesNow, asidesNow, made)
                : new RuledPolicies(allNow, index, goneNow, besideNow, talliesNow, asidesNow, made);
    }

    private Origin originOf(Alteration<RuledPolicy> alteration) {
        return new Origin(new Object(), origin.own(), alteration);
    }

    private static List<RuledPolicy> altered(Alteration<RuledPolicy> alteration, List<RuledPolicy> policies) {
        Set<RuledPolicy> left = identitySet(alteration.gone());
        List<RuledPolicy> altered = new ArrayList<>(policies);
        altered.removeIf(left::contains);
        altered.addAll(alteration.come());
        return altered;
    }

    private static Set<RuledPolicy> identitySet(Collection<RuledPolicy> policies) {
        Set<RuledPolicy> set = Collections.newSetFromMap(new IdentityHashMap<>());
        set.addAll(policies);
        return set;
    }

    /** Where it belongs, behind all that stand at the same place. */
    private static int placeBehind(List<RuledPolicy> ordered, RuledPolicy policy) {
        return firstAfter(ordered, other -> BY_PLACE.compare(other, policy) > 0);
    }

    /** The place of the first that stands behind, or the end. */
    private static int firstAfter(List<RuledPolicy> ordered, Predicate<RuledPolicy> isBehind) {
        int from = 0;
        int to = ordered.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (isBehind.test(ordered.get(middle))) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return from;
    }

    /** Whether there is nothing here that could bear on a verdict. */
    public boolean isEmpty() {
        return all.isEmpty() && asides.unclear().isEmpty();
    }

    /** Those that are evaluated, in the order in which they are asked. */
    public List<RuledPolicy> all() {
        return all;
    }

    /**
     * Those that may select such a pod, and few that do not, in the order in which they are asked.
     *
     * @param namespaceLabels those of the pod's namespace
     */
    public List<RuledPolicy> candidates(Workload workload, Labels namespaceLabels) {
        Found found = new Found(workload.namespace());
        index.forEachCandidate(workload.labels(), namespaceLabels, found);
        return found.inOrder();
    }

    /**
     * Those that may, by their text, select all pods that a policy selects, and few that do not, in the order in which they are asked;
     * itself among them.
     */
    public List<RuledPolicy> mayCover(RuledPolicy policy) {
        Set<Mark> asked = AskedMarks.of(policy.subject());
        String namespace = policy.ref().namespace();
        if (!policy.ref().isClusterScoped()) {
            asked.add(Mark.inNamespace(namespace));
        }
        Found found = new Found(namespace);
        index.forEachUnder(asked, found);
        return found.inOrder();
    }

    /** Those that may be for nodes with such labels, in the order in which they are asked. */
    public List<RuledPolicy> onNodes(LabelsOfNodes nodes) {
        OnNodes known = onNodes;
        if (known.nodes() != nodes) {
            known = new OnNodes(
                    nodes,
                    all.stream().filter(policy -> policy.onNodes().mayBe(nodes)).toList());
            onNodes = known;
        }
        return known.policies();
    }

    /** Those that stand at that place. */
    public List<RuledPolicy> at(Place place) {
        int end = firstAfter(all, policy -> policy.place().compareTo(place) > 0);
        int from = end;
        while (from > 0 && all.get(from - 1).place().equals(place)) {
            from--;
        }
        return all.subList(from, end);
    }

    /** Whether a rule of some policy of that block passes on what it matches. */
    public boolean passesOn(Block block, Direction direction) {
        return tallies.passesOn(block, direction);
    }

    /** Whether a policy of a later block says anything of that direction. */
    public boolean isAnythingBehind(Block block, Direction direction) {
        return tallies.isAnythingBehind(block, direction);
    }

    /** Gathers policies that are in force and may select pods of a namespace. */
    private final class Found implements Consumer<RuledPolicy> {
        private final String namespace;
        private final Set<RuledPolicy> found = Collections.newSetFromMap(new IdentityHashMap<>());

        Found(String namespace) {
            this.namespace = namespace;
            beside.forEach(this::take);
        }

        @Override
        public void accept(RuledPolicy policy) {
            if (!gone.contains(policy)) {
                take(policy);
            }
        }

        private void take(RuledPolicy policy) {
            if (policy.ref().isClusterScoped() || policy.ref().namespace().equals(namespace)) {
                found.add(policy);
            }
        }

        List<RuledPolicy> inOrder() {
            List<RuledPolicy> ordered = new ArrayList<>(found);
            ordered.sort(BY_PLACE.thenComparing(Comparator.comparingInt(policy -> position(all, policy))));
            return ordered;
        }
    }

    /** Its place among those; policies that one object holds may stand at one, and nothing else tells them apart. */
    @SuppressWarnings("ReferenceEquality")
    private static int position(List<RuledPolicy> ordered, RuledPolicy policy) {
        int place = placeBehind(ordered, policy) - 1;
        while (place > 0 && ordered.get(place) != policy) {
            place--;
        }
        return place;
    }

    /** Those that may select pods of every namespace. */
    public List<RuledPolicy> clusterWide() {
        return byScope().clusterWide();
    }

    /** Those that select pods of that namespace alone. */
    public List<RuledPolicy> in(String namespace) {
        return byScope().namespaced().getOrDefault(namespace, List.of());
    }

    /** Those that refer to that Service, or may. */
    List<RuledPolicy> referringTo(Ends.OfService service) {
        Map<Ends.OfService, List<RuledPolicy>> referring = byScope().referring();
        return Stream.of(service, Ends.OfService.BY_LABELS)
                .flatMap(each -> referring.getOrDefault(each, List.of()).stream())
                .toList();
    }

    private ByScope byScope() {
        if (!isByScope) {
            List<RuledPolicy> clusterWide = new ArrayList<>();
            Map<String, List<RuledPolicy>> namespaced = new HashMap<>();
            Map<Ends.OfService, List<RuledPolicy>> referring = new HashMap<>();
            for (RuledPolicy policy : all) {
                (policy.ref().isClusterScoped()
                                ? clusterWide
                                : namespaced.computeIfAbsent(policy.ref().namespace(), name -> new ArrayList<>()))
                        .add(policy);
                policy.services()
                        .distinct()
                        .forEach(service -> referring
                                .computeIfAbsent(service, name -> new ArrayList<>())
                                .add(policy));
            }
            byScope = new ByScope(clusterWide, namespaced, referring);
            isByScope = true;
        }
        return byScope;
    }

    /** Policies that are not evaluated and may concern pods of that namespace. */
    public List<ObjectRef> unclear(String namespace) {
        List<ObjectRef> own = unclearIn.getOrDefault(namespace, List.of());
        if (own.isEmpty() || unclearEverywhere.isEmpty()) {
            return own.isEmpty() ? unclearEverywhere : own;
        }
        List<ObjectRef> concerning = new ArrayList<>(unclearEverywhere);
        concerning.addAll(own);
        return concerning;
    }

    /** Policies that are not evaluated and may be for nodes: global ones of Calico (OTHER-POLICIES K26). */
    public List<ObjectRef> unclearOnNodes() {
        return unclearOnNodes;
    }

    /** All that are not evaluated, and why. */
    public List<SetAside> unclear() {
        return asides.unclear();
    }

    /** Those that are none for pods, and why; what else keeps a policy from having an effect is a finding. */
    public List<SetAside> ignored() {
        return asides.ignored();
    }

    /** What is assumed of those that are evaluated, a sentence each. */
    public List<SetAside> remarks() {
        return asides.remarks();
    }

    /** The same with that object coming down to these policies, whether it was there before or not. */
    public RuledPolicies replacing(RuledRef object, List<RuledPolicy> now) {
        List<RuledPolicy> gone =
                all.stream().filter(policy -> policy.ref().equals(object)).toList();
        ObjectRef ref = ObjectRef.of(object);
        List<SetAside> unclearNow =
                unclear().stream().filter(aside -> !aside.object().equals(ref)).toList();
        return with(
                new Alteration<>(gone, now),
                unclearNow.size() == unclear().size() ? asides : new Asides(unclearNow, ignored(), remarks()));
    }

    Asides asides() {
        return asides;
    }

    /** Whether what is not evaluated and may concern pods of every namespace is the same in both. */
    boolean agreesOnUnclear(RuledPolicies other) {
        return unclearEverywhere.equals(other.unclearEverywhere);
    }

    /** Those that one of the two has and the other has not, or has otherwise. */
    public List<RuledPolicy> alteredSince(RuledPolicies earlier) {
        Alteration<RuledPolicy> alteration =
                origin.earlier() == earlier.origin.own() ? origin.since() : Alteration.between(earlier.all, all);
        if (alteration.gone().isEmpty() || alteration.come().isEmpty()) {
            return alteration.gone().isEmpty() ? alteration.come() : alteration.gone();
        }
        Set<RuledPolicy> before = new HashSet<>(alteration.gone());
        Set<RuledPolicy> now = new HashSet<>(alteration.come());
        return Stream.concat(
                        alteration.come().stream().filter(policy -> !before.contains(policy)),
                        alteration.gone().stream().filter(policy -> !now.contains(policy)))
                .toList();
    }

    /** The objects that are not evaluated here and are in the other, or are there for another reason. */
    public List<ObjectRef> unclearNotIn(RuledPolicies other) {
        if (asides == other.asides || asides.unclear().isEmpty()) {
            return List.of();
        }
        Set<SetAside> theirs = new HashSet<>(other.unclear());
        return unclear().stream()
                .filter(aside -> !theirs.contains(aside))
                .map(SetAside::object)
                .toList();
    }
}
