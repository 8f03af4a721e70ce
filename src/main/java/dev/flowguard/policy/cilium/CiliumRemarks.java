package dev.flowguard.policy.cilium;

import dev.flowguard.policy.Direction;
import dev.flowguard.policy.chain.Surroundings;
import dev.flowguard.policy.cilium.CiliumPolicy.Rule;
import dev.flowguard.policy.cilium.CiliumPolicy.Spec;
import dev.flowguard.policy.cilium.CiliumSelector.Source;
import java.util.ArrayList;
import java.util.List;

/** What of a policy is easily taken for something else, and what is assumed of the agents. */
final class CiliumRemarks {
    private final CiliumPolicy policy;
    private final boolean exclusionsReachBeyondPods;
    private final List<String> remarks = new ArrayList<>();

    private CiliumRemarks(CiliumPolicy policy, Surroundings surroundings) {
        this.policy = policy;
        this.exclusionsReachBeyondPods = CiliumPolicy.exclusionsReachBeyondPods(surroundings);
    }

    static List<String> of(CiliumPolicy policy, Surroundings surroundings) {
        CiliumRemarks remarks = new CiliumRemarks(policy, surroundings);
        if (surroundings.inputs(CiliumConfig.class).isEmpty()) {
            remarks.remarks.add("ConfigMap " + CiliumConfig.NAMESPACE + "/" + CiliumConfig.NAME
                    + " was not read, so the agents are taken to be configured as by default");
        }
        policy.specs().forEach(remarks::spec);
        return List.copyOf(remarks.remarks);
    }

    private void spec(Spec spec) {
        for (Rule rule : spec.rules()) {
            String place = place(spec, rule);
            if (isEmpty(rule)) {
                remarks.add(place + " is empty, which isolates the pods and allows nothing, unlike the empty rule of a"
                        + " NetworkPolicy; to allow everything write "
                        + (rule.direction() == Direction.INGRESS ? "fromEntities" : "toEntities") + ": [all]");
            }
            if (rule.peers() instanceof CiliumPeers.Domains && !seesNames()) {
                remarks.add(place + " names domains, and no rule of the policy lets Cilium see what DNS answers"
                        + " (toPorts with rules.dns for port 53): unless another policy has one, it matches nothing");
            }
            rule.peers()
                    .podSelectors()
                    .filter(this::reachesBeyondPods)
                    .forEach(selector -> remarks.add(place + " only excludes (" + selector
                            + "), so that it matches what is outside of the cluster too; add a term that includes"));
        }
    }

    private static String place(Spec spec, Rule rule) {
        return (spec.path().equals("spec") ? "" : spec.path() + ".") + rule.section() + "[" + rule.index() + "]";
    }

    private static boolean isEmpty(Rule rule) {
        return !rule.denies()
                && rule.peers() instanceof CiliumPeers.Nobody nobody
                && !nobody.written()
                && rule.ports().everything();
    }

    private boolean seesNames() {
        return policy.specs().stream()
                .flatMap(spec -> spec.rules().stream())
                .flatMap(rule -> rule.ports().groups().stream())
                .anyMatch(CiliumPorts.Group::seesNames);
    }

    private boolean reachesBeyondPods(CiliumSelector selector) {
        boolean scoped = !selector.names(CiliumLabels.NAMESPACE)
                && (policy.namespace().isEmpty() || !selector.namesUnder(CiliumLabels.NAMESPACE_LABELS));
        return exclusionsReachBeyondPods
                && selector.isNegativeOnly()
                && !scoped
                && selector.terms().stream().noneMatch(term -> term.source() == Source.RESERVED);
    }
}
