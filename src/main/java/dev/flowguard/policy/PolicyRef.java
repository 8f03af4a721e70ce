package dev.flowguard.policy;

import java.util.Comparator;

/** Names a NetworkPolicy; written {@code namespace/name}. */
public record PolicyRef(String namespace, String name) implements Comparable<PolicyRef> {
    private static final Comparator<PolicyRef> ORDER =
            Comparator.comparing(PolicyRef::namespace).thenComparing(PolicyRef::name);

    @Override
    public int compareTo(PolicyRef other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
