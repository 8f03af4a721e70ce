package dev.flowguard.admission.declaration;

import dev.flowguard.admission.decision.Wording;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.NamespaceEntry;
import dev.flowguard.policy.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What of the settings that a Namespace carries for Flowguard has no effect, because it is misspelt or in the wrong place. */
final class NamespaceMistakes {
    private static final String PREFIX = "flowguard.dev/";
    private static final String ANYBODY = "*";

    private NamespaceMistakes() {}

    static List<String> of(NamespaceEntry namespace, Snapshot cluster) {
        List<String> mistakes = new ArrayList<>(Wording.remarks(namespace));
        if (namespace.settings().containsKey(NamespaceEntry.MODE)) {
            mistakes.add(NamespaceEntry.MODE + " is read as a label of the Namespace, not as an annotation");
        }
        namespace.settings().keySet().stream()
                .filter(key -> !key.equals(NamespaceEntry.ACCEPT_CONTRACTS_FROM))
                .map(key -> hint(key, List.of(NamespaceEntry.ACCEPT_CONTRACTS_FROM.substring(PREFIX.length()))))
                .flatMap(Optional::stream)
                .sorted()
                .forEach(mistakes::add);
        List<String> names =
                cluster.namespaces().stream().map(NamespaceShard::name).toList();
        namespace.acceptedNames().stream()
                .filter(accepted -> !accepted.equals(ANYBODY) && !names.contains(accepted))
                .map(accepted -> Spelling.nearest(accepted, names)
                        .map(near -> "accept-contracts-from: there is no namespace " + accepted + "; did you mean "
                                + near + "?"))
                .flatMap(Optional::stream)
                .forEach(mistakes::add);
        return mistakes;
    }

    private static Optional<String> hint(String key, List<String> known) {
        return Spelling.nearest(key.substring(PREFIX.length()), known)
                .map(near -> key + ": sets nothing; did you mean \"" + near + "\"?");
    }
}
