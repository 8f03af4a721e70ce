package dev.flowguard.assess.plan;

import dev.flowguard.assess.Change;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.policy.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A safe order where there is none by itself, by means of policies that are there only meanwhile: copies of what is altered, or
 * one for each namespace that lets everything through.
 *
 * @param plan safe; creates the temporary policies and deletes them
 */
public record Detour(List<Temporary> temporary, Plan plan) {
    private static final String SUFFIX = "-meanwhile";

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
        return Stream.of(copies(failed), openings(failed))
                .filter(temporary -> !temporary.isEmpty())
                .map(temporary -> new Detour(temporary, PlanSearch.plan(before, with(temporary, changes))))
                .filter(detour -> detour.plan().isSafe())
                .findFirst();
    }

    /** Whether the policy is one of those that are there meanwhile. */
    public Optional<Temporary> temporary(PolicyRef policy) {
        return temporary.stream()
                .filter(each -> each.policy().ref().equals(policy))
                .findFirst();
    }

    private static List<Temporary> copies(Plan failed) {
        return failed.obstacles().stream()
                .flatMap(obstacle -> obstacle.change().before().stream())
                .map(old -> new Temporary(copy(old), Temporary.Kind.COPY, old.ref()))
                .toList();
    }

    private static Policy copy(Policy old) {
        PolicyRef ref = new PolicyRef(old.ref().namespace(), old.ref().name() + SUFFIX);
        return new Policy(ref, old.podSelector(), old.ingress(), old.egress(), old.unknownFields());
    }

    private static List<Temporary> openings(Plan failed) {
        Policy.Section everything = Policy.Section.isolating(List.of(new Rule(0, List.of(), List.of(), List.of())));
        return failed.obstacles().stream()
                .map(obstacle -> obstacle.change().policy().namespace())
                .distinct()
                .map(namespace -> new PolicyRef(namespace, "open" + SUFFIX))
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
