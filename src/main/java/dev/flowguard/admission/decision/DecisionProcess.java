package dev.flowguard.admission.decision;

import dev.flowguard.assess.Assessment;
import dev.flowguard.assess.Assessor;
import dev.flowguard.assess.Change;
import dev.flowguard.assess.Effort;
import dev.flowguard.assess.StagedChange;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.Enforcement;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PolicyRef;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The order of decision:
 *
 * <ol>
 *   <li>not a change of a NetworkPolicy, its spec is the same, or it is being finalised: admit;
 *   <li>a deletion in a terminating namespace, or by the controllers that clean up: admit;
 *   <li>the cluster's state is not known: the configured answer;
 *   <li>assess every declared flow before and after the change: only one that is newly broken can lead to a rejection, or a
 *       finding whose level is Deny,
 *   <li>and only where everybody who has a say agrees to Deny;
 *   <li>the override annotation admits it, if the requester has the permission;
 *   <li>what a rejection rests on is read again at its source, and the change is assessed again with that: reject only if it still
 *       breaks; where other API servers may have changed what is known, so is what an admission rests on.
 * </ol>
 *
 * <p>It depends on nothing but its arguments and the {@link ClusterState}, and changes nothing but the {@link Ledger} there.
 */
public final class DecisionProcess {
    private static final Set<String> CLEANERS = Set.of(
            "system:serviceaccount:kube-system:namespace-controller",
            "system:serviceaccount:kube-system:generic-garbage-collector",
            "system:kube-controller-manager");

    private static final int MOST_ATTEMPTS = 3;

    private final ClusterState state;
    private final DecisionSettings settings;
    private final Waiting waiting;
    private final Clock clock;

    public DecisionProcess(ClusterState state, DecisionSettings settings) {
        this(state, settings, Waiting.ALONE);
    }

    /** @param waiting for what the state has to ask elsewhere */
    public DecisionProcess(ClusterState state, DecisionSettings settings, Waiting waiting) {
        this.state = state;
        this.settings = settings;
        this.waiting = waiting;
        this.clock = Clock.systemUTC();
    }

    public Decision decide(PolicyReview review) {
        return decide(review, Effort.unlimited());
    }

    /** @param effort after which what is found by then decides */
    public Decision decide(PolicyReview review, Effort effort) {
        return review.subject()
                .match(
                        unconcerned -> Decision.Passed.because(Decision.Passed.Why.NOT_CONCERNED),
                        refused -> new Decision.Passed(Decision.Passed.Why.INVALID_POLICY, refused.problems()),
                        changed -> decide(review, changed, effort));
    }

    private Decision decide(PolicyReview review, PolicyReview.Changed changed, Effort effort) {
        Requester requester = review.requester();
        if (changed.sameSpec()) {
            return Decision.Passed.because(
                    changed.finalizing() ? Decision.Passed.Why.BEING_FINALIZED : Decision.Passed.Why.SPEC_UNCHANGED);
        }
        if (changed.change().isDeletion() && CLEANERS.contains(requester.username())) {
            return Decision.Passed.because(Decision.Passed.Why.GARBAGE_COLLECTION);
        }
        Optional<ClusterState.Known> known = state.known();
        if (known.isEmpty()) {
            return new Decision.NotReady(
                    settings.rejectWhenNotReady(), state.health().troubles(), state.whyNotKnown());
        }
        NamespaceShard namespace = known.get()
                .snapshot()
                .namespaceOrAssumed(changed.change().policy().namespace());
        if (changed.change().isDeletion() && namespace.entry().terminating()) {
            return Decision.Passed.because(Decision.Passed.Why.NAMESPACE_TERMINATING);
        }
        Optional<Change> enforcing =
                StagedChange.enforcing(changed.change(), known.get().snapshot());
        return enforcing
                .<Decision>map(change -> judge(
                                requester, new PolicyReview.Changed(change, false, false, ""), known.get(), effort)
                        .with(new Leniency.Rehearsed()))
                .orElseGet(() -> judgedAndRecorded(review, changed, known.get(), effort));
    }

    /**
     * Judged, and if it is admitted recorded in the ledger, unless something was recorded while it was judged: two changes that are
     * judged at the same time must not both be taken for the only one. Whoever is disturbed again and again lets that be.
     */
    private Decision judgedAndRecorded(
            PolicyReview review, PolicyReview.Changed changed, ClusterState.Known known, Effort effort) {
        Ledger ledger = state.ledger();
        for (int attempt = 1; true; attempt++) {
            long mark = ledger.mark();
            Decision decision = judge(review.requester(), changed, known, ledger.pending(known.snapshot()), effort);
            if (decision.isRejection() || review.dryRun() || ledger.record(observation(changed), mark)) {
                return decision;
            }
            if (attempt == MOST_ATTEMPTS) {
                ledger.record(observation(changed));
                return decision;
            }
        }
    }

    private static Observation observation(PolicyReview.Changed changed) {
        Function<Change, Observation> ofPolicy = change -> new Observation(
                change.object(),
                Stream.concat(change.after().stream().<Fact>map(Fact.NetworkPolicy::new), changed.staged().stream())
                        .toList());
        return changed.change().match(ofPolicy::apply, ofPolicy::apply, ofPolicy::apply, Change.OfOther::updated);
    }

    private Decision judge(
            Requester requester,
            PolicyReview.Changed changed,
            ClusterState.Known known,
            List<Observation> pending,
            Effort effort) {
        Function<Snapshot, Decision.Judged> judge =
                by -> judge(requester, changed, new ClusterState.Known(by, known.age(), known.lacks()), effort.part());
        boolean mayBeRefused = settings.mode() == Enforcement.DENY && !settings.onlyWarns(requester);
        Shadow.Judgement judgement =
                new Shadow(state, waiting, judge).judge(changed.change(), known.snapshot(), pending, mayBeRefused);
        Decision.Judged first = judgement.judged();
        if (!first.hasGrounds()) {
            return first;
        }
        Leniency override = override(requester, changed, first.namespace().name());
        if (override.admits()) {
            return first.with(override);
        }
        Leniency leniency = staging(requester, changed, judgement.by(), override);
        if (leniency.admits()) {
            return first.with(leniency);
        }
        if (judgement.isRead()) {
            return first.leniency().admits() ? first : first.with(leniency);
        }
        return confirmed(
                first,
                first.someNamespacesOfGrounds(ClusterState.FEW_NAMESPACES),
                judgement.by(),
                now -> judge.apply(now).with(leniency));
    }

    /**
     * The change judged again. Where it breaks flows in many namespaces, some of them are asked about first: one flow that is sure to
     * break is enough, and to ask about all may take longer than there is time, the more the more is broken.
     */
    private Decision confirmed(
            Decision.Judged first, Set<String> some, Snapshot judgedBy, Function<Snapshot, Decision.Judged> again) {
        return waiting.whileWaiting(() -> state.confirm(judgedBy, Grounds.of(first, some)))
                .match(
                        confirmed -> {
                            Decision.Judged second = again.apply(confirmed.now());
                            if (isCleanedUp(second)) {
                                return Decision.Passed.because(Decision.Passed.Why.NAMESPACE_TERMINATING);
                            }
                            Set<String> all = first.namespacesOfGrounds();
                            boolean isSure = some.containsAll(all) || second.hasGroundsWithin(some);
                            return isSure || !second.hasGrounds() ? second : confirmed(first, all, judgedBy, again);
                        },
                        unconfirmed -> first.with(new Leniency.Unconfirmed(unconfirmed.why())));
    }

    /** Step 2, with what has been read since. */
    private static boolean isCleanedUp(Decision.Judged judged) {
        return judged.assessment().change().isDeletion() && judged.namespace().terminating();
    }

    /** A member of a set that is not complete may come before the others, where it does no more than that and the requester may. */
    private Leniency staging(Requester requester, PolicyReview.Changed changed, Snapshot by, Leniency otherwise) {
        List<ChangeSet> sets = set(changed, by);
        if (sets.isEmpty() || changed.change().after().isEmpty()) {
            return otherwise;
        }
        ChangeSet set = sets.get(0);
        String namespace = changed.change().policy().namespace();
        Policy after = changed.change().after().get(0);
        if (set.isComplete()) {
            return otherwise == Leniency.NONE ? new Leniency.Staged(set, Leniency.Staged.Standing.COMPLETE) : otherwise;
        }
        if (set.isOver(clock.instant())) {
            return new Leniency.Staged(set, Leniency.Staged.Standing.OVER);
        }
        if (!changed.change().before().isEmpty() || !FirstPolicies.onlyIsolatesOpenPods(after, by, set.there())) {
            return new Leniency.Staged(set, Leniency.Staged.Standing.CUTS_MORE);
        }
        boolean may =
                waiting.whileWaiting(() -> state.mayStage(requester, namespace)) == ClusterState.Permission.GRANTED;
        return new Leniency.Staged(
                set, may ? Leniency.Staged.Standing.WAITING : Leniency.Staged.Standing.NOT_PERMITTED);
    }

    private List<ChangeSet> set(PolicyReview.Changed changed, Snapshot by) {
        NamespaceShard namespace =
                by.namespaceOrAssumed(changed.change().policy().namespace());
        return changed.staged().stream()
                .map(mark -> ChangeSet.of(mark, namespace, clock.instant()))
                .toList();
    }

    private Decision.Judged judge(
            Requester requester, PolicyReview.Changed changed, ClusterState.Known known, Effort effort) {
        Change change = changed.change();
        NamespaceShard namespace =
                known.snapshot().namespaceOrAssumed(change.policy().namespace());
        Lacks lacks = new Lacks(known.lacks(), known.snapshot());
        Rulings rulings = new Rulings(settings, requester, namespace.entry(), known.snapshot());
        Set<PolicyRef> together = set(changed, known.snapshot()).stream()
                .filter(ChangeSet::isComplete)
                .flatMap(set -> set.brought().stream())
                .collect(Collectors.toSet());
        Assessment assessment =
                new Assessor(known.snapshot(), Map.of(), settings.findings(), effort).assess(change, together);
        return new Decision.Judged(
                assessment,
                assessment.flows().stream()
                        .map(flow -> lacks.concern(flow) ? rulings.rule(flow).uncertain() : rulings.rule(flow))
                        .toList(),
                rulings.mostOfFindings(),
                state.isBehind() ? namespace.entry().seen() : namespace.entry(),
                Leniency.NONE,
                known.age());
    }

    private Leniency override(Requester requester, PolicyReview.Changed changed, String namespace) {
        StatedOverride stated = changed.override();
        if (!stated.isThere()) {
            return Leniency.NONE;
        }
        if (stated.kept()) {
            return new Leniency.OverrideRefused(requester.username(), namespace, Leniency.OverrideRefused.Why.KEPT);
        }
        return switch (waiting.whileWaiting(() -> state.mayOverride(requester, namespace))) {
            case GRANTED -> new Leniency.Overridden(stated.reason());
            case REFUSED ->
                new Leniency.OverrideRefused(
                        requester.username(), namespace, Leniency.OverrideRefused.Why.NOT_PERMITTED);
            case NOT_KNOWN ->
                new Leniency.OverrideRefused(requester.username(), namespace, Leniency.OverrideRefused.Why.NOT_KNOWN);
        };
    }
}
