package dev.flowguard.cluster;

import dev.flowguard.cluster.object.Fact;
import dev.flowguard.policy.chain.PluginFamily;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What was taken for the network plugin.
 *
 * @param why by what it was recognised, and what else might be mistaken for one; for people
 */
public record RecognisedPlugin(CniProfile profile, String why) {
    private static final String OPTION = "flowguard.cni";

    static RecognisedPlugin configured(CniProfile profile) {
        return new RecognisedPlugin(profile, OPTION);
    }

    /**
     * The plugin whose node agent was found where only administrators put it. A namespace named like a plugin's may be anybody's who may
     * create some: an agent there counts only where what administrators alone can write agrees: the nodes, or cluster-wide objects of
     * the plugin's own kinds; and where no node is known, as in a folder of manifests, which nobody attacks. OpenShift keeps names that
     * begin with {@code openshift-} for itself: there one that enforces policies is believed, if {@code kube-system} has none.
     *
     * @param owners whether there are cluster-wide objects of a plugin's own kinds
     */
    static RecognisedPlugin by(
            Collection<Fact.NodeAgent> agents, Collection<Fact.Node> nodes, Predicate<PluginFamily> owners) {
        List<Fact.NodeAgent> taken = new ArrayList<>();
        List<Fact.NodeAgent> doubted = new ArrayList<>();
        boolean isElsewhere = agents.stream().noneMatch(agent -> agent.isInKubeSystem() && isKnown(agent));
        for (Fact.NodeAgent agent : agents) {
            CniProfile profile = profile(agent);
            if (isKnown(agent)) {
                boolean isOpenShift = agent.isInOpenShift() && isElsewhere && profile.enforcesPolicies();
                (isOpenShift || isBelieved(profile, agent, nodes, owners) ? taken : doubted).add(agent);
            }
        }
        CniProfile found =
                CniProfile.detect(taken.stream().map(Fact.NodeAgent::name).collect(Collectors.toSet()));
        String by = taken.stream()
                .filter(agent -> profile(agent) == found)
                .map(RecognisedPlugin::told)
                .findFirst()
                .orElse("no agent of a known one was found");
        return new RecognisedPlugin(found, by + doubts(doubted));
    }

    private static CniProfile profile(Fact.NodeAgent agent) {
        return CniProfile.detect(List.of(agent.name()));
    }

    private static boolean isKnown(Fact.NodeAgent agent) {
        return profile(agent) != CniProfile.GENERIC;
    }

    private static boolean isBelieved(
            CniProfile profile, Fact.NodeAgent agent, Collection<Fact.Node> nodes, Predicate<PluginFamily> owners) {
        return agent.isInKubeSystem()
                || nodes.isEmpty()
                || owners.test(profile.family())
                || nodes.stream().anyMatch(node -> node.plugins().contains(profile.configuredName()));
    }

    private static String doubts(List<Fact.NodeAgent> doubted) {
        return doubted.stream()
                .map(agent -> "; " + told(agent) + " is not believed, as no Node tells of "
                        + profile(agent).configuredName() + ": set " + OPTION
                        + " if it is right")
                .collect(Collectors.joining());
    }

    private static String told(Fact.NodeAgent agent) {
        return "DaemonSet " + agent.namespace() + "/" + agent.name();
    }
}
