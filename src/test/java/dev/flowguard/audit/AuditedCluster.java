package dev.flowguard.audit;

import dev.flowguard.admission.decision.ClusterState;
import dev.flowguard.admission.decision.Grounds;
import dev.flowguard.admission.decision.Requester;
import dev.flowguard.assess.Change;
import dev.flowguard.audit.status.ContractObjects;
import dev.flowguard.audit.status.ContractStatus;
import dev.flowguard.audit.status.SeenContract;
import dev.flowguard.audit.status.StatusJson;
import dev.flowguard.audit.status.StatusWriter;
import dev.flowguard.cluster.ClusterModel;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.testing.Part;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;

/** A cluster with an API server that keeps the status of contracts, both at once: what is written is seen at the next look. */
final class AuditedCluster implements ClusterState, ContractObjects, StatusWriter {
    private final ClusterModel model = new ClusterModel(ClusterSettings.DEFAULT);
    private final Map<ObjectRef, SeenContract> contracts = new HashMap<>();
    private final Queue<Answer> instead = new ArrayDeque<>();
    private final List<SeenContract> written = new ArrayList<>();
    private boolean known = true;
    private boolean hidden;
    private Map<ObjectRef, SeenContract> asLastSeen = Map.of();
    private long version = 100;
    private int attempts;

    void has(Part... parts) {
        for (Part part : parts) {
            part.observations().forEach(observation -> model.apply(List.of(observation)));
        }
    }

    /** The object of a contract whose flows are declared by {@link #has}. */
    void hasObject(ObjectRef contract, long generation) {
        ContractStatus status = Optional.ofNullable(contracts.get(contract))
                .map(SeenContract::status)
                .orElse(ContractStatus.NONE);
        put(new SeenContract(contract, "uid-" + contract.name(), generation, "", 1, status));
    }

    void loses(ObjectRef contract) {
        contracts.remove(contract);
        version++;
    }

    private String put(SeenContract contract) {
        version++;
        contracts.put(
                contract.object(),
                new SeenContract(
                        contract.object(),
                        contract.uid(),
                        contract.generation(),
                        Long.toString(version),
                        contract.declared(),
                        contract.status()));
        return Long.toString(version);
    }

    void isKnown(boolean wellEnough) {
        known = wellEnough;
    }

    /** From now on, changes of contracts are not seen. */
    void hidesContracts() {
        asLastSeen = Map.copyOf(contracts);
        hidden = true;
    }

    void showsContracts() {
        hidden = false;
    }

    /** The next attempts to write end like this. */
    void answers(Outcome... outcomes) {
        for (Outcome outcome : outcomes) {
            instead.add(new Answer(outcome, "", "because the test says so"));
        }
    }

    int attempts() {
        return attempts;
    }

    /** What was overwritten, in the order of the writes. */
    List<SeenContract> written() {
        return written;
    }

    ContractStatus status(ObjectRef contract) {
        return Objects.requireNonNull(contracts.get(contract)).status();
    }

    /** Somebody else writes the status. */
    void hasStatus(ObjectRef contract, ContractStatus status) {
        SeenContract there = Objects.requireNonNull(contracts.get(contract));
        put(new SeenContract(contract, there.uid(), there.generation(), "", there.declared(), status));
    }

    @Override
    public Answer write(SeenContract seen, ContractStatus wanted) {
        attempts++;
        if (!instead.isEmpty()) {
            return instead.remove();
        }
        SeenContract there = contracts.get(seen.object());
        if (there == null) {
            return new Answer(Outcome.GONE, "", "not found");
        }
        if (!there.version().equals(seen.version())) {
            return new Answer(Outcome.CONFLICT, "", "the object has been modified");
        }
        written.add(there);
        ContractStatus asRead = StatusJson.read(StatusJson.write(wanted));
        return Answer.written(
                put(new SeenContract(there.object(), there.uid(), there.generation(), "", there.declared(), asRead)));
    }

    @Override
    public Map<ObjectRef, SeenContract> seen() {
        return hidden ? asLastSeen : Map.copyOf(contracts);
    }

    @Override
    public long changes() {
        return hidden ? 0 : version;
    }

    @Override
    public Optional<Known> known() {
        return known ? Optional.of(new Known(model.snapshot(), Duration.ZERO)) : Optional.empty();
    }

    @Override
    public Confirmation confirm(Snapshot judged, Grounds grounds) {
        return new Confirmation.Unconfirmed("not asked here");
    }

    @Override
    public Permission mayOverride(Requester requester, String namespace) {
        return Permission.NOT_KNOWN;
    }

    @Override
    public void admitted(Change change) {}
}
