package dev.flowguard.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.assess.Assessment;
import dev.flowguard.assess.Assessor;
import dev.flowguard.assess.Change;
import dev.flowguard.assess.Effect;
import dev.flowguard.assess.StateAssessor;
import dev.flowguard.cluster.ClusterModel;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Observation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** As {@link Workbench}, with policies of Calico over the cluster. */
public final class CalicoWorkbench {
    /** As many as a large company has. */
    static final int POLICIES = 2_000;

    private final List<Observation> observations = new ArrayList<>();
    private final ClusterModel model = new ClusterModel(ClusterSettings.DEFAULT);
    private final Snapshot snapshot;
    private final List<Change> updates = new ArrayList<>();
    private final List<Change> deletions = new ArrayList<>();
    private final Change ofSet;
    private final Observation changed;
    private final Observation asBefore;

    public CalicoWorkbench(Shape shape, int policies, long seed) {
        GeneratedCalico calico = new GeneratedCalico(shape, policies, seed);
        new GeneratedCluster(shape, seed).objects().forEach(object -> observations.add(Workbench.read(object)));
        calico.objects().forEach(object -> observations.add(Workbench.read(object)));
        snapshot = model.apply(observations);
        List<ObjectNode> some = new ArrayList<>(calico.policies().subList(2, policies));
        Collections.shuffle(some, new Random(1));
        for (int i = 0; i < Workbench.CHANGES; i++) {
            ObjectNode policy = some.get(i % some.size());
            Observation old = Workbench.read(policy);
            updates.add(new Change.OfOther(old.object(), old, Workbench.read(denyingAll(policy))));
            deletions.add(new Change.OfOther(old.object(), old, Observation.gone(old.object())));
        }
        ObjectNode set = calico.objects().stream()
                .filter(object -> object.get("kind").asText().equals("GlobalNetworkSet"))
                .findFirst()
                .orElseThrow();
        Observation old = Workbench.read(set);
        ObjectNode larger = set.deepCopy();
        ((ArrayNode) larger.at("/spec/nets")).add("203.0.113.0/24");
        ofSet = new Change.OfOther(old.object(), old, Workbench.read(larger));
        asBefore = Workbench.read(some.get(0));
        changed = Workbench.read(denyingAll(some.get(0)));
    }

    /** Everything anew, from observations to a snapshot whose chains are asked. */
    public long rebuild() {
        Snapshot rebuilt = new ClusterModel(ClusterSettings.DEFAULT).apply(observations);
        return 31L * rebuilt.namespaces().size() + rebuilt.ruled().all().size();
    }

    /** A policy keeps out everything instead of what it said. */
    public long assessUpdate(int which) {
        return Workbench.checksum(new Assessor(snapshot).assess(updates.get(which % Workbench.CHANGES)));
    }

    public long assessDelete(int which) {
        return Workbench.checksum(new Assessor(snapshot).assess(deletions.get(which % Workbench.CHANGES)));
    }

    /** A network set that rules of many policies select gets a block more. */
    public long assessNetworkSet() {
        return Workbench.checksum(new Assessor(snapshot).assess(ofSet));
    }

    /** A policy is changed, and back, as the feed tells it. */
    public long applyPolicy() {
        return model.apply(List.of(changed)).ruled().all().size()
                + (long) model.apply(List.of(asBefore)).ruled().all().size();
    }

    /** All that is declared, judged as the cluster is. */
    public long audit() {
        return Workbench.sum(new StateAssessor(snapshot).assess());
    }

    /** How many flows one round of all prepared changes would break. */
    public long broken() {
        return updates.stream()
                .map(new Assessor(snapshot)::assess)
                .map(Assessment::flows)
                .flatMap(List::stream)
                .filter(flow -> flow.effect() == Effect.NEWLY_BROKEN)
                .count();
    }

    private static ObjectNode denyingAll(ObjectNode policy) {
        ObjectNode changed = policy.deepCopy();
        ArrayNode rules = (ArrayNode) changed.at("/spec/ingress");
        rules.removeAll();
        rules.addObject().put("action", "Deny");
        return changed;
    }
}
