package dev.flowguard.cluster.object;

import java.util.Comparator;

/** What makes pods: a controller, or for a bare pod the Pod itself. Its namespace is that of its pods. */
public record Owner(String kind, String name) implements Comparable<Owner> {
    public static final String POD = "Pod";

    private static final Comparator<Owner> ORDER =
            Comparator.comparing(Owner::name).thenComparing(Owner::kind);

    public boolean isBarePod() {
        return kind.equals(POD);
    }

    @Override
    public int compareTo(Owner other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return kind + " " + name;
    }
}
