package dev.flowguard.policy.calico;

import dev.flowguard.policy.chain.Mapping;
import dev.flowguard.policy.chain.PolicySource;
import dev.flowguard.policy.chain.RuledRef;
import dev.flowguard.policy.chain.Surroundings;
import java.util.List;
import java.util.Set;

/** A HostEndpoint: global policies that select it are for its node, and nothing to pods (OTHER-POLICIES K26). */
public record HostEndpoint(String name) implements PolicySource {
    public static final String KIND = "HostEndpoint";

    @Override
    public RuledRef ref() {
        return new RuledRef(KIND, CalicoPolicy.GROUP, "", name);
    }

    @Override
    public Mapping mapping(Surroundings surroundings) {
        return new Mapping.Ignored(
                Mapping.Ignored.Cause.NOT_FOR_PODS,
                "spec",
                "host endpoints are for the traffic of nodes, which is undetermined where a global policy could select them");
    }

    @Override
    public List<String> allUnknownFields() {
        return List.of();
    }

    @Override
    public Set<String> podLabelKeys() {
        return Set.of();
    }
}
