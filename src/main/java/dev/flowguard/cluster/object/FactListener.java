package dev.flowguard.cluster.object;

import dev.flowguard.cluster.implied.Implication;
import dev.flowguard.contract.Contract;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.chain.PolicySource;
import dev.flowguard.policy.chain.SideInput;

/** Hears every fact and heeds none; subclasses heed what concerns them. */
public abstract class FactListener implements Fact.Visitor {
    @Override
    public void namespace(NamespaceEntry namespace) {}

    @Override
    public void service(ServiceEntry service) {}

    @Override
    public void alias(Fact.Alias alias) {}

    @Override
    public void pod(Fact.Pod pod) {}

    @Override
    public void template(Fact.Template template) {}

    @Override
    public void owned(Fact.Owned owned) {}

    @Override
    public void endpoints(Fact.Endpoints endpoints) {}

    @Override
    public void ingress(Fact.Ingress ingress) {}

    @Override
    public void node(Fact.Node node) {}

    @Override
    public void policy(Policy policy) {}

    @Override
    public void contract(Contract contract) {}

    @Override
    public void otherPolicy(ObjectRef policy) {}

    @Override
    public void ruled(PolicySource policy) {}

    @Override
    public void input(SideInput input) {}

    @Override
    public void nodeAgent(Fact.NodeAgent agent) {}

    @Override
    public void staged(Fact.Staged staged) {}

    @Override
    public void implied(Implication implication) {}

    @Override
    public void standIn(Fact.StandIn standIn) {}

    @Override
    public void labelled(Fact.Labelled labelled) {}
}
