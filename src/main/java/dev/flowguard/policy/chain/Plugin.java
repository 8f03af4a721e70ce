package dev.flowguard.policy.chain;

import dev.flowguard.policy.Answer;

/** What a mapping needs to know of the cluster's network plugin. */
public interface Plugin {
    /** The spelling in configuration: {@code calico}. */
    String configuredName();

    PluginFamily family();

    /** Whether a block that covers a pod's address matches that pod (SEMANTICS B4). */
    Answer ipBlockMatchesPods();

    /** Whether a block that covers a node's address matches it (SEMANTICS B5). */
    Answer ipBlockMatchesNodes();
}
