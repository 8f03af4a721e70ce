package dev.flowguard.bench;

import java.util.Arrays;

/**
 * How large a cluster is.
 *
 * @param namespaces those of tenants; a few of the platform come on top
 * @param pods about so many
 * @param contracts in namespaces, one each; a ClusterFlowContract comes on top
 */
public enum Shape {
    /** For a smoke test. */
    TINY(12, 150, 8),
    /** A cluster of one company. */
    SMALL(300, 5_000, 299),
    /** The largest that Kubernetes supports. */
    LARGE(10_000, 150_000, 5_000);

    private final int namespaces;
    private final int pods;
    private final int contracts;

    Shape(int namespaces, int pods, int contracts) {
        this.namespaces = namespaces;
        this.pods = pods;
        this.contracts = contracts;
    }

    int namespaces() {
        return namespaces;
    }

    int pods() {
        return pods;
    }

    int contracts() {
        return contracts;
    }

    /** By its name in small letters, as on a command line. */
    static Shape named(String name) {
        return Arrays.stream(values())
                .filter(shape -> shape.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " is none of tiny, small, large"));
    }
}
