package dev.flowguard.feed;

import dev.flowguard.admission.decision.ClusterState;
import dev.flowguard.admission.decision.Grounds;
import dev.flowguard.admission.decision.Requester;
import dev.flowguard.assess.Change;
import dev.flowguard.cluster.ClusterModel;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ObjectRef;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A cluster that exists in memory only, made from manifests or from what a live one was at some moment. What is admitted becomes part of it, so that a sequence of changes is
 * judged as with a real one; being the only source, it confirms itself. Cluster administrators may override; unless there is
 * somebody to ask about finer permissions, nobody else (DESIGN 8.22).
 */
public final class InMemoryCluster implements ClusterState {
    private static final String ADMINISTRATORS = "system:masters";

    private final Book model;
    private final BiFunction<Requester, String, Permission> overrides;

    /** Where it is written down what the cluster is. */
    private interface Book {
        Snapshot snapshot();

        /**
         * @param observations one of each object
         * @return the same snapshot where nothing is new
         */
        Snapshot apply(Collection<Observation> observations);
    }

    public InMemoryCluster(ClusterSettings settings, Collection<Observation> observations) {
        this(settings, observations, (requester, namespace) -> Permission.REFUSED);
    }

    /** @param overrides whether somebody who is no administrator may override in a namespace */
    public InMemoryCluster(
            ClusterSettings settings,
            Collection<Observation> observations,
            BiFunction<Requester, String, Permission> overrides) {
        this(new ModelBook(new ClusterModel(settings)), overrides);
        model.apply(observations);
    }

    private InMemoryCluster(Book model, BiFunction<Requester, String, Permission> overrides) {
        this.model = model;
        this.overrides = overrides;
    }

    /** That cluster, to try changes in: made at once, since all that does not change stays shared with it. */
    public static InMemoryCluster startingFrom(Snapshot start, BiFunction<Requester, String, Permission> overrides) {
        return new InMemoryCluster(new TrialBook(start), overrides);
    }

    private record ModelBook(ClusterModel model) implements Book {
        @Override
        public Snapshot snapshot() {
            return model.snapshot();
        }

        @Override
        public Snapshot apply(Collection<Observation> observations) {
            return model.apply(observations);
        }
    }

    private static final class TrialBook implements Book {
        private Snapshot snapshot;

        TrialBook(Snapshot start) {
            snapshot = start;
        }

        @Override
        public synchronized Snapshot snapshot() {
            return snapshot;
        }

        @Override
        public synchronized Snapshot apply(Collection<Observation> observations) {
            snapshot = snapshot.with(observations.stream()
                    .filter(news -> !news.facts().isEmpty() || snapshot.knows(news.object()))
                    .toList());
            return snapshot;
        }
    }

    public Snapshot snapshot() {
        return model.snapshot();
    }

    /** Takes in an object that is not judged. */
    @Override
    public void observe(Observation observation) {
        model.apply(List.of(observation));
    }

    /**
     * Forgets an object, and what is gone with it.
     *
     * @return what it knows no more; nothing where there was no such object
     * @see Deletion
     */
    public List<ObjectRef> forget(ObjectRef object) {
        List<Observation> gone = Deletion.of(object, model.snapshot());
        model.apply(gone);
        return gone.stream().map(Observation::object).toList();
    }

    @Override
    public Optional<Known> known() {
        return Optional.of(new Known(model.snapshot(), Duration.ZERO));
    }

    @Override
    public Confirmation confirm(Snapshot judged, Grounds grounds) {
        return new Confirmation.Confirmed(model.snapshot());
    }

    @Override
    public Permission mayOverride(Requester requester, String namespace) {
        return requester.groups().contains(ADMINISTRATORS) ? Permission.GRANTED : overrides.apply(requester, namespace);
    }

    @Override
    public void admitted(Change change) {
        List<Fact> facts =
                change.after().stream().<Fact>map(Fact.NetworkPolicy::new).toList();
        model.apply(List.of(change.match(
                create -> new Observation(change.object(), facts),
                update -> new Observation(change.object(), facts),
                delete -> new Observation(change.object(), facts),
                Change.OfOther::updated)));
    }
}
