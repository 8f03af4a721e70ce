package dev.flowguard.cli.plan;

import dev.flowguard.assess.Change;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PolicyRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What applying a folder changes in a cluster's policies. All other objects are taken to be there already as the folder describes
 * them; those that it does not describe stay as they are.
 *
 * @param changes in the order of the folder, then deletions
 * @param left NetworkPolicies that the folder does not hold, and nothing else of their namespace either
 * @param before the cluster without any of the changes
 */
record PolicyDifference(List<Change> changes, List<PolicyRef> left, List<Observation> before) {
    PolicyDifference {
        changes = List.copyOf(changes);
        left = List.copyOf(left);
        before = List.copyOf(before);
    }

    /** @param namespace whose policies are to change; empty: all */
    static PolicyDifference between(Collection<Observation> base, Collection<Observation> folder, String namespace) {
        Map<PolicyRef, Policy> now = policies(base);
        Map<PolicyRef, Policy> wanted = policies(folder);
        Set<String> described = folder.stream().map(PolicyDifference::home).collect(Collectors.toSet());
        List<Change> changes = new ArrayList<>();
        List<PolicyRef> left = new ArrayList<>();
        wanted.forEach((ref, policy) -> {
            @Nullable Policy old = now.get(ref);
            if (old == null) {
                changes.add(new Change.Create(policy));
            } else if (!old.equals(policy)) {
                changes.add(new Change.Update(old, policy));
            }
        });
        now.forEach((ref, policy) -> {
            if (!wanted.containsKey(ref)) {
                if (described.contains(ref.namespace())) {
                    changes.add(new Change.Delete(policy));
                } else {
                    left.add(ref);
                }
            }
        });
        changes.addAll(ofOthers(base, folder, described));
        changes.removeIf(
                change -> !namespace.isEmpty() && !change.policy().namespace().equals(namespace));
        return new PolicyDifference(changes, left, before(base, folder));
    }

    /**
     * Changes of policies of other kinds, and of what these refer to. What is cluster-wide and not in the folder stays, unless the
     * folder holds something else of its kind.
     */
    private static List<Change> ofOthers(
            Collection<Observation> base, Collection<Observation> folder, Set<String> described) {
        Map<ObjectRef, Observation> now = others(base);
        Map<ObjectRef, Observation> wanted = others(folder);
        Set<String> kinds = wanted.keySet().stream().map(ObjectRef::kind).collect(Collectors.toSet());
        List<Change> changes = new ArrayList<>();
        wanted.forEach((object, updated) -> {
            Observation old = now.getOrDefault(object, Observation.gone(object));
            if (!old.equals(updated)) {
                changes.add(new Change.OfOther(object, old, updated));
            }
        });
        now.forEach((object, old) -> {
            boolean isDescribed = object.namespace().isEmpty()
                    ? kinds.contains(object.kind())
                    : described.contains(object.namespace());
            if (!wanted.containsKey(object) && isDescribed) {
                changes.add(new Change.OfOther(object, old, Observation.gone(object)));
            }
        });
        return changes;
    }

    private static Map<ObjectRef, Observation> others(Collection<Observation> observations) {
        Map<ObjectRef, Observation> others = new LinkedHashMap<>();
        observations.stream()
                .filter(PolicyDifference::isOther)
                .forEach(observation -> others.put(observation.object(), observation));
        return others;
    }

    /** An object of an API of policies that is evaluated; what only tells how agents are configured is no step of a rollout. */
    private static boolean isOther(Observation observation) {
        return observation.object().kind().indexOf('.') >= 0
                && !observation.isGone()
                && observation.facts().stream()
                        .allMatch(fact -> fact instanceof Fact.Ruled || fact instanceof Fact.Input);
    }

    /** The namespace that the object belongs to, or is. */
    private static String home(Observation observation) {
        ObjectRef object = observation.object();
        return object.kind().equals("Namespace") ? object.name() : object.namespace();
    }

    private static List<Observation> before(Collection<Observation> base, Collection<Observation> folder) {
        Map<ObjectRef, Observation> before = new LinkedHashMap<>();
        base.forEach(observation -> before.put(observation.object(), observation));
        folder.stream()
                .filter(observation -> observation.policies().isEmpty() && !isOther(observation))
                .forEach(observation -> before.put(observation.object(), observation));
        return List.copyOf(before.values());
    }

    private static Map<PolicyRef, Policy> policies(Collection<Observation> observations) {
        Map<PolicyRef, Policy> policies = new LinkedHashMap<>();
        observations.forEach(
                observation -> observation.policies().forEach(policy -> policies.put(policy.ref(), policy)));
        return policies;
    }
}
