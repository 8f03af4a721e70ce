package dev.flowguard.policy.cilium;

import dev.flowguard.policy.PortMatch;
import java.util.List;

/**
 * The ports of a rule (OTHER-POLICIES L16–L19).
 *
 * @param everything no ports are given, so that every protocol and port is meant
 * @param icmp ICMP alone is meant
 * @param groups entries of {@code toPorts}
 * @param authenticated whether both ends must prove who they are before anything is let through
 */
public record CiliumPorts(boolean everything, boolean icmp, List<Group> groups, boolean authenticated) {

    /** What a proxy looks at beyond the port, so that traffic on it may still be refused. */
    public enum Proxy {
        NONE(""),
        HTTP("HTTP rules"),
        DNS("DNS rules"),
        KAFKA("Kafka rules"),
        OTHER("rules of another protocol"),
        LISTENER("a listener"),
        TLS("TLS contexts"),
        SERVER_NAMES("server names");

        private final String words;

        Proxy(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /**
     * Ports, TCP, UDP and SCTP each for itself, and what is looked at beyond them.
     *
     * @param seesNames whether a proxy sees which names are asked for there, and what is answered
     */
    public record Group(List<PortMatch> ports, Proxy proxy, boolean seesNames) {
        public Group {
            ports = List.copyOf(ports);
        }
    }

    public CiliumPorts {
        groups = List.copyOf(groups);
    }
}
