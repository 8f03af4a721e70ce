package dev.flowguard.cluster.object;

import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Labels;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A namespace.
 *
 * @param labels with {@value LabelSelector#NAMESPACE_NAME}, which every namespace has (SEMANTICS P13)
 * @param settings the annotations under {@code flowguard.dev/}, verbatim
 * @param assumed whether no Namespace object was seen and its labels are taken to be none but the name (SEMANTICS P15)
 */
public record NamespaceEntry(
        String name, Labels labels, Map<String, String> settings, boolean terminating, boolean assumed)
        implements Fact {
    public static final String ACCEPT_CONTRACTS_FROM = "flowguard.dev/accept-contracts-from";
    public static final String MODE = "flowguard.dev/mode";

    public NamespaceEntry {
        settings = Map.copyOf(settings);
        labels = labels.with(Labels.of(Map.of(LabelSelector.NAMESPACE_NAME, name)));
    }

    public static NamespaceEntry assumed(String name) {
        return new NamespaceEntry(name, Labels.NONE, Map.of(), false, true);
    }

    /** The same, where it is known to exist though it was not seen: the API server takes in nothing for a namespace that does not. */
    public NamespaceEntry seen() {
        return assumed ? new NamespaceEntry(name, labels, settings, terminating, false) : this;
    }

    /** Whether contracts written in that namespace may reject changes here. */
    public boolean acceptsContractsFrom(String namespace) {
        return namespace.equals(name)
                || acceptedNames().stream().anyMatch(each -> each.equals("*") || each.equals(namespace));
    }

    /** The namespaces whose contracts are accepted, as written; {@code *} for every one. */
    public List<String> acceptedNames() {
        return Arrays.stream(settings.getOrDefault(ACCEPT_CONTRACTS_FROM, "").split(",", -1))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    /** The text of the mode label; empty where the namespace has none. */
    public String mode() {
        @Nullable String mode = labels.get(MODE);
        return mode == null ? "" : mode;
    }

    @Override
    public void accept(Visitor visitor) {
        visitor.namespace(this);
    }
}
