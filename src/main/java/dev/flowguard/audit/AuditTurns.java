package dev.flowguard.audit;

import dev.flowguard.audit.status.SeenContract;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.contract.ContractSource;
import dev.flowguard.contract.ObjectRef;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges what is declared, contract by contract, and keeps what it found until something changes that it rests on. The namespaces take
 * turns, each for a slice of work: so a contract of millions of pairs delays nobody else's, and its own judgement goes on where it
 * stopped, by what was known when it began, whatever changes meanwhile; then it is judged again. For one thread.
 */
final class AuditTurns {
    /** Of one turn: some milliseconds. */
    static final long SLICE = 4_096;

    private final long mostWork;
    private @Nullable AuditMoment moment;
    private @Nullable Audit audit;
    private Map<ContractSource, DeclaredContract> declared = Map.of();
    private Set<ContractSource> atFirst = Set.of();
    private final Map<DeclaredFlow, ContractPass.Known> known = new IdentityHashMap<>();
    private final Map<ContractSource, Audit.Judged> judged = new HashMap<>();

    /** The contracts as objects that judgements rest on which are not of this moment. */
    private final Map<ContractSource, Map<ObjectRef, SeenContract>> earlier = new HashMap<>();

    /** By namespace, in the order of their turns; none is empty. */
    private final Map<String, ContractQueue> queues = new LinkedHashMap<>();

    /** @param mostWork how many pairs one contract may speak of */
    AuditTurns(long mostWork) {
        this.mostWork = mostWork;
    }

    /** From now on judgements rest on that, and what has changed since the last is judged again. */
    void take(AuditMoment news) {
        @Nullable AuditMoment last = moment;
        moment = news;
        audit = null;
        Optional<BitSet> changed =
                last == null || last.snapshot().cni() != news.snapshot().cni()
                        ? Optional.empty()
                        : news.snapshot().flowsChangedSince(last.snapshot());
        if (changed.isPresent()) {
            List<DeclaredFlow> flows = news.snapshot().flows();
            changed.get().stream().mapToObj(flows::get).forEach(flow -> {
                known.remove(flow);
                enqueue(flow.contract().source(), last);
            });
            return;
        }
        known.clear();
        declared = DeclaredContract.of(news.snapshot());
        judged.keySet().retainAll(declared.keySet());
        earlier.keySet().retainAll(declared.keySet());
        declared.keySet().forEach(contract -> enqueue(contract, last));
        if (last == null) {
            atFirst = Set.copyOf(declared.keySet());
        }
    }

    private void enqueue(ContractSource contract, @Nullable AuditMoment last) {
        queues.computeIfAbsent(contract.homeNamespace(), name -> new ContractQueue())
                .add(contract);
        if (last != null) {
            earlier.putIfAbsent(contract, last.contracts());
        }
    }

    /** Whether nothing is left to be judged. */
    boolean isDone() {
        return queues.isEmpty();
    }

    /**
     * Judges for a while.
     *
     * @param mostSteps how much to do, about
     * @return whether the judgement of a contract was completed
     */
    boolean goOn(long mostSteps) {
        boolean[] news = {false};
        audit = null;
        long steps = 0;
        while (steps < mostSteps && !queues.isEmpty()) {
            String namespace = queues.keySet().iterator().next();
            ContractQueue queue = queues.remove(namespace);
            steps += queue.turn(SLICE, this::begin, pass -> {
                finish(pass, queue);
                news[0] = true;
            });
            if (!queue.isEmpty()) {
                // Behind all others.
                queues.put(namespace, queue);
            }
        }
        return news[0];
    }

    private Optional<ContractPass> begin(ContractSource contract) {
        AuditMoment now = moment;
        DeclaredContract written = declared.get(contract);
        return now == null || written == null
                ? Optional.empty()
                : Optional.of(new ContractPass(written, now, known::get, mostWork));
    }

    private void finish(ContractPass pass, ContractQueue queue) {
        ContractSource contract = pass.declared().source();
        if (queue.isWaiting(contract)) {
            earlier.put(contract, pass.moment().contracts());
        } else {
            earlier.remove(contract);
            known.putAll(pass.known());
        }
        DeclaredContract written = declared.get(contract);
        if (written != null && written.contract().equals(pass.declared().contract())) {
            Audit.Judged news = new Audit.Judged(written.contract(), pass.standings());
            judged.merge(contract, news, (before, now) -> before.equals(now) ? before : now);
        }
    }

    /** What is known by now; the same while nothing is judged and nothing taken. */
    Optional<Audit> audit() {
        AuditMoment now = moment;
        if (audit == null && now != null) {
            audit = new Audit(now.snapshot(), told(now), atFirst);
        }
        return Optional.ofNullable(audit);
    }

    private List<Audit.Told> told(AuditMoment now) {
        List<Audit.Told> told = new ArrayList<>(judged.size());
        for (ContractSource contract : declared.keySet()) {
            Audit.Judged each = judged.get(contract);
            if (each != null) {
                told.add(new Audit.Told(each, earlier.getOrDefault(contract, now.contracts()), isPending(contract)));
            }
        }
        return told;
    }

    private boolean isPending(ContractSource contract) {
        @Nullable ContractQueue queue = queues.get(contract.homeNamespace());
        return queue != null && queue.isPending(contract);
    }
}
