package dev.flowguard.cluster;

import dev.flowguard.policy.Answer;
import dev.flowguard.policy.chain.Plugin;
import dev.flowguard.policy.chain.PluginFamily;
import dev.flowguard.policy.chain.SideInput;
import dev.flowguard.policy.cilium.CiliumConfig;
import java.util.Collection;
import java.util.Optional;

/** A network plugin with the answers that its configuration in this cluster gives (OTHER-POLICIES L4, L20). */
record ConfiguredPlugin(
        String configuredName, PluginFamily family, Answer ipBlockMatchesPods, Answer ipBlockMatchesNodes)
        implements Plugin {
    /** @param inputs among which the configuration is, if it is known */
    static Plugin of(CniProfile cni, Collection<SideInput> inputs) {
        Optional<CiliumConfig> config = cilium(cni, inputs);
        return config.isEmpty()
                ? cni
                : new ConfiguredPlugin(
                        cni.configuredName(),
                        cni.family(),
                        config.get().blocksMatchPods(),
                        config.get().blocksMatchNodes());
    }

    /** The plugin, or none where it is told to enforce no policies. */
    static CniProfile enforcing(CniProfile cni, Collection<SideInput> inputs) {
        boolean never = cilium(cni, inputs)
                .filter(config -> config.enforcement() == CiliumConfig.Enforcement.NEVER)
                .isPresent();
        return never ? CniProfile.NONE : cni;
    }

    private static Optional<CiliumConfig> cilium(CniProfile cni, Collection<SideInput> inputs) {
        return cni.family() != PluginFamily.CILIUM
                ? Optional.empty()
                : inputs.stream()
                        .filter(CiliumConfig.class::isInstance)
                        .map(CiliumConfig.class::cast)
                        .findFirst();
    }
}
