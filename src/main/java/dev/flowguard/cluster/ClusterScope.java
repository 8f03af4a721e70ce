package dev.flowguard.cluster;

import dev.flowguard.cluster.implied.Implication;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.FactListener;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.cluster.object.Observations;
import dev.flowguard.contract.Contract;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.net.Address;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.chain.PolicySource;
import dev.flowguard.policy.chain.SideInput;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What cluster-scoped objects tell: nodes, ClusterFlowContracts and cluster-wide policies of other kinds. Immutable. */
final class ClusterScope {
    private final Set<Address> nodeAddresses = new HashSet<>();
    private final List<Fact.Node> nodes = new ArrayList<>();
    private final List<Implication> implications = new ArrayList<>();
    private final List<Contract> contracts = new ArrayList<>();
    private final List<ObjectRef> otherPolicies = new ArrayList<>();
    private final List<PolicySource> ruled = new ArrayList<>();
    private final List<SideInput> inputs = new ArrayList<>();
    private final Map<Address, List<Labels>> nodeLabels = new HashMap<>();
    private final List<Observation> observations;

    ClusterScope(Collection<Observation> observations) {
        this.observations = List.copyOf(observations);
        Reader reader = new Reader();
        observations.forEach(observation -> observation.facts().forEach(fact -> fact.accept(reader)));
    }

    /** This with other observations of some objects, in place of what was known of them. */
    ClusterScope with(List<Observation> told) {
        return new ClusterScope(new Observations(observations).with(told).ordered());
    }

    List<Observation> observations() {
        return observations;
    }

    boolean knows(ObjectRef object) {
        return observations.stream()
                .anyMatch(observation -> observation.object().equals(object));
    }

    Optional<Observation> observation(ObjectRef object) {
        return observations.stream()
                .filter(each -> each.object().equals(object))
                .findFirst();
    }

    List<Fact.Node> nodes() {
        return nodes;
    }

    List<Implication> implications() {
        return implications;
    }

    Set<Address> nodeAddresses() {
        return nodeAddresses;
    }

    /** The labels of the nodes that have that address; of several, where somebody has mistaken one. */
    List<Labels> nodeLabels(Address address) {
        return nodeLabels.getOrDefault(address, List.of());
    }

    /** Cluster-wide policies of other kinds than NetworkPolicy. */
    List<PolicySource> ruled() {
        return ruled;
    }

    /** What the meaning of such policies may depend on. */
    List<SideInput> inputs() {
        return inputs;
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
            nodes.add(node);
            nodeAddresses.addAll(node.addresses());
            node.addresses()
                    .forEach(address -> nodeLabels
                            .computeIfAbsent(address, key -> new ArrayList<>())
                            .add(node.labels()));
        }

        @Override
        public void implied(Implication implication) {
            implications.add(implication);
        }

        @Override
        public void contract(Contract contract) {
            contracts.add(contract);
        }

        @Override
        public void ruled(PolicySource policy) {
            ruled.add(policy);
        }

        @Override
        public void input(SideInput input) {
            inputs.add(input);
        }

        @Override
        public void otherPolicy(ObjectRef policy) {
            otherPolicies.add(policy);
        }
    }
}
