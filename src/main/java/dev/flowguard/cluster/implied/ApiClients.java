package dev.flowguard.cluster.implied;

import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.FlowPorts;
import dev.flowguard.contract.ImpliedKind;
import dev.flowguard.contract.ObjectRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who has a token, and a role by its own name, reaches the API server (DESIGN 10.3). What every account may do by its groups makes
 * nobody a client.
 */
final class ApiClients {
    private final ImpliedFlows flows;
    private final List<Needs> needs;
    private final Map<Implication.AccountName, ObjectRef> bindings = new HashMap<>();

    ApiClients(ImpliedFlows flows, List<Implication> clusterWide, List<Needs> needs) {
        this.flows = flows;
        this.needs = needs;
        Implication.Visitor reader = new Implication.Visitor() {
            @Override
            public void bound(Implication.Bound bound) {
                // The first by name, so that it does not depend on the order of events which one is told.
                bound.accounts().forEach(account -> bindings.merge(account, bound.by(), ApiClients::first));
            }
        };
        Stream.concat(clusterWide.stream(), needs.stream().flatMap(each -> each.implications().stream()))
                .forEach(implication -> implication.accept(reader));
    }

    void add() {
        for (Needs each : needs) {
            String namespace = each.namespace().name();
            for (Needs.TokenHolder holder : each.tokenHolders()) {
                @Nullable ObjectRef binding = bindings.get(new Implication.AccountName(namespace, holder.account()));
                if (binding != null) {
                    flows.add(
                            ImpliedKind.KUBERNETES_API,
                            binding,
                            namespace,
                            new FlowEnd.OwnedBy(new ObjectRef(
                                    holder.owner().kind(),
                                    namespace,
                                    holder.owner().name())),
                            new FlowEnd.WellKnown(FlowEnd.WellKnown.Name.KUBERNETES_API),
                            new FlowPorts.Every());
                }
            }
        }
    }

    private static ObjectRef first(ObjectRef one, ObjectRef other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
