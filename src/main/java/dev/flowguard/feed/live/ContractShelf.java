package dev.flowguard.feed.live;

import dev.flowguard.audit.status.ContractObjects;
import dev.flowguard.audit.status.SeenContract;
import dev.flowguard.contract.ObjectRef;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The contracts as objects, with the status that they have; what they declare is in the model. A contract comes here only when the
 * model has it, so that whoever reads this first and a snapshot then never sees a contract without what it declares.
 */
final class ContractShelf implements ContractObjects {
    private final Map<ObjectRef, SeenContract> contracts = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();
    private Map<ObjectRef, SeenContract> copy = Map.of();

    /** The changes up to which the copy is true. */
    private long copied;

    void put(SeenContract contract) {
        contracts.put(contract.object(), contract);
        changes.incrementAndGet();
    }

    void remove(ObjectRef contract) {
        contracts.remove(contract);
        changes.incrementAndGet();
    }

    /** Asked for many times a second, and seldom another: so it is copied only when it is. */
    @Override
    public synchronized Map<ObjectRef, SeenContract> seen() {
        long now = changes.get();
        if (now != copied) {
            copy = Map.copyOf(contracts);
            copied = now;
        }
        return copy;
    }

    @Override
    public long changes() {
        return changes.get();
    }
}
