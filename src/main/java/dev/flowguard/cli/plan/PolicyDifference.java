package dev.flowguard.cli.plan;

import dev.flowguard.assess.Change;
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
 * @param left policies that the folder does not hold, and nothing else of their namespace either
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
        changes.removeIf(
                change -> !namespace.isEmpty() && !change.policy().namespace().equals(namespace));
        return new PolicyDifference(changes, left, before(base, folder));
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
                .filter(observation -> observation.policies().isEmpty())
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
