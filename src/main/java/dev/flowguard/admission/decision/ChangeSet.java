package dev.flowguard.admission.decision;

import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.policy.PolicyRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Policies of a namespace that belong together (DESIGN 9.7), as one review of a member finds them: {@code flowguard.dev/change-set:
 * <id>/<count>}. All of it is read from the policies themselves, so that every replica finds the same.
 *
 * @param count how many members there are to be
 * @param there those that are there, the reviewed one included
 * @param brought of these, all but the reviewed one that came with this set and were not there before it
 * @param began when the first of them came
 */
public record ChangeSet(String id, int count, Set<PolicyRef> there, Set<PolicyRef> brought, Instant began) {
    /** For so long a set may be incomplete. */
    public static final Duration OPEN = Duration.ofMinutes(1);

    /** A member older than that was there before this set, which has been put on it since. */
    private static final Duration OLD = Duration.ofMinutes(10);

    private static final Comparator<PolicyRef> BY_NAME = Comparator.comparing(PolicyRef::name);

    /** @param reviewed the mark of the policy that is changed */
    static ChangeSet of(Fact.Staged reviewed, NamespaceShard namespace, Instant now) {
        Set<PolicyRef> there = new TreeSet<>(BY_NAME);
        Set<PolicyRef> brought = new HashSet<>();
        Instant began = now;
        List<Fact.Staged> members = new ArrayList<>(namespace.staged());
        members.add(reviewed);
        for (Fact.Staged member : members) {
            if (member.set().equals(reviewed.set())) {
                there.add(member.policy());
                Instant created = Instant.ofEpochSecond(member.created());
                if (created.isAfter(now.minus(OLD))) {
                    brought.add(member.policy());
                    began = created.isBefore(began) ? created : began;
                }
            }
        }
        brought.remove(reviewed.policy());
        return new ChangeSet(reviewed.set(), reviewed.count(), there, brought, began);
    }

    /** Whether the reviewed member is the last one, or came later. */
    boolean isComplete() {
        return there.size() >= count;
    }

    int missing() {
        return Math.max(0, count - there.size());
    }

    Instant until() {
        return began.plus(OPEN);
    }

    boolean isOver(Instant now) {
        return now.isAfter(until());
    }

    /** The sets of a cluster that have been incomplete for longer than they may, by one of the members of each. */
    public static Map<PolicyRef, ChangeSet> broken(Snapshot cluster, Instant now) {
        Map<PolicyRef, ChangeSet> broken = new LinkedHashMap<>();
        for (NamespaceShard namespace : cluster.namespaces()) {
            for (Fact.Staged member : namespace.staged()) {
                ChangeSet set = of(member, namespace, now);
                boolean isFirst = set.there().iterator().next().equals(member.policy());
                boolean isOld = !Instant.ofEpochSecond(member.created()).isAfter(now.minus(OPEN));
                if (isFirst && !set.isComplete() && (isOld || set.isOver(now))) {
                    broken.put(member.policy(), set);
                }
            }
        }
        return broken;
    }
}
