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
import dev.flowguard.policy.calico.Tier;
import dev.flowguard.policy.chain.PluginFamily;
import dev.flowguard.policy.chain.PolicySource;
import dev.flowguard.policy.chain.SideInput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What cluster-scoped objects tell: nodes, ClusterFlowContracts and cluster-wide policies of other kinds. Immutable. */
final class ClusterScope {
    /** What others than policies depend on. */
    private record Rest(
            Set<Address> nodeAddresses,
            List<Fact.Node> nodes,
            List<Implication> implications,
            List<Contract> contracts,
            Map<Address, List<Labels>> nodeLabels) {
        Rest() {
            this(new HashSet<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new HashMap<>());
        }
    }

    static final ClusterScope EMPTY = new ClusterScope(List.of(), new Rest(), true);

    private final Rest rest;
    private final List<ObjectRef> otherPolicies = new ArrayList<>();
    private static final String CALICO = "projectcalico.org";
    private static final String CILIUM = "cilium.io";

    private final List<PolicySource> ruled = new ArrayList<>();
    private final List<SideInput> inputs = new ArrayList<>();
    private final List<Observation> observations;

    private ClusterScope(List<Observation> observations, Rest rest, boolean restIsKnown) {
        this.observations = List.copyOf(observations);
        this.rest = rest;
        FactListener reader = restIsKnown ? new PolicyReader() : new Reader();
        for (Observation observation : observations) {
            for (Fact fact : observation.facts()) {
                fact.accept(reader);
            }
        }
    }

    /** What all that is observed tells; what policies have no part in is shared with this where nothing else is told anew. */
    ClusterScope observing(List<Observation> now) {
        Alteration<Observation> alteration = Alteration.between(observations, now);
        if (alteration.isNothing()) {
            return this;
        }
        boolean onlyPolicies = Stream.concat(alteration.gone().stream(), alteration.come().stream())
                .flatMap(observation -> observation.facts().stream())
                .allMatch(ClusterScope::isOfPolicies);
        return onlyPolicies ? new ClusterScope(now, rest, true) : new ClusterScope(now, new Rest(), false);
    }

    private static boolean isOfPolicies(Fact fact) {
        return fact instanceof Fact.Ruled || fact instanceof Fact.Input || fact instanceof Fact.OtherPolicy;
    }

    /** This with other observations of some objects, in place of what was known of them. */
    ClusterScope with(List<Observation> told) {
        return observing(new Observations(observations).with(told).ordered());
    }

    /** Whether both are the same but for policies and what these depend on. */
    boolean differsInPoliciesOnly(ClusterScope other) {
        return rest == other.rest;
    }

    List<Observation> observations() {
        return observations;
    }

    boolean knows(ObjectRef object) {
        return !Observations.of(observations, object).isGone();
    }

    Optional<Observation> observation(ObjectRef object) {
        return Optional.of(Observations.of(observations, object)).filter(known -> !known.isGone());
    }

    List<Fact.Node> nodes() {
        return rest.nodes();
    }

    List<Implication> implications() {
        return rest.implications();
    }

    Set<Address> nodeAddresses() {
        return rest.nodeAddresses();
    }

    /** The labels of the nodes that have that address; of several, where somebody has mistaken one. */
    List<Labels> nodeLabels(Address address) {
        return rest.nodeLabels().getOrDefault(address, List.of());
    }

    /** Cluster-wide policies of other kinds than NetworkPolicy. */
    List<PolicySource> ruled() {
        return ruled;
    }

    /** What the meaning of such policies may depend on. */
    List<SideInput> inputs() {
        return inputs;
    }

    /** Whether there are cluster-wide objects of that plugin's own kinds, which only administrators make. */
    boolean hasObjectsOf(PluginFamily plugin) {
        return switch (plugin) {
            case CALICO ->
                inputs.stream().anyMatch(Tier.class::isInstance)
                        || ruled.stream()
                                .anyMatch(policy -> policy.ref().group().endsWith(CALICO));
            case CILIUM ->
                ruled.stream().anyMatch(policy -> policy.ref().group().equals(CILIUM));
            default -> false;
        };
    }

    List<Contract> contracts() {
        return rest.contracts();
    }

    List<ObjectRef> otherPolicies() {
        return otherPolicies;
    }

    private class PolicyReader extends FactListener {
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

    private final class Reader extends PolicyReader {
        @Override
        public void node(Fact.Node node) {
            rest.nodes().add(node);
            rest.nodeAddresses().addAll(node.addresses());
            node.addresses()
                    .forEach(address -> rest.nodeLabels()
                            .computeIfAbsent(address, key -> new ArrayList<>())
                            .add(node.labels()));
        }

        @Override
        public void implied(Implication implication) {
            rest.implications().add(implication);
        }

        @Override
        public void contract(Contract contract) {
            rest.contracts().add(contract);
        }
    }
}
