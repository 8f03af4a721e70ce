package dev.flowguard.assess.connections;

import dev.flowguard.assess.connections.ConnectionEnd.Deployed;
import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.RuledPolicies;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.WorkloadSet;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.NamespaceEntry;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.chain.RuledPolicy;
import dev.flowguard.verdict.match.EndsMatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The ends of which a change may have altered connections, so that no others are compared: those that a changed policy selects, in
 * the direction of which it speaks, and of a namespace in which something else than policies has changed, or its labels, all.
 *
 * @param sending of whose connections to others some may be others than before
 * @param receiving of whose connections from others
 */
public record TouchedEnds(Set<Deployed> sending, Set<Deployed> receiving) {
    /** Empty where something has changed on which any connection may depend. */
    public static Optional<TouchedEnds> between(Snapshot before, Snapshot after) {
        if (!after.enforcesLike(before)) {
            return Optional.empty();
        }
        Search search = new Search(before, after);
        return search.isBounded() ? Optional.of(new TouchedEnds(search.sending, search.receiving)) : Optional.empty();
    }

    public ConnectionScope scope() {
        return ConnectionScope.of(sending, receiving);
    }

    /** Whether they have no connection that may be another. */
    public boolean areNone() {
        return sending.isEmpty() && receiving.isEmpty();
    }

    private static final class Search {
        private final Snapshot before;
        private final Snapshot after;
        private final Set<Deployed> sending = new LinkedHashSet<>();
        private final Set<Deployed> receiving = new LinkedHashSet<>();
        private final Set<String> whole = new HashSet<>();

        Search(Snapshot before, Snapshot after) {
            this.before = before;
            this.after = after;
        }

        boolean isBounded() {
            if (!differing("").stream().allMatch(Search::speaksOnlyOfPoliciesOrNamespaces)) {
                return false;
            }
            for (NamespaceShard shard : after.namespaces()) {
                before.namespace(shard.name())
                        .ifPresentOrElse(earlier -> compare(earlier, shard), () -> addAll(shard.name()));
            }
            before.namespaces().stream()
                    .map(NamespaceShard::name)
                    .filter(name -> after.namespace(name).isEmpty())
                    .forEach(this::addAll);
            return compare(before.ruled(), after.ruled());
        }

        /** Of labels of a namespace depends who sends to its pods, and whom these send to, but nothing between others. */
        private void compare(NamespaceShard earlier, NamespaceShard later) {
            if (earlier == later) {
                return;
            }
            List<Observation> differing = differing(later.name());
            if (differing.isEmpty()
                    || !earlier.entry().labels().equals(later.entry().labels())
                    || !differing.stream().allMatch(Search::speaksOnlyOfPolicies)) {
                addAll(later.name());
                return;
            }
            changed(earlier.policies(), later.policies()).forEach(policy -> add(earlier, policy));
            changed(later.policies(), earlier.policies()).forEach(policy -> add(later, policy));
        }

        /** What is known of objects now and was not, or the other way round. */
        private List<Observation> differing(String namespace) {
            List<Observation> was = before.observedIn(namespace);
            List<Observation> is = after.observedIn(namespace);
            if (was == is) {
                return List.of();
            }
            Map<ObjectRef, Observation> known = new HashMap<>();
            was.forEach(each -> known.put(each.object(), each));
            List<Observation> differing = new ArrayList<>();
            for (Observation each : is) {
                Optional<Observation> earlier = Optional.ofNullable(known.remove(each.object()));
                if (!earlier.equals(Optional.of(each))) {
                    earlier.ifPresent(differing::add);
                    differing.add(each);
                }
            }
            differing.addAll(known.values());
            return differing;
        }

        private static boolean speaksOnlyOfPolicies(Observation observation) {
            return observation.facts().stream().allMatch(Search::speaksOnlyOfPolicies);
        }

        private static boolean speaksOnlyOfPoliciesOrNamespaces(Observation observation) {
            return observation.facts().stream()
                    .allMatch(fact -> fact instanceof NamespaceEntry || speaksOnlyOfPolicies(fact));
        }

        /** What policies refer to, such as sets of addresses, matters by the policies alone: these are others then. */
        private static boolean speaksOnlyOfPolicies(Fact fact) {
            return fact instanceof Fact.NetworkPolicy
                    || fact instanceof Fact.Ruled
                    || fact instanceof Fact.Input
                    || fact instanceof Fact.Declared
                    || fact instanceof Fact.Staged;
        }

        private static List<CompiledPolicy> changed(List<CompiledPolicy> here, List<CompiledPolicy> there) {
            Map<String, CompiledPolicy> known = new LinkedHashMap<>();
            there.forEach(each -> known.put(each.policy().ref().name(), each));
            return here.stream()
                    .filter(each -> !Optional.ofNullable(
                                    known.get(each.policy().ref().name()))
                            .map(CompiledPolicy::policy)
                            .equals(Optional.of(each.policy())))
                    .toList();
        }

        private void add(NamespaceShard shard, CompiledPolicy policy) {
            // Beside policies of other kinds it matters whether a policy selects pods, even in the direction of which
            // it does not speak.
            boolean alone = before.ruled().isEmpty() && after.ruled().isEmpty();
            for (Direction direction : Direction.values()) {
                WorkloadSet concerned = policy.concerned(shard, direction);
                WorkloadSet selected = alone || !policy.policy().isUnderstood() ? concerned : policy.selected();
                shard.workloads(selected).forEach(workload -> add(workload, direction));
            }
        }

        private void add(Workload workload, Direction direction) {
            Set<Deployed> ends = direction == Direction.INGRESS ? receiving : sending;
            workload.owners().forEach(owner -> ends.add(new Deployed(workload.namespace(), owner)));
        }

        private void addAll(String namespace) {
            if (whole.add(namespace)) {
                for (Snapshot each : List.of(before, after)) {
                    each.namespaceOrAssumed(namespace).workloads().forEach(workload -> {
                        add(workload, Direction.INGRESS);
                        add(workload, Direction.EGRESS);
                    });
                }
            }
        }

        private boolean compare(RuledPolicies was, RuledPolicies is) {
            if (was == is) {
                return true;
            }
            List<RuledPolicy> altered = is.alteredSince(was);
            add(before, altered);
            add(after, altered);
            List<ObjectRef> unclear = new ArrayList<>(was.unclearNotIn(is));
            unclear.addAll(is.unclearNotIn(was));
            unclear.stream()
                    .map(ObjectRef::namespace)
                    .filter(name -> !name.isEmpty())
                    .forEach(this::addAll);
            return unclear.stream().noneMatch(object -> object.namespace().isEmpty());
        }

        private void add(Snapshot cluster, List<RuledPolicy> policies) {
            if (policies.isEmpty()) {
                return;
            }
            EndsMatcher ends = new EndsMatcher(cluster);
            for (RuledPolicy policy : policies) {
                boolean onNodes = policy.onNodes().mayBe(cluster.labelsOfNodes());
                for (NamespaceShard shard : cluster.touchedBy(policy)) {
                    for (Workload workload : shard.workloads()) {
                        if (onNodes && workload.hostNetwork()
                                || !ends.selects(policy.subject(), workload).isNo()) {
                            add(workload, policy);
                        }
                    }
                }
            }
        }

        private void add(Workload workload, RuledPolicy policy) {
            for (Direction direction : Direction.values()) {
                if (policy.section(direction).isPresent()) {
                    add(workload, direction);
                }
            }
        }
    }
}
