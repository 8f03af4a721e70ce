package dev.flowguard.cli.input;

import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.config.BadInput;
import dev.flowguard.policy.Spelling;
import java.util.List;
import java.util.stream.Stream;

/** {@code --namespace} where it narrows an answer down: a name that nothing has would look like an empty answer. */
public final class NamespaceOption {
    private NamespaceOption() {}

    /**
     * Refuses a name that is in none of the clusters.
     *
     * @param name empty where the option is not given
     */
    public static void check(String name, Snapshot... clusters) {
        List<String> known = Stream.of(clusters)
                .flatMap(cluster -> cluster.namespaces().stream())
                .map(NamespaceShard::name)
                .distinct()
                .toList();
        if (!name.isEmpty() && !known.contains(name)) {
            throw new BadInput("--namespace " + name + ": there is no such namespace" + Spelling.hint(name, known));
        }
    }
}
