package dev.flowguard.cluster;

import dev.flowguard.contract.Contract;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.net.Address;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What cluster-scoped objects tell: nodes, ClusterFlowContracts and cluster-wide policies of other kinds. Immutable. */
final class ClusterScope {
    private final Set<Address> nodeAddresses = new HashSet<>();
    private int nodes;
    private final List<Contract> contracts = new ArrayList<>();
    private final List<ObjectRef> otherPolicies = new ArrayList<>();
    private final List<Observation> observations;

    ClusterScope(Collection<Observation> observations) {
        this.observations = List.copyOf(observations);
        Reader reader = new Reader();
        observations.forEach(observation -> observation.facts().forEach(fact -> fact.accept(reader)));
    }

    /** This with another observation of one object, in place of what was known of it. */
    ClusterScope with(Observation observation) {
        return new ClusterScope(observation.among(observations));
    }

    int nodes() {
        return nodes;
    }

    Set<Address> nodeAddresses() {
        return nodeAddresses;
    }

    List<Contract> contracts() {
        return contracts;
    }

    List<ObjectRef> otherPolicies() {
        return otherPolicies;
    }

    private final class Reader extends FactListener {
        @Override
        public void node(Fact.Node node) {
            nodes++;
            nodeAddresses.addAll(node.addresses());
        }

        @Override
        public void contract(Contract contract) {
            contracts.add(contract);
        }

        @Override
        public void otherPolicy(ObjectRef policy) {
            otherPolicies.add(policy);
        }
    }
}
