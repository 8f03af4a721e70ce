package dev.flowguard.cluster;

import dev.flowguard.cluster.object.Fact;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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
     * The plugin whose node agent was found where only administrators put it. Namespaces named like a plugin's may be anybody's who may
     * create some: one that enforces nothing, and so turns every rejection into a warning, counts only in {@code kube-system}, or where
     * the nodes say so themselves; and where no node is known, as in a folder of manifests, which nobody attacks.
     */
    static RecognisedPlugin by(Collection<Fact.NodeAgent> agents, Collection<Fact.Node> nodes) {
        List<Fact.NodeAgent> taken = new ArrayList<>();
        List<Fact.NodeAgent> doubted = new ArrayList<>();
        for (Fact.NodeAgent agent : agents) {
            CniProfile profile = CniProfile.detect(List.of(agent.name()));
            if (profile != CniProfile.GENERIC) {
                (isBelieved(profile, agent, nodes) ? taken : doubted).add(agent);
            }
        }
        CniProfile found =
                CniProfile.detect(taken.stream().map(Fact.NodeAgent::name).collect(Collectors.toSet()));
        String by = taken.stream()
                .filter(agent -> CniProfile.detect(List.of(agent.name())) == found)
                .map(RecognisedPlugin::told)
                .findFirst()
                .orElse("no agent of a known one was found");
        return new RecognisedPlugin(found, by + doubts(doubted));
    }

    private static boolean isBelieved(CniProfile profile, Fact.NodeAgent agent, Collection<Fact.Node> nodes) {
        return profile.enforcesPolicies()
                || agent.isInKubeSystem()
                || nodes.isEmpty()
                || nodes.stream().anyMatch(node -> node.plugins().contains(profile.configuredName()));
    }

    private static String doubts(List<Fact.NodeAgent> doubted) {
        return doubted.stream()
                .map(agent -> "; " + told(agent) + " is not believed, as no Node carries annotations of "
                        + CniProfile.detect(List.of(agent.name())).configuredName() + ": set " + OPTION
                        + " if it is right")
                .collect(Collectors.joining());
    }

    private static String told(Fact.NodeAgent agent) {
        return "DaemonSet " + agent.namespace() + "/" + agent.name();
    }
}
