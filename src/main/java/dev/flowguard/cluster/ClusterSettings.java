package dev.flowguard.cluster;

import dev.flowguard.net.Address;
import java.util.List;
import java.util.Set;

/**
 * What a cluster's owner says about it, where discovery is not wanted or cannot know.
 *
 * @param cni the profile, where {@code detectCni} is false
 * @param detectCni whether the profile is recognised by the node agents
 * @param dnsService {@code namespace/name} of the cluster's DNS Service; empty: discovered
 * @param resolvers addresses of resolvers beside it, such as a node-local cache; added to those discovered
 * @param considerOtherPolicies whether policies of kinds that are not evaluated make verdicts undetermined
 */
public record ClusterSettings(
        CniProfile cni, boolean detectCni, String dnsService, Set<Address> resolvers, boolean considerOtherPolicies) {
    public static final ClusterSettings DEFAULT = new ClusterSettings(CniProfile.GENERIC, true, "", Set.of(), true);

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
                ? new ClusterSettings(CniProfile.GENERIC, true, dnsService, resolvers, considerOtherPolicies)
                : new ClusterSettings(CniProfile.named(name), false, dnsService, resolvers, considerOtherPolicies);
    }

    /** These settings, with verdicts made as if there were no policies of kinds that are not evaluated. */
    public ClusterSettings ignoringOtherPolicies() {
        return new ClusterSettings(cni, detectCni, dnsService, resolvers, false);
    }

    CniProfile profile(List<String> daemonSets) {
        return detectCni ? CniProfile.detect(daemonSets) : cni;
    }
}
