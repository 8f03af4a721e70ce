package dev.flowguard.assess.plan;

import dev.flowguard.assess.Change;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.policy.Rule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A safe order where there is none by itself, by means of policies that are there only meanwhile: copies of what is altered, or
 * one for each namespace that lets everything through.
 *
 * @param plan safe; creates the temporary policies and deletes them
 */
public record Detour(List<Temporary> temporary, Plan plan) {
    private static final String SUFFIX = "-meanwhile";
    private static final int LONGEST_NAME = 253;

    /**
     * A policy that is there meanwhile.
     *
     * @param original of which it is a copy; its own name where it is none
     */
    public record Temporary(Policy policy, Kind kind, PolicyRef original) {
        /** Where it comes from. */
        public enum Kind {
            /** A policy as it was, under another name. */
            COPY,
            /** Selects all and allows all. */
            ALLOWS_EVERYTHING
        }
    }

    public Detour {
        temporary = List.copyOf(temporary);
    }

    /**
     * Looks for a detour around the obstacles.
     *
     * @param failed the plan for these changes, which is not safe
     */
    public static Optional<Detour> around(Plan failed, Snapshot before, List<Change> changes) {
        if (!failed.cutInTheEnd().isEmpty()) {
            return Optional.empty();
        }
        String suffix = unusedSuffix(before, changes);
        return Stream.of(copies(failed, suffix), openings(failed, suffix))
                .filter(temporary -> !temporary.isEmpty())
                .map(temporary -> new Detour(temporary, PlanSearch.plan(before, with(temporary, changes))))
                .filter(detour -> detour.plan().isSafe())
                .findFirst();
    }

    /** Whether the policy is one of those that are there meanwhile. */
    public Optional<Temporary> temporary(ObjectRef policy) {
        return temporary.stream()
                .filter(each -> ObjectRef.of(each.policy().ref()).equals(policy))
                .findFirst();
    }

    /** No policy that there is, or will be, may be mistaken for one that is there meanwhile. */
    private static String unusedSuffix(Snapshot before, List<Change> changes) {
        Set<String> names = new HashSet<>();
        before.namespaces()
                .forEach(shard -> shard.policies()
                        .forEach(policy -> names.add(policy.policy().ref().name())));
        changes.forEach(change -> names.add(change.policy().name()));
        String suffix = SUFFIX;
        for (int i = 2; endsAny(names, suffix); i++) {
            suffix = SUFFIX + "-" + i;
        }
        return suffix;
    }

    private static boolean endsAny(Set<String> names, String suffix) {
        return names.stream().anyMatch(name -> name.endsWith(suffix));
    }

    private static List<Temporary> copies(Plan failed, String suffix) {
        return failed.obstacles().stream()
                .flatMap(obstacle -> obstacle.change().before().stream())
                .map(old -> new Temporary(copy(old, suffix), Temporary.Kind.COPY, old.ref()))
                .toList();
    }

    private static Policy copy(Policy old, String suffix) {
        String name = old.ref().name();
        String stem = name.substring(0, Math.min(name.length(), LONGEST_NAME - suffix.length()));
        PolicyRef ref = new PolicyRef(old.ref().namespace(), stem + suffix);
        return new Policy(ref, old.podSelector(), old.ingress(), old.egress(), old.unknownFields());
    }

    private static List<Temporary> openings(Plan failed, String suffix) {
        Policy.Section everything = Policy.Section.isolating(List.of(new Rule(0, List.of(), List.of(), List.of())));
        return failed.obstacles().stream()
                .map(obstacle -> obstacle.change().policy().namespace())
                .filter(namespace -> !namespace.isEmpty())
                .distinct()
                .map(namespace -> new PolicyRef(namespace, "open" + suffix))
                .map(ref -> new Policy(ref, LabelSelector.EVERYTHING, everything, everything))
                .map(policy -> new Temporary(policy, Temporary.Kind.ALLOWS_EVERYTHING, policy.ref()))
                .toList();
    }

    private static List<Change> with(List<Temporary> temporary, List<Change> changes) {
        List<Change> all = new ArrayList<>();
        temporary.forEach(each -> all.add(new Change.Create(each.policy())));
        all.addAll(changes);
        temporary.forEach(each -> all.add(new Change.Delete(each.policy())));
        return all;
    }
}
