package dev.flowguard.feed.live;

import dev.flowguard.audit.ContractObjects;
import dev.flowguard.audit.SeenContract;
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

    void put(SeenContract contract) {
        contracts.put(contract.object(), contract);
        changes.incrementAndGet();
    }

    void remove(ObjectRef contract) {
        contracts.remove(contract);
        changes.incrementAndGet();
    }

    @Override
    public Map<ObjectRef, SeenContract> seen() {
        return Map.copyOf(contracts);
    }

    @Override
    public long changes() {
        return changes.get();
    }
}
