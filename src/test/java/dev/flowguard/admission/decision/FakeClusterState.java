package dev.flowguard.admission.decision;

import dev.flowguard.assess.Change;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A cluster state that says what a test wants it to say, and remembers what it was asked. */
public final class FakeClusterState implements ClusterState {
    private final Optional<Snapshot> snapshot;
    private final Map<String, List<Policy>> atTheSource = new HashMap<>();
    private final List<Observation> changedAtTheSource = new ArrayList<>();
    private final List<Set<String>> confirmations = new ArrayList<>();
    private Permission permission = Permission.REFUSED;
    private String unreachable = "";

    private FakeClusterState(Optional<Snapshot> snapshot) {
        this.snapshot = snapshot;
    }

    public static FakeClusterState knowing(Snapshot snapshot) {
        return new FakeClusterState(Optional.of(snapshot));
    }

    public static FakeClusterState knowingNothing() {
        return new FakeClusterState(Optional.empty());
    }

    /** The source has these policies in that namespace, whatever the snapshot says. */
    FakeClusterState withAtTheSource(String namespace, Policy... policies) {
        atTheSource.put(namespace, List.of(policies));
        return this;
    }

    /** The source has this object so, whatever the snapshot says. */
    FakeClusterState withAtTheSource(Observation observation) {
        changedAtTheSource.add(observation);
        return this;
    }

    FakeClusterState withPermission(Permission answer) {
        permission = answer;
        return this;
    }

    FakeClusterState unreachable(String why) {
        unreachable = why;
        return this;
    }

    /** The namespaces of each confirmation that was asked for. */
    List<Set<String>> confirmations() {
        return confirmations;
    }

    @Override
    public Optional<Known> known() {
        return snapshot.map(known -> new Known(known, Duration.ofMillis(7)));
    }

    @Override
    public Confirmation confirm(Snapshot judged, Grounds grounds) {
        confirmations.add(grounds.namespaces());
        if (!unreachable.isEmpty()) {
            return new Confirmation.Unconfirmed(unreachable);
        }
        List<Observation> read = new ArrayList<>(changedAtTheSource);
        atTheSource.forEach((namespace, policies) -> {
            if (grounds.namespaces().contains(namespace)) {
                judged.policiesIn(namespace)
                        .forEach(policy -> read.add(
                                Observation.gone(ObjectRef.of(policy.policy().ref()))));
                policies.forEach(policy ->
                        read.add(new Observation(ObjectRef.of(policy.ref()), List.of(new Fact.NetworkPolicy(policy)))));
            }
        });
        return new Confirmation.Confirmed(judged.with(read));
    }

    @Override
    public Permission mayOverride(Requester requester, String namespace) {
        return permission;
    }

    @Override
    public void observe(Observation admitted) {
        throw new IllegalStateException("Checking must not change anything");
    }

    @Override
    public void admitted(Change change) {
        throw new IllegalStateException("Deciding must not change anything");
    }
}
