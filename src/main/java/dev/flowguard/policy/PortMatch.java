package dev.flowguard.policy;

import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import java.util.List;
import java.util.function.Function;

/** Which ports of the destination pod a rule (or a contract) speaks about. */
public sealed interface PortMatch {
    <T> T match(
            Function<Numbered, T> numbered,
            Function<Named, T> named,
            Function<EveryPort, T> everyPort,
            Function<Unknown, T> unknown);

    /**
     * A port number, or with {@code endPort} the numbers up to it.
     *
     * @param fromEndPort whether the rule has an {@code endPort}, which some network plugins ignore (SEMANTICS Q8)
     */
    record Numbered(Protocol protocol, PortRange ports, boolean fromEndPort) implements PortMatch {
        public static Numbered of(Protocol protocol, int port) {
            return new Numbered(protocol, PortRange.of(port), false);
        }

        @Override
        public <T> T match(
                Function<Numbered, T> numbered,
                Function<Named, T> named,
                Function<EveryPort, T> everyPort,
                Function<Unknown, T> unknown) {
            return numbered.apply(this);
        }

        @Override
        public String toString() {
            return ports + "/" + protocol;
        }
    }

    /** A container port's name, resolved on each destination pod by itself (SEMANTICS Q9–Q15). */
    record Named(Protocol protocol, String name) implements PortMatch {
        @Override
        public <T> T match(
                Function<Numbered, T> numbered,
                Function<Named, T> named,
                Function<EveryPort, T> everyPort,
                Function<Unknown, T> unknown) {
            return named.apply(this);
        }

        @Override
        public String toString() {
            return name + "/" + protocol;
        }
    }

    /** All ports of a protocol (SEMANTICS Q2, Q3). */
    record EveryPort(Protocol protocol) implements PortMatch {
        @Override
        public <T> T match(
                Function<Numbered, T> numbered,
                Function<Named, T> named,
                Function<EveryPort, T> everyPort,
                Function<Unknown, T> unknown) {
            return everyPort.apply(this);
        }

        @Override
        public String toString() {
            return "any/" + protocol;
        }
    }

    /** A port entry with fields that this version does not know: it may be any port. */
    record Unknown(List<String> fields) implements PortMatch {
        public Unknown {
            fields = List.copyOf(fields);
        }

        @Override
        public <T> T match(
                Function<Numbered, T> numbered,
                Function<Named, T> named,
                Function<EveryPort, T> everyPort,
                Function<Unknown, T> unknown) {
            return unknown.apply(this);
        }
    }
}
