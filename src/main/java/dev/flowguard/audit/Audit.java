package dev.flowguard.audit;

import dev.flowguard.assess.FlowStanding;
import dev.flowguard.audit.status.SeenContract;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.Contract;
import dev.flowguard.contract.ContractSource;
import dev.flowguard.contract.ObjectRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How what is declared stands, as far as it was judged by one moment. */
public final class Audit {
    /** A contract and how its flows stand; those of one annotated object together. */
    record Judged(Contract contract, List<FlowStanding> standings) {
        Judged {
            standings = List.copyOf(standings);
        }
    }

    /**
     * The same, with what it rests on.
     *
     * @param contracts as they were before the snapshot of its judgement was read
     * @param pending whether it is being judged again
     */
    record Told(Judged judged, Map<ObjectRef, SeenContract> contracts, boolean pending) {}

    private final Snapshot snapshot;
    private final List<Told> told = new ArrayList<>();
    private final List<FlowStanding> implied = new ArrayList<>();
    private final Set<ContractSource> atFirst;

    /**
     * @param told in the order of the snapshot
     * @param atFirst those that were there when this program began to judge
     */
    Audit(Snapshot snapshot, List<Told> told, Set<ContractSource> atFirst) {
        this.snapshot = snapshot;
        this.atFirst = atFirst;
        for (Told each : told) {
            if (each.judged().contract().source().isImplied()) {
                implied.addAll(each.judged().standings());
            } else {
                this.told.add(each);
            }
        }
    }

    /** The newest that judgements rest on. */
    Snapshot snapshot() {
        return snapshot;
    }

    /** How what nobody declared stands: it is told by metrics alone, as there is no object to carry a status. */
    List<FlowStanding> implied() {
        return implied;
    }

    /** In the order of the snapshot. */
    List<Told> told() {
        return told;
    }

    List<Judged> contracts() {
        return told.stream().map(Told::judged).toList();
    }

    /** Whether it was there when this program began to judge, so that nobody knows since when it has stood so. */
    boolean wasThereAtFirst(ContractSource contract) {
        return atFirst.contains(contract);
    }
}
