package dev.flowguard.cluster;

import dev.flowguard.cluster.object.Owner;
import dev.flowguard.contract.Contract;
import dev.flowguard.contract.ContractSource;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.ObjectRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The contracts of one namespace with each annotated flow once. A pod template hands its annotations to ReplicaSets and Pods, so
 * the same flow is seen many times; it is one flow of the topmost owner, and what that owner itself says about it counts first.
 */
final class AnnotatedContracts {
    private record Attributed(Contract contract, ContractSource source, boolean byTopmost) {}

    private record FlowKey(ContractSource source, String flow) {}

    private static final Comparator<Attributed> TOPMOST_FIRST = Comparator.comparing(Attributed::source)
            .thenComparing(attributed -> !attributed.byTopmost())
            .thenComparing(attributed -> attributed.contract().source());

    private final String namespace;
    private final OwnerTree owners;
    private final List<Contract> contracts;

    AnnotatedContracts(String namespace, OwnerTree owners, List<Contract> contracts) {
        this.namespace = namespace;
        this.owners = owners;
        this.contracts = contracts;
    }

    /** Ascending by source. */
    List<Contract> merged() {
        List<Contract> merged = new ArrayList<>();
        Set<FlowKey> seen = new HashSet<>();
        @Nullable ContractSource last = null;
        for (Attributed each :
                contracts.stream().map(this::attribute).sorted(TOPMOST_FIRST).toList()) {
            Contract contract = each.contract();
            List<Flow> fresh = contract.flows().stream()
                    .filter(flow -> !each.source().isAnnotation() || seen.add(new FlowKey(each.source(), flow.name())))
                    .map(this::ofTopmost)
                    .toList();
            boolean first = !each.source().equals(last);
            if (first || !fresh.isEmpty()) {
                merged.add(new Contract(
                        each.source(),
                        contract.enforcement(),
                        contract.namespaceMode(),
                        fresh,
                        first ? contract.problems() : List.of()));
            }
            last = each.source();
        }
        return merged;
    }

    private Attributed attribute(Contract contract) {
        ContractSource source = contract.source();
        if (!source.isAnnotation()) {
            return new Attributed(contract, source, true);
        }
        ObjectRef topmost = topmost(source.object());
        return new Attributed(
                contract, new ContractSource(topmost, source.annotation()), topmost.equals(source.object()));
    }

    private Flow ofTopmost(Flow flow) {
        return new Flow(flow.name(), flow.expectation(), ofTopmost(flow.from()), ofTopmost(flow.to()), flow.ports());
    }

    private FlowEnd ofTopmost(FlowEnd end) {
        return end.match(
                pods -> pods,
                ownedBy -> new FlowEnd.OwnedBy(topmost(ownedBy.owner()), ownedBy.fromNodes(), ownedBy.nodes()),
                service -> service,
                outside -> outside,
                wellKnown -> wellKnown);
    }

    private ObjectRef topmost(ObjectRef object) {
        if (!object.namespace().equals(namespace)) {
            return object;
        }
        Owner topmost = owners.topmost(new Owner(object.kind(), object.name()));
        return new ObjectRef(topmost.kind(), object.namespace(), topmost.name());
    }
}
