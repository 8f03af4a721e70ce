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
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A change in the shadow of others that have just been admitted (DESIGN 3.7). It is judged with those landed and with those not
 * landed; only where that makes a difference is the state read, and awaited if it does not show them yet. Of what others have admitted
 * at another API server nothing tells here: where there is one, what would be admitted is judged once more by what is read.
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
    private final Waiting waiting;
    private final Function<Snapshot, Decision.Judged> judge;

    Shadow(ClusterState state, Waiting waiting, Function<Snapshot, Decision.Judged> judge) {
        this.state = state;
        this.waiting = waiting;
        this.judge = judge;
    }

    /**
     * A judgement, and what it rests on.
     *
     * @param isRead whether the state was read for it, so that it need not be confirmed
     */
    record Judgement(Decision.Judged judged, Snapshot by, boolean isRead) {}

    /**
     * @param pending what may have landed or not
     * @param mayBeRefused whether it makes a difference to the requester what the judgement is
     */
    Judgement judge(Change change, Snapshot known, List<Observation> pending, boolean mayBeRefused) {
        List<Observation> near = pending.stream()
                .filter(other -> isInReach(other, change, known))
                .toList();
        Judgement asKnown = new Judgement(judge.apply(known), known, false);
        if (near.isEmpty()) {
            return asKnown.judged().hasGrounds() || !mayBeRefused ? asKnown : reread(change, known, asKnown, near);
        }
        Decision.Judged landed;
        if (near.size() <= MOST_COMBINED) {
            List<Judgement> all = combinations(asKnown, near);
            Judgement allLanded = all.get(all.size() - 1);
            landed = allLanded.judged();
            if (all.stream().noneMatch(each -> each.judged().hasGrounds())) {
                return mayBeRefused ? reread(change, known, allLanded, near) : allLanded;
            }
            if (all.stream().allMatch(each -> each.judged().hasGrounds())) {
                return asKnown;
            }
        } else {
            landed = judge.apply(known.with(near));
        }
        Decision.Judged unread = landed.hasGrounds() ? landed : asKnown.judged();
        return settled(
                change,
                near,
                grounds(change, landed, near),
                grounds -> state.confirm(known, grounds),
                why -> new Judgement(unread.with(new Leniency.Unconfirmed(why)), known, true));
    }

    /** What is to be admitted, by the state as it is read for it; unchanged where nothing is or can be read. */
    private Judgement reread(Change change, Snapshot known, Judgement admitted, List<Observation> near) {
        if (admitted.judged().isUnfinished()) {
            return admitted;
        }
        return state.rereading(known)
                .map(read -> {
                    Grounds grounds = Grounds.ofAdmission(admitted.judged(), ClusterState.FEW_NAMESPACES)
                            .and(grounds(change, admitted.judged(), near));
                    Iterator<Function<Grounds, Confirmation>> once =
                            List.of(read).iterator();
                    Function<Grounds, Confirmation> reading =
                            wider -> once.hasNext() ? once.next().apply(wider) : state.confirm(known, wider);
                    return settled(change, near, grounds, reading, why -> admitted);
                })
                .orElse(admitted);
    }

    /** With each subset of them landed, none first and all last. */
    private List<Judgement> combinations(Judgement none, List<Observation> near) {
        List<Judgement> all = new ArrayList<>(List.of(none));
        for (int landed = 1; landed < 1 << near.size(); landed++) {
            List<Observation> some = new ArrayList<>();
            for (int each = 0; each < near.size(); each++) {
                if ((landed & 1 << each) != 0) {
                    some.add(near.get(each));
                }
            }
            Snapshot then = none.by().with(some);
            all.add(new Judgement(judge.apply(then), then, false));
        }
        return all;
    }

    /**
     * By the state as it is read, again and again until what may have landed has, or is not worth waiting for.
     *
     * @param first what to read; what a rejection rests on beyond that is read as well
     * @param unread the judgement where nothing can be read, by the reason
     */
    private Judgement settled(
            Change change,
            List<Observation> near,
            Grounds first,
            Function<Grounds, Confirmation> reading,
            Function<String, Judgement> unread) {
        long start = System.nanoTime();
        Grounds grounds = first;
        while (true) {
            Grounds asked = grounds;
            // Before it is read: what has been shown by now is in what is read, even if it has been undone since.
            List<Observation> awaited =
                    near.stream().filter(state.ledger()::awaits).toList();
            Round round = waiting.whileWaiting(() -> reading.apply(asked))
                    .match(
                            confirmed -> round(change, confirmed.now(), awaited, near, asked),
                            unconfirmed -> new Round(unread.apply(unconfirmed.why()), true, asked));
            boolean isNews = !awaited.stream().allMatch(state.ledger()::awaits);
            boolean isOver = System.nanoTime() - start >= PATIENCE.toNanos() && !isNews;
            boolean isWholeRead = asked.include(round.needed());
            if (isOver || (round.isClear() ? isWholeRead : !isNews && !waiting.whileWaiting(Shadow::paused))) {
                return round.judgement();
            }
            grounds = asked.and(round.needed());
        }
    }

    /**
     * What a reading brought.
     *
     * @param isClear whether it makes no difference whether what is still on its way lands
     * @param needed what the judgement rests on
     */
    private record Round(Judgement judgement, boolean isClear, Grounds needed) {}

    private Round round(
            Change change, Snapshot read, List<Observation> awaited, List<Observation> near, Grounds asked) {
        List<Observation> open =
                awaited.stream().filter(each -> !Ledger.isShown(each, read)).toList();
        Judgement now = new Judgement(judge.apply(read), read, true);
        Judgement then = open.isEmpty() ? now : new Judgement(judge.apply(read.with(open)), read, true);
        // What has not landed by now may never, or at any moment: a change that breaks a flow either way is
        // refused, and can be made again when it is clear.
        Judgement graver = now.judged().hasGrounds() ? now : then;
        return new Round(
                graver,
                now.judged().hasGrounds() == then.judged().hasGrounds(),
                graver.judged().hasGrounds() ? grounds(change, graver.judged(), near) : asked);
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
    private static Grounds grounds(Change change, Decision.Judged landed, List<Observation> near) {
        Grounds ofJudgement = Grounds.of(landed, landed.someNamespacesOfGrounds(ClusterState.FEW_NAMESPACES));
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
