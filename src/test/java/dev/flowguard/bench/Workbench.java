package dev.flowguard.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.assess.Assessment;
import dev.flowguard.assess.Assessor;
import dev.flowguard.assess.Change;
import dev.flowguard.assess.Effect;
import dev.flowguard.assess.FlowAssessment;
import dev.flowguard.assess.FlowStanding;
import dev.flowguard.assess.StateAssessor;
import dev.flowguard.assess.connections.Connections;
import dev.flowguard.cluster.ClusterModel;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.kubernetes.ObjectReader;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PolicyRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * What is measured, on one generated cluster. Each method does one operation and returns a checksum of its verdicts, which does not depend on
 * time, machine or order.
 */
public final class Workbench {
    /** Changes of each sort that are prepared, in namespaces drawn by chance; benchmarks go round. */
    public static final int CHANGES = 1024;

    private static final String GIANT = "team-0";

    private final List<Observation> observations;
    private final ClusterSettings settings;
    private final ClusterModel model;
    private final Snapshot snapshot;
    private final List<Change> updates = new ArrayList<>();
    private final List<Change> deletions = new ArrayList<>();
    private final List<Change> denials = new ArrayList<>();
    private final Observation knownPod;
    private final Observation newWorkload;
    private final Observation relabelled;
    private final Observation asBefore;

    public Workbench(GeneratedCluster cluster) {
        this(cluster, ClusterSettings.DEFAULT);
    }

    public Workbench(GeneratedCluster cluster, ClusterSettings settings) {
        this.settings = settings;
        model = new ClusterModel(settings);
        observations = cluster.objects().stream().map(Workbench::read).toList();
        snapshot = model.apply(observations);
        List<Policy> policies = new ArrayList<>();
        snapshot.namespaces().stream()
                .map(NamespaceShard::policies)
                .forEach(some -> some.stream().map(CompiledPolicy::policy).forEach(policies::add));
        Collections.shuffle(policies, new Random(1));
        for (int i = 0; i < CHANGES; i++) {
            Policy policy = policies.get(i % policies.size());
            updates.add(new Change.Update(policy, withoutIngressRules(policy)));
            deletions.add(new Change.Delete(policy));
            denials.add(new Change.Create(denyAll(policy.ref().namespace())));
        }
        Objects make = new Objects();
        GeneratedCluster.App app = new GeneratedCluster.App("web", "app", "web", 1, false);
        String stamped = "tenant-3";
        knownPod = read(make.pod(stamped, app, "0000", 1_000_000, "10.250.0.1"));
        newWorkload = read(make.controller(stamped, new GeneratedCluster.App("new", "app", "new", 1, false)));
        ObjectNode namespace = make.namespace(stamped);
        asBefore = read(namespace);
        ((ObjectNode) namespace.at("/metadata/labels")).put("stage", "canary");
        relabelled = read(namespace);
    }

    /** Everything anew, from observations to snapshot. */
    public long rebuild() {
        Snapshot rebuilt = new ClusterModel(settings).apply(observations);
        return rebuilt.namespaces().stream()
                .mapToLong(shard ->
                        31L * shard.workloads().size() + shard.policies().size())
                .sum();
    }

    /** A policy is matched against the pods of its namespace, as when it is judged or its namespace changes. */
    public long compile(int which) {
        Policy policy = updates.get(which % CHANGES).before().get(0);
        return snapshot.namespaceOrAssumed(policy.ref().namespace())
                .compile(policy)
                .selected()
                .size();
    }

    /** A policy is written anew with the spec that it has. */
    public long assessNoOp(int which) {
        Policy policy = updates.get(which % CHANGES).before().get(0);
        return checksum(new Assessor(snapshot).assess(new Change.Update(policy, policy)));
    }

    /** Who reaches whom in a namespace, on which ports. */
    public long connections(int which) {
        Policy policy = updates.get(which % CHANGES).before().get(0);
        return Connections.of(snapshot, policy.ref().namespace()).list().size();
    }

    /** A policy loses its ingress rules. */
    public long assessUpdate(int which) {
        return checksum(new Assessor(snapshot).assess(updates.get(which % CHANGES)));
    }

    public long assessDelete(int which) {
        return checksum(new Assessor(snapshot).assess(deletions.get(which % CHANGES)));
    }

    /** A new policy denies everything in a namespace. */
    public long assessDenyAll(int which) {
        return checksum(new Assessor(snapshot).assess(denials.get(which % CHANGES)));
    }

    /** The same in the largest namespace. */
    public long assessDenyAllInTheGiant() {
        return checksum(new Assessor(snapshot).assess(new Change.Create(denyAll(GIANT))));
    }

    /** The same where the cluster's DNS is, on which every pod depends. */
    public long assessDenyAllInKubeSystem() {
        return checksum(new Assessor(snapshot).assess(new Change.Create(denyAll("kube-system"))));
    }

    /** How many flows one round of all prepared changes would break. */
    public long broken() {
        return Stream.of(updates, deletions, denials)
                .flatMap(List::stream)
                .map(new Assessor(snapshot)::assess)
                .mapToLong(assessment -> assessment.flows(Effect.NEWLY_BROKEN).size())
                .sum();
    }

    /** All that is declared, judged as the cluster is. */
    public long audit() {
        return audit(snapshot);
    }

    /** What a judge without an index would do about one change: judge everything before it, and everything after it. */
    public long everythingTwice() {
        return audit(snapshot) + audit(snapshot);
    }

    /** One pod more of a known workload, and gone again. */
    public long applyKnownPod() {
        return apply(knownPod, Observation.gone(knownPod.object()));
    }

    /** A new workload, and gone again. */
    public long applyNewWorkload() {
        return apply(newWorkload, Observation.gone(newWorkload.object()));
    }

    /** A Namespace gets another label, and loses it. */
    public long applyRelabelling() {
        return apply(relabelled, asBefore);
    }

    private long apply(Observation there, Observation back) {
        long first = model.apply(List.of(there)).namespaces().size();
        return first + model.apply(List.of(back)).namespaces().size();
    }

    private static long audit(Snapshot cluster) {
        return sum(new StateAssessor(cluster).assess());
    }

    static long sum(List<FlowStanding> standings) {
        long sum = 0;
        for (FlowStanding standing : standings) {
            sum += standing.state().ordinal() + 31L * standing.pairs();
        }
        return sum;
    }

    static long checksum(Assessment assessment) {
        long sum = assessment.findings().size();
        for (FlowAssessment flow : assessment.flows()) {
            sum = 31 * sum + flow.effect().ordinal() + flow.flow().toString().hashCode();
        }
        return sum;
    }

    private static Policy withoutIngressRules(Policy policy) {
        return new Policy(
                policy.ref(),
                policy.podSelector(),
                Policy.Section.isolating(List.of()),
                policy.section(Direction.EGRESS));
    }

    private static Policy denyAll(String namespace) {
        return new Policy(
                new PolicyRef(namespace, "deny-all"),
                LabelSelector.EVERYTHING,
                Policy.Section.isolating(List.of()),
                Policy.Section.isolating(List.of()));
    }

    static Observation read(ObjectNode object) {
        return ObjectReader.read(object)
                .match(
                        observed -> observed.observation(),
                        refused -> {
                            throw new IllegalStateException(object + ": " + refused.problems());
                        },
                        notRead -> {
                            throw new IllegalStateException(object + " is not read");
                        });
    }
}
