package dev.flowguard.replay;

import dev.flowguard.admission.decision.Decision;
import dev.flowguard.admission.decision.DecisionProcess;
import dev.flowguard.admission.decision.DecisionSettings;
import dev.flowguard.admission.decision.PolicyReview;
import dev.flowguard.admission.decision.Requester;
import dev.flowguard.admission.decision.Wording;
import dev.flowguard.assess.Change;
import dev.flowguard.assess.FlowStanding;
import dev.flowguard.assess.StateAssessor;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.feed.InMemoryCluster;
import dev.flowguard.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An API server with Flowguard's default configuration: it takes objects, or refuses them. */
final class ReplayedCluster {
    private final InMemoryCluster cluster;
    private final DecisionProcess process;
    private final List<String> refusals = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    ReplayedCluster(List<Observation> objects) {
        cluster = new InMemoryCluster(ClusterSettings.DEFAULT, objects);
        process = new DecisionProcess(cluster, DecisionSettings.DEFAULT);
    }

    /** Whether the object was taken. */
    boolean apply(Observation object, Requester requester) {
        boolean admitted = admits(object, requester);
        if (admitted) {
            cluster.observe(object);
        }
        return admitted;
    }

    /** Whether the object would be taken. */
    boolean admits(Observation object, Requester requester) {
        Optional<Policy> after = object.policies().stream().findFirst();
        if (after.isEmpty()) {
            return true;
        }
        Optional<Policy> before = existing(object.object());
        Change change = before.<Change>map(old -> new Change.Update(old, after.get()))
                .orElseGet(() -> new Change.Create(after.get()));
        return admits(change, before.equals(after), requester);
    }

    /** Whether the object is gone. */
    boolean delete(ObjectRef object, Requester requester) {
        boolean admitted = existing(object)
                .map(policy -> admits(new Change.Delete(policy), false, requester))
                .orElse(true);
        if (admitted) {
            cluster.forget(object);
        }
        return admitted;
    }

    /** What was refused, in the words of the answers. */
    List<String> refusals() {
        return refusals;
    }

    List<String> warnings() {
        return warnings;
    }

    List<FlowStanding> flows() {
        return new StateAssessor(cluster.snapshot()).assess();
    }

    private boolean admits(Change change, boolean sameSpec, Requester requester) {
        Decision decision = process.decide(
                new PolicyReview("", requester, false, new PolicyReview.Changed(change, sameSpec, false, "")));
        Wording.Said said = Wording.of(decision);
        warnings.addAll(said.warnings());
        if (decision.isRejection()) {
            refusals.add(change.policy() + ": " + said.message());
        }
        return !decision.isRejection();
    }

    private Optional<Policy> existing(ObjectRef object) {
        return object.asPolicy()
                .flatMap(policy ->
                        cluster.snapshot().namespace(policy.namespace()).flatMap(shard -> shard.policy(policy.name())));
    }
}
