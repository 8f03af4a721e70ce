package dev.flowguard.admission.decision;

import dev.flowguard.assess.Assessment;
import dev.flowguard.assess.Assessor;
import dev.flowguard.assess.Change;
import dev.flowguard.cluster.Fact;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Observation;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.ObjectRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

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
 *       breaks.
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

    public DecisionProcess(ClusterState state, DecisionSettings settings) {
        this.state = state;
        this.settings = settings;
    }

    public Decision decide(PolicyReview review) {
        return review.subject()
                .match(
                        unconcerned -> Decision.Passed.because(Decision.Passed.Why.NOT_CONCERNED),
                        refused -> new Decision.Passed(Decision.Passed.Why.INVALID_POLICY, refused.problems()),
                        changed -> decide(review, changed));
    }

    private Decision decide(PolicyReview review, PolicyReview.Changed changed) {
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
            return new Decision.NotReady(settings.rejectWhenNotReady());
        }
        NamespaceShard namespace = known.get()
                .snapshot()
                .namespaceOrAssumed(changed.change().policy().namespace());
        if (changed.change().isDeletion() && namespace.entry().terminating()) {
            return Decision.Passed.because(Decision.Passed.Why.NAMESPACE_TERMINATING);
        }
        return judgedAndRecorded(review, changed, known.get());
    }

    /**
     * Judged, and if it is admitted recorded in the ledger, unless something was recorded while it was judged: two changes that are
     * judged at the same time must not both be taken for the only one. Whoever is disturbed again and again lets that be.
     */
    private Decision judgedAndRecorded(PolicyReview review, PolicyReview.Changed changed, ClusterState.Known known) {
        Ledger ledger = state.ledger();
        for (int attempt = 1; true; attempt++) {
            long mark = ledger.mark();
            Decision decision = judge(review.requester(), changed, known, ledger.pending(known.snapshot()));
            if (decision.isRejection() || review.dryRun() || ledger.record(observation(changed.change()), mark)) {
                return decision;
            }
            if (attempt == MOST_ATTEMPTS) {
                ledger.record(observation(changed.change()));
                return decision;
            }
        }
    }

    private static Observation observation(Change change) {
        return new Observation(
                ObjectRef.of(change.policy()),
                change.after().stream().<Fact>map(Fact.NetworkPolicy::new).toList());
    }

    private Decision judge(
            Requester requester, PolicyReview.Changed changed, ClusterState.Known known, List<Observation> pending) {
        Function<Snapshot, Decision.Judged> judge =
                by -> judge(requester, changed.change(), new ClusterState.Known(by, known.age()));
        Shadow.Judgement judgement = new Shadow(state, judge).judge(changed.change(), known.snapshot(), pending);
        Decision.Judged first = judgement.judged();
        if (!first.hasGrounds()) {
            return first;
        }
        Leniency override = override(requester, changed, first.namespace().name());
        if (override.admits()) {
            return first.with(override);
        }
        if (judgement.isRead()) {
            return first.leniency().admits() ? first : first.with(override);
        }
        return confirmed(
                first,
                first.someNamespacesOfGrounds(ClusterState.FEW_NAMESPACES),
                judgement.by(),
                now -> judge.apply(now).with(override));
    }

    /**
     * The change judged again. Where it breaks flows in many namespaces, some of them are asked about first: one flow that is sure to
     * break is enough, and to ask about all may take longer than there is time, the more the more is broken.
     */
    private Decision confirmed(
            Decision.Judged first, Set<String> some, Snapshot judgedBy, Function<Snapshot, Decision.Judged> again) {
        return state.confirm(judgedBy, Grounds.of(first, some))
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

    private Decision.Judged judge(Requester requester, Change change, ClusterState.Known known) {
        NamespaceShard namespace =
                known.snapshot().namespaceOrAssumed(change.policy().namespace());
        Rulings rulings = new Rulings(settings, requester, namespace.entry(), known.snapshot());
        Assessment assessment = new Assessor(known.snapshot(), Map.of(), settings.findings()).assess(change);
        return new Decision.Judged(
                assessment,
                assessment.flows().stream().map(rulings::rule).toList(),
                rulings.mostOfFindings(),
                namespace.entry(),
                Leniency.NONE,
                known.age());
    }

    private Leniency override(Requester requester, PolicyReview.Changed changed, String namespace) {
        if (changed.overrideReason().isBlank()) {
            return Leniency.NONE;
        }
        return switch (state.mayOverride(requester, namespace)) {
            case GRANTED -> new Leniency.Overridden(changed.overrideReason());
            case REFUSED -> new Leniency.OverrideRefused(requester.username(), namespace, true);
            case NOT_KNOWN -> new Leniency.OverrideRefused(requester.username(), namespace, false);
        };
    }
}
