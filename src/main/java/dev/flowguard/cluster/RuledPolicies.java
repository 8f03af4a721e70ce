package dev.flowguard.cluster;

import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.chain.RuledPolicy;
import dev.flowguard.policy.chain.RuledRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What policies of other kinds than NetworkPolicy come down to, in force together. Immutable. */
public final class RuledPolicies {
    /**
     * An object of which the rules are not asked.
     *
     * @param why a clause for people
     */
    public record SetAside(ObjectRef object, String why) {}

    public static final RuledPolicies NONE = new RuledPolicies(List.of(), List.of(), List.of(), List.of());

    private final List<RuledPolicy> all;
    private final List<RuledPolicy> clusterWide = new ArrayList<>();
    private final Map<String, List<RuledPolicy>> byNamespace = new HashMap<>();
    private final List<SetAside> unclear;
    private final List<ObjectRef> unclearEverywhere = new ArrayList<>();
    private final Map<String, List<ObjectRef>> unclearIn = new HashMap<>();
    private final List<SetAside> ignored;
    private final List<SetAside> remarks;

    RuledPolicies(
            Collection<RuledPolicy> policies,
            Collection<SetAside> unclear,
            Collection<SetAside> ignored,
            Collection<SetAside> remarks) {
        this.all = List.copyOf(policies);
        this.unclear = List.copyOf(unclear);
        this.ignored = List.copyOf(ignored);
        this.remarks = List.copyOf(remarks);
        for (RuledPolicy policy : all) {
            if (policy.ref().isClusterScoped()) {
                clusterWide.add(policy);
            } else {
                byNamespace
                        .computeIfAbsent(policy.ref().namespace(), name -> new ArrayList<>())
                        .add(policy);
            }
        }
        for (SetAside aside : unclear) {
            String namespace = aside.object().namespace();
            (namespace.isEmpty() ? unclearEverywhere : unclearIn.computeIfAbsent(namespace, name -> new ArrayList<>()))
                    .add(aside.object());
        }
    }

    /** Whether there is nothing here that could bear on a verdict. */
    public boolean isEmpty() {
        return all.isEmpty() && unclear.isEmpty();
    }

    /** Those that are evaluated. */
    public List<RuledPolicy> all() {
        return all;
    }

    /** Those that may select pods of every namespace. */
    public List<RuledPolicy> clusterWide() {
        return clusterWide;
    }

    /** Those that select pods of that namespace alone. */
    public List<RuledPolicy> in(String namespace) {
        return byNamespace.getOrDefault(namespace, List.of());
    }

    /** Whether some policy may select pods of that namespace. */
    public boolean mayConcern(String namespace) {
        return !clusterWide.isEmpty() || byNamespace.containsKey(namespace);
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

    /** All that are not evaluated, and why. */
    public List<SetAside> unclear() {
        return unclear;
    }

    /** Those that surely have no effect in this cluster, and why. */
    public List<SetAside> ignored() {
        return ignored;
    }

    /** What is assumed of those that are evaluated, a sentence each. */
    public List<SetAside> remarks() {
        return remarks;
    }

    /** The same with that object coming down to these policies, whether it was there before or not. */
    public RuledPolicies replacing(RuledRef object, List<RuledPolicy> now) {
        List<RuledPolicy> policies = new ArrayList<>(now);
        all.stream().filter(policy -> !policy.ref().equals(object)).forEach(policies::add);
        policies.sort(Comparator.comparing(RuledPolicy::place).thenComparing(RuledPolicy::ref));
        ObjectRef ref = ObjectRef.of(object);
        return new RuledPolicies(
                policies,
                unclear.stream().filter(aside -> !aside.object().equals(ref)).toList(),
                ignored,
                remarks);
    }

    /** Whether both have the same policies for pods of every namespace. */
    boolean agreesClusterWide(RuledPolicies other) {
        return clusterWide.equals(other.clusterWide) && unclearEverywhere.equals(other.unclearEverywhere);
    }

    /** Those that only one of the two has, or has otherwise. */
    public List<RuledPolicy> notIn(RuledPolicies other) {
        Set<RuledPolicy> theirs = new HashSet<>(other.all);
        return all.stream().filter(policy -> !theirs.contains(policy)).toList();
    }

    /** The objects that are not evaluated here and are in the other, or are there for another reason. */
    public List<ObjectRef> unclearNotIn(RuledPolicies other) {
        Set<SetAside> theirs = new HashSet<>(other.unclear);
        return unclear.stream()
                .filter(aside -> !theirs.contains(aside))
                .map(SetAside::object)
                .toList();
    }
}
