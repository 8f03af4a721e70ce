package dev.flowguard.cluster.object;

/** What makes pods: a controller, or for a bare pod the Pod itself. Its namespace is that of its pods. */
public record Owner(String kind, String name) implements Comparable<Owner> {
    public static final String POD = "Pod";

    public boolean isBarePod() {
        return kind.equals(POD);
    }

    @Override
    public int compareTo(Owner other) {
        int byName = name.compareTo(other.name);
        return byName != 0 ? byName : kind.compareTo(other.kind);
    }

    @Override
    public String toString() {
        return kind + " " + name;
    }
}
