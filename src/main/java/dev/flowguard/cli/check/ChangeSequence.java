package dev.flowguard.cli.check;

import dev.flowguard.admission.decision.ChangeSetDecision;
import dev.flowguard.admission.decision.Decision;
import dev.flowguard.admission.decision.DecisionProcess;
import dev.flowguard.admission.decision.DecisionSettings;
import dev.flowguard.admission.decision.PolicyReview;
import dev.flowguard.admission.decision.Requester;
import dev.flowguard.admission.decision.Wording;
import dev.flowguard.assess.Change;
import dev.flowguard.assess.StagedChange;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.feed.InMemoryCluster;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.calico.StagedPolicy;
import dev.flowguard.report.ChangeSetReport;
import dev.flowguard.report.Report;
import dev.flowguard.wording.KindNames;
import java.util.List;
import java.util.Optional;

/** Changes in order, each judged as the webhook would judge it and, if admitted, applied before the next. */
public final class ChangeSequence {
    private final InMemoryCluster cluster;
    private final DecisionProcess process;
    private final DecisionSettings settings;
    private final Requester requester;

    public ChangeSequence(InMemoryCluster cluster, DecisionSettings settings, Requester requester) {
        this.cluster = cluster;
        this.process = new DecisionProcess(cluster, settings);
        this.settings = settings;
        this.requester = requester;
    }

    /** @param overrideReason the text of the object's override annotation; empty where it has none */
    public CheckedStep apply(Observation observation, String overrideReason, String origin) {
        Optional<Policy> policy = observation.policies().stream().findFirst();
        if (policy.isEmpty() && observation.isOfPolicies()) {
            return ofOther(observation, overrideReason, origin);
        }
        if (policy.isEmpty()) {
            Snapshot before = cluster.snapshot();
            cluster.observe(observation);
            return compared("apply " + observation.object(), origin, before);
        }
        Policy after = policy.get();
        Optional<Policy> before = existing(observation.object());
        Change change =
                before.<Change>map(old -> new Change.Update(old, after)).orElseGet(() -> new Change.Create(after));
        boolean same = before.map(after::equals).orElse(false);
        String verb = before.isPresent() ? "update " : "create ";
        return judge(new PolicyReview.Changed(change, same, false, overrideReason), verb, origin);
    }

    /** @return empty where there is no such object */
    public Optional<CheckedStep> delete(ObjectRef object, String origin) {
        Optional<Policy> policy = existing(object);
        if (policy.isPresent()) {
            Change change = new Change.Delete(policy.get());
            return Optional.of(judge(new PolicyReview.Changed(change, false, false, ""), "delete ", origin));
        }
        Optional<Observation> other = cluster.snapshot().observation(object).filter(Observation::isOfPolicies);
        if (other.isPresent()) {
            return Optional.of(ofOther(Observation.gone(object), "", origin));
        }
        Snapshot before = cluster.snapshot();
        List<ObjectRef> gone = cluster.forget(object);
        return gone.isEmpty()
                ? Optional.empty()
                : Optional.of(compared("delete " + object + others(object, gone), origin, before));
    }

    /** What is gone with it, so that nobody wonders where its pods have gone. */
    private static String others(ObjectRef object, List<ObjectRef> gone) {
        long count = gone.stream().filter(each -> !each.equals(object)).count();
        String objects = count == 1 ? "the object" : "all " + count + " objects";
        return count == 0 ? "" : " with " + objects + (object.kind().equals("Namespace") ? " in it" : " that it owns");
    }

    /** As {@code --base} compares two states; here they differ by one object. */
    private CheckedStep compared(String what, String origin, Snapshot before) {
        Snapshot after = cluster.snapshot();
        boolean concernsFlows = after.flowsChangedSince(before)
                .map(changed -> !changed.isEmpty())
                .orElse(true);
        if (after == before || !concernsFlows) {
            return new CheckedStep.Applied(what, origin);
        }
        ChangeSetDecision decision = ChangeSetDecision.of(before, after, settings, requester, change -> false);
        Report report = ChangeSetReport.of(decision, after, List.of(), "the state before");
        return report.flows().isEmpty()
                ? new CheckedStep.Applied(what, origin)
                : new CheckedStep.Compared(what, origin, report);
    }

    /** What enforcing a staged policy would do; empty where it would delete what is not there. */
    public Optional<CheckedStep> enforce(StagedPolicy staged) {
        return StagedChange.of(staged, cluster.snapshot()).map(change -> {
            boolean same = change.<Boolean>match(
                    create -> false,
                    update -> update.old().equals(update.updated()),
                    delete -> false,
                    other -> other.old().facts().equals(other.updated().facts()));
            return judge(new PolicyReview.Changed(change, same, false, ""), "enforce staged ", "--staged");
        });
    }

    private CheckedStep ofOther(Observation after, String overrideReason, String origin) {
        Observation before =
                cluster.snapshot().observation(after.object()).orElseGet(() -> Observation.gone(after.object()));
        Change change = new Change.OfOther(after.object(), before, after);
        boolean same = before.facts().equals(after.facts());
        return judge(new PolicyReview.Changed(change, same, false, overrideReason), change.verb() + " ", origin);
    }

    private CheckedStep judge(PolicyReview.Changed changed, String verb, String origin) {
        Decision decision = process.decide(new PolicyReview("", requester, false, changed));
        if (!decision.isRejection()) {
            cluster.admitted(changed.change());
        }
        String what = verb + KindNames.of(changed.change().object());
        return new CheckedStep.Judged(what, origin, decision, Wording.inFull(decision));
    }

    private Optional<Policy> existing(ObjectRef object) {
        return object.asPolicy()
                .flatMap(policy ->
                        cluster.snapshot().namespace(policy.namespace()).flatMap(shard -> shard.policy(policy.name())));
    }
}
