package dev.flowguard.admission.decision;

import dev.flowguard.admission.decision.ClusterState.Confirmation;
import dev.flowguard.assess.Change;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ObjectRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A change in the shadow of others that have just been admitted (DESIGN 3.7). It is judged with those landed and with those not
 * landed; only where that makes a difference is the state read, and awaited if it does not show them yet.
 */
final class Shadow {
    /** A change that was admitted is in the cluster within milliseconds, unless others have to agree to it too. */
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private static final Duration PAUSE = Duration.ofMillis(15);

    /** Of so many changes every combination is judged; more are few, and are read at once. */
    private static final int MOST_COMBINED = 3;

    private static final String NAMESPACE = "Namespace";
    private static final String POLICY = "NetworkPolicy";

    private final ClusterState state;
    private final Function<Snapshot, Decision.Judged> judge;

    Shadow(ClusterState state, Function<Snapshot, Decision.Judged> judge) {
        this.state = state;
        this.judge = judge;
    }

    /**
     * A judgement, and what it rests on.
     *
     * @param isRead whether the state was read for it, so that it need not be confirmed
     */
    record Judgement(Decision.Judged judged, Snapshot by, boolean isRead) {}

    /** @param pending what may have landed or not */
    Judgement judge(Change change, Snapshot known, List<Observation> pending) {
        List<Observation> near = pending.stream()
                .filter(other -> isInReach(other, change, known))
                .toList();
        Judgement asKnown = new Judgement(judge.apply(known), known, false);
        if (near.isEmpty()) {
            return asKnown;
        }
        if (near.size() <= MOST_COMBINED) {
            List<Judgement> all = combinations(known, near);
            Judgement allLanded = all.get(all.size() - 1);
            if (all.stream().noneMatch(each -> each.judged().hasGrounds())) {
                return allLanded;
            }
            if (all.stream().allMatch(each -> each.judged().hasGrounds())) {
                return asKnown;
            }
        }
        return read(change, known, near);
    }

    /** With each subset of them landed, none first and all last. */
    private List<Judgement> combinations(Snapshot known, List<Observation> near) {
        List<Judgement> all = new ArrayList<>();
        for (int landed = 0; landed < 1 << near.size(); landed++) {
            List<Observation> some = new ArrayList<>();
            for (int each = 0; each < near.size(); each++) {
                if ((landed & 1 << each) != 0) {
                    some.add(near.get(each));
                }
            }
            Snapshot then = known.with(some);
            all.add(new Judgement(judge.apply(then), then, false));
        }
        return all;
    }

    private Judgement read(Change change, Snapshot known, List<Observation> near) {
        long start = System.nanoTime();
        Judgement asKnown = new Judgement(judge.apply(known), known, false);
        Judgement landed = new Judgement(judge.apply(known.with(near)), known, false);
        while (true) {
            Confirmation confirmation = state.confirm(known, grounds(change, landed, near));
            Judgement now = confirmation.match(
                    confirmed -> new Judgement(judge.apply(confirmed.now()), confirmed.now(), true),
                    unconfirmed -> unread(landed.judged().hasGrounds() ? landed : asKnown, unconfirmed.why()));
            if (now.judged().leniency().admits()) {
                return now;
            }
            List<Observation> open = near.stream()
                    .filter(each -> !Ledger.isShown(each, now.by()))
                    .toList();
            Judgement then = new Judgement(judge.apply(now.by().with(open)), now.by(), true);
            boolean agree = now.judged().hasGrounds() == then.judged().hasGrounds();
            boolean isOver = System.nanoTime() - start >= PATIENCE.toNanos();
            if (open.isEmpty() || agree || isOver || !paused()) {
                // What has not landed by now may never, or at any moment: a change that breaks a flow either way is
                // refused,
                // and can be made again when it is clear.
                return now.judged().hasGrounds() ? now : then;
            }
        }
    }

    private static Judgement unread(Judgement judgement, String why) {
        return new Judgement(judgement.judged().with(new Leniency.Unconfirmed(why)), judgement.by(), true);
    }

    private static boolean paused() {
        try {
            Thread.sleep(PAUSE.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What would have to be read to know: what the judgement rests on, and the objects that may have changed. */
    private static Grounds grounds(Change change, Judgement landed, List<Observation> near) {
        Grounds ofJudgement =
                Grounds.of(landed.judged(), landed.judged().someNamespacesOfGrounds(ClusterState.FEW_NAMESPACES));
        Set<String> namespaces = new TreeSet<>(ofJudgement.namespaces());
        namespaces.add(change.policy().namespace());
        Set<ObjectRef> objects = new HashSet<>(ofJudgement.objects());
        for (Observation other : near) {
            String namespace = namespaceOf(other);
            if (namespace.isEmpty() || !other.object().kind().equals(POLICY)) {
                objects.add(other.object());
            }
            if (!namespace.isEmpty()) {
                namespaces.add(namespace);
            }
        }
        return new Grounds(namespaces, objects, ofJudgement.workloads());
    }

    /** Whether what one does may matter to the other: they are in one namespace, or a declared flow joins theirs. */
    private static boolean isInReach(Observation other, Change change, Snapshot known) {
        String namespace = namespaceOf(other);
        if (namespace.equals(change.policy().namespace())
                || !other.object().kind().equals(POLICY)) {
            return !other.object().equals(change.object());
        }
        Set<DeclaredFlow> flows = new HashSet<>(
                known.flowsTouching(known.namespaceOrAssumed(change.policy().namespace())));
        return known.flowsTouching(known.namespaceOrAssumed(namespace)).stream().anyMatch(flows::contains);
    }

    private static String namespaceOf(Observation observation) {
        ObjectRef object = observation.object();
        return object.kind().equals(NAMESPACE) ? object.name() : object.namespace();
    }
}
