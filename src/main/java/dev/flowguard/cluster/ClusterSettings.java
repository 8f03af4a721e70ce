package dev.flowguard.cluster;

import dev.flowguard.cluster.object.Fact;
import dev.flowguard.contract.ImpliedLevels;
import dev.flowguard.net.Address;
import dev.flowguard.policy.chain.PluginFamily;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a cluster's owner says about it, where discovery is not wanted or cannot know.
 *
 * @param cni the profile, where {@code detectCni} is false
 * @param detectCni whether the profile is recognised by the node agents
 * @param dnsService {@code namespace/name} of the cluster's DNS Service; empty: discovered
 * @param resolvers addresses of resolvers beside it, such as a node-local cache; added to those discovered
 * @param considerOtherPolicies whether policies of kinds that are not evaluated make verdicts undetermined
 * @param implied what the implied flows of each kind may do, where a Namespace does not choose otherwise
 */
public record ClusterSettings(
        CniProfile cni,
        boolean detectCni,
        String dnsService,
        Set<Address> resolvers,
        boolean considerOtherPolicies,
        ImpliedLevels implied) {
    public static final ClusterSettings DEFAULT = new ClusterSettings(CniProfile.GENERIC, true, "", Set.of(), true);

    /** With the usual levels of implied flows. */
    public ClusterSettings(
            CniProfile cni,
            boolean detectCni,
            String dnsService,
            Set<Address> resolvers,
            boolean considerOtherPolicies) {
        this(cni, detectCni, dnsService, resolvers, considerOtherPolicies, ImpliedLevels.USUAL);
    }

    public ClusterSettings {
        resolvers = Set.copyOf(resolvers);
    }

    /**
     * These settings with another network plugin.
     *
     * @param name a profile's name, or {@code auto}
     */
    public ClusterSettings withCni(String name) {
        return name.equals("auto")
                ? new ClusterSettings(CniProfile.GENERIC, true, dnsService, resolvers, considerOtherPolicies, implied)
                : new ClusterSettings(
                        CniProfile.named(name), false, dnsService, resolvers, considerOtherPolicies, implied);
    }

    /** These settings with another DNS Service. */
    public ClusterSettings withDnsService(String namespaceAndName) {
        return new ClusterSettings(cni, detectCni, namespaceAndName, resolvers, considerOtherPolicies, implied);
    }

    /** These settings with a resolver beside those that are found. */
    public ClusterSettings withResolver(Address resolver) {
        Set<Address> all = new HashSet<>(resolvers);
        all.add(resolver);
        return new ClusterSettings(cni, detectCni, dnsService, all, considerOtherPolicies, implied);
    }

    /** These settings, with verdicts made as if there were no policies of kinds that are not evaluated. */
    public ClusterSettings ignoringOtherPolicies() {
        return new ClusterSettings(cni, detectCni, dnsService, resolvers, false, implied);
    }

    /** These settings with other levels of implied flows. */
    public ClusterSettings withImplied(ImpliedLevels levels) {
        return new ClusterSettings(cni, detectCni, dnsService, resolvers, considerOtherPolicies, levels);
    }

    /** @param owners whether there are cluster-wide objects of a plugin's own kinds */
    RecognisedPlugin plugin(
            Collection<Fact.NodeAgent> agents, Collection<Fact.Node> nodes, Predicate<PluginFamily> owners) {
        return detectCni ? RecognisedPlugin.by(agents, nodes, owners) : RecognisedPlugin.configured(cni);
    }
}
