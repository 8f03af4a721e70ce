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
import dev.flowguard.policy.chain.LabelsOfNodes;
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
            Map<Address, List<Labels>> nodeLabels,
            LabelsOfNodes labelsOfNodes) {
        Rest() {
            this(
                    new HashSet<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new HashMap<>(),
                    LabelsOfNodes.UNKNOWN);
        }

        /** With what follows from all that was gathered. */
        Rest complete() {
            LabelsOfNodes labels =
                    LabelsOfNodes.of(nodes.stream().map(Fact.Node::labels).toList());
            return new Rest(nodeAddresses, nodes, implications, contracts, nodeLabels, labels);
        }
    }

    static final ClusterScope EMPTY = new ClusterScope(List.of(), new Rest(), PolicyFacts.of(List.of()));

    private static final String CALICO = "projectcalico.org";
    private static final String CILIUM = "cilium.io";

    private final List<Observation> observations;
    private final Rest rest;
    private final PolicyFacts policies;

    private ClusterScope(List<Observation> observations, Rest rest, PolicyFacts policies) {
        this.observations = observations;
        this.rest = rest;
        this.policies = policies;
    }

    /** What all that is observed tells; what policies have no part in is shared with this where nothing else is told anew. */
    ClusterScope observing(List<Observation> all) {
        List<Observation> now = List.copyOf(all);
        Alteration.Common common = Alteration.Common.of(observations, now);
        List<Observation> gone = observations.subList(common.first(), observations.size() - common.last());
        List<Observation> come = now.subList(common.first(), now.size() - common.last());
        if (gone.isEmpty() && come.isEmpty()) {
            return this;
        }
        Alteration<Observation> alteration = Alteration.between(gone, come);
        return Stream.concat(alteration.gone().stream(), alteration.come().stream())
                        .allMatch(PolicyFacts::areAllThatIsToldBy)
                ? new ClusterScope(
                        now,
                        rest,
                        policies.replacing(PolicyFacts.of(gone), PolicyFacts.of(come))
                                .orElseGet(() -> PolicyFacts.of(now)))
                : new ClusterScope(now, rest(now), PolicyFacts.of(now));
    }

    private static Rest rest(List<Observation> observations) {
        Rest rest = new Rest();
        RestReader reader = new RestReader(rest);
        observations.forEach(observation -> observation.facts().forEach(fact -> fact.accept(reader)));
        return rest.complete();
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

    LabelsOfNodes labelsOfNodes() {
        return rest.labelsOfNodes();
    }

    /** Cluster-wide policies of other kinds than NetworkPolicy. */
    List<PolicySource> ruled() {
        return policies.ruled();
    }

    /** What the meaning of such policies may depend on. */
    List<SideInput> inputs() {
        return policies.inputs();
    }

    /** Whether there are cluster-wide objects of that plugin's own kinds, which only administrators make. */
    boolean hasObjectsOf(PluginFamily plugin) {
        return switch (plugin) {
            case CALICO ->
                policies.inputs().stream().anyMatch(Tier.class::isInstance)
                        || policies.ruled().stream()
                                .anyMatch(policy -> policy.ref().group().endsWith(CALICO));
            case CILIUM ->
                policies.ruled().stream()
                        .anyMatch(policy -> policy.ref().group().equals(CILIUM));
            default -> false;
        };
    }

    List<Contract> contracts() {
        return rest.contracts();
    }

    List<ObjectRef> otherPolicies() {
        return policies.otherPolicies();
    }

    private static final class RestReader extends FactListener {
        private final Rest rest;

        RestReader(Rest rest) {
            this.rest = rest;
        }

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
