package dev.flowguard.policy.cilium;

import java.util.Arrays;
import java.util.Optional;

/** Who is meant without labels and addresses (OTHER-POLICIES L13, L14). */
public enum Entity {
    ALL("all"),
    WORLD("world"),
    CLUSTER("cluster"),
    CLUSTER_MESH("cluster-mesh"),
    HOST("host"),
    INIT("init"),
    INGRESS("ingress"),
    UNMANAGED("unmanaged"),
    REMOTE_NODE("remote-node"),
    HEALTH("health"),
    NONE("none"),
    KUBE_APISERVER("kube-apiserver");

    private final String spelling;

    Entity(String spelling) {
        this.spelling = spelling;
    }

    public String spelling() {
        return spelling;
    }

    /** Whether it is a label that somebody has, and not only a word for several. */
    boolean isLabel() {
        return switch (this) {
            case ALL, CLUSTER, CLUSTER_MESH, NONE -> false;
            default -> true;
        };
    }

    public static Optional<Entity> spelled(String text) {
        return Arrays.stream(values())
                .filter(each -> each.spelling.equals(text))
                .findFirst();
    }
}
