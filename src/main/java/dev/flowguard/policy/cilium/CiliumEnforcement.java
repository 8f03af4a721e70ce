package dev.flowguard.policy.cilium;

import dev.flowguard.policy.chain.Ends;
import dev.flowguard.policy.chain.Mapping;
import dev.flowguard.policy.chain.Place;
import dev.flowguard.policy.chain.PolicySource;
import dev.flowguard.policy.chain.RuledPolicy;
import dev.flowguard.policy.chain.RuledRef;
import dev.flowguard.policy.chain.Surroundings;
import java.util.List;
import java.util.Set;

/** Where the agents are told to enforce policies for every pod, those are closed that no policy selects (OTHER-POLICIES L4). */
public record CiliumEnforcement() implements PolicySource {
    /** It closes pods of every namespace, whatever namespace it is in. */
    private static final RuledRef REF =
            new RuledRef("ConfigMap", "", "", CiliumConfig.NAMESPACE + "/" + CiliumConfig.NAME);

    @Override
    public RuledRef ref() {
        return REF;
    }

    @Override
    public Mapping mapping(Surroundings surroundings) {
        RuledPolicy.Section closed = new RuledPolicy.Section(true, List.of());
        return CiliumMapping.otherPlugin(surroundings.plugin())
                .orElseGet(() -> Mapping.Ruled.of(
                        new RuledPolicy(REF, Place.BESIDE_NETWORK_POLICIES, new Ends.Pods(), closed, closed)));
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
