package dev.flowguard.cluster;

import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.FactListener;
import dev.flowguard.cluster.object.PerPodLabels;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.contract.Contract;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.chain.PolicySource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which label keys of pods are named by selectors, so that workloads must be told apart by them. */
final class NamedLabelKeys {
    private NamedLabelKeys() {}

    private static Set<String> of(Policy policy) {
        Set<String> keys = new HashSet<>();
        policy.forEachSelector((scope, pods) -> keys.addAll(pods.keys()));
        return keys;
    }

    static Set<String> perPod(Collection<Fact> facts) {
        Set<String> keys = new HashSet<>();
        for (Fact fact : facts) {
            keys.addAll(FactKeys.of(fact));
        }
        return keys.stream().filter(PerPodLabels::isPerPod).collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> of(Contract contract) {
        Set<String> keys = new HashSet<>();
        for (Flow flow : contract.flows()) {
            for (FlowEnd end : List.of(flow.from(), flow.to())) {
                keys.addAll(end.<Set<String>>match(
                        pods -> pods.pods().keys(),
                        ownedBy -> Set.of(),
                        service -> Set.of(),
                        outside -> Set.of(),
                        wellKnown -> Set.of()));
            }
        }
        return keys;
    }

    private static final class FactKeys extends FactListener {
        private final Set<String> keys = new HashSet<>();

        static Set<String> of(Fact fact) {
            FactKeys found = new FactKeys();
            fact.accept(found);
            return found.keys;
        }

        @Override
        public void policy(Policy policy) {
            keys.addAll(NamedLabelKeys.of(policy));
        }

        @Override
        public void ruled(PolicySource policy) {
            keys.addAll(policy.podLabelKeys());
        }

        @Override
        public void contract(Contract contract) {
            keys.addAll(NamedLabelKeys.of(contract));
        }

        @Override
        public void service(ServiceEntry service) {
            keys.addAll(service.selector().keySet());
        }
    }
}
