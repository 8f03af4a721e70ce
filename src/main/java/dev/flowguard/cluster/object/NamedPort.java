package dev.flowguard.cluster.object;

import dev.flowguard.net.Protocol;

/**
 * A named container port.
 *
 * @param number 1 to 65535
 */
public record NamedPort(String name, Protocol protocol, int number, Container container) {
    /** The sort of container that declares a port. */
    public enum Container {
        REGULAR,
        /** An init container that keeps running ({@code restartPolicy: Always}). */
        SIDECAR,
        /** An init container that ends before the pod serves; its ports exist only meanwhile (SEMANTICS Q14). */
        INIT
    }

    @Override
    public String toString() {
        return name + "=" + number + "/" + protocol;
    }
}
