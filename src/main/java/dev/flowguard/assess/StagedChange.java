package dev.flowguard.assess;

import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.policy.calico.StagedPolicy;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What would change if a staged policy were enforced. */
public final class StagedChange {
    private StagedChange() {}

    /** The staged policy that the object is, if it is one. */
    public static Optional<StagedPolicy> in(Observation observation) {
        return observation.facts().stream()
                .flatMap(fact -> fact instanceof Fact.Input input ? Stream.of(input.input()) : Stream.empty())
                .filter(StagedPolicy.class::isInstance)
                .map(StagedPolicy.class::cast)
                .findFirst();
    }

    /** Where the change is that of a staged policy, what enforcing it would change; empty for any other, and for a deletion. */
    public static Optional<Change> enforcing(Change change, Snapshot cluster) {
        return change.<Optional<StagedPolicy>>match(
                        create -> Optional.empty(),
                        update -> Optional.empty(),
                        delete -> Optional.empty(),
                        other -> in(other.updated()))
                .flatMap(staged -> of(staged, cluster));
    }

    /** Empty where it would delete what is not there. */
    public static Optional<Change> of(StagedPolicy staged, Snapshot cluster) {
        return staged.isOfKubernetes() ? ofNetworkPolicy(staged, cluster) : Optional.of(ofOther(staged, cluster));
    }

    private static Optional<Change> ofNetworkPolicy(StagedPolicy staged, Snapshot cluster) {
        PolicyRef ref =
                new PolicyRef(staged.enforced().namespace(), staged.enforced().name());
        Optional<Policy> old = cluster.namespace(ref.namespace()).flatMap(shard -> shard.policy(ref.name()));
        List<Policy> updated = staged.networkPolicy();
        if (updated.isEmpty()) {
            return old.map(Change.Delete::new);
        }
        return Optional.of(old.<Change>map(known -> new Change.Update(known, updated.get(0)))
                .orElseGet(() -> new Change.Create(updated.get(0))));
    }

    private static Change ofOther(StagedPolicy staged, Snapshot cluster) {
        ObjectRef object = ObjectRef.of(staged.enforced());
        Observation after = new Observation(
                object, staged.policy().stream().<Fact>map(Fact.Ruled::new).toList());
        Observation before = cluster.observation(object).orElseGet(() -> Observation.gone(object));
        return new Change.OfOther(object, before, after);
    }
}
