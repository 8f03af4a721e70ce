package dev.flowguard.cluster.implied;

import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.FlowPorts;
import dev.flowguard.contract.ImpliedKind;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.PortMatch;
import java.util.List;

/** The API server reaches the webhooks and extension servers that it has to ask (DESIGN 10.2). */
final class CalledServices implements Implication.Visitor {
    private final ImpliedFlows flows;

    CalledServices(ImpliedFlows flows) {
        this.flows = flows;
    }

    void add(List<Implication> implications) {
        implications.forEach(implication -> implication.accept(this));
    }

    @Override
    public void called(Implication.Called called) {
        flows.add(
                ImpliedKind.ADMISSION_WEBHOOK,
                called.by(),
                called.namespace(),
                new FlowEnd.WellKnown(FlowEnd.WellKnown.Name.KUBERNETES_API),
                new FlowEnd.ServicePods(called.namespace(), called.service()),
                new FlowPorts.OfService(List.of(PortMatch.Numbered.of(Protocol.TCP, called.port()))));
    }
}
