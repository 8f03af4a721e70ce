package dev.flowguard.kubernetes.contract;

import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.PortMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads the ports of a flow, in the shape of NetworkPolicyPort (SEMANTICS Q2–Q7), with ICMP as one protocol more. Those that
 * are objected to are told.
 */
final class ContractPortReader {
    private static final List<String> FIELDS = List.of("protocol", "port", "endPort");

    private final Function<PortMatch, Optional<String>> objection;

    ContractPortReader(Function<PortMatch, Optional<String>> objection) {
        this.objection = objection;
    }

    List<PortMatch> read(ContractField ports) {
        List<PortMatch> read = new ArrayList<>();
        for (ContractField entry : ports.items()) {
            ContractField port = entry.has("port") ? entry.get("port") : entry;
            port(entry).filter(match -> port.isRight(objection.apply(match))).ifPresent(read::add);
        }
        return read;
    }

    private static Optional<PortMatch> port(ContractField entry) {
        if (!entry.isMapOf(FIELDS)) {
            return Optional.empty();
        }
        ContractField protocol = entry.get("protocol");
        Protocol spoken = protocol.isPresent()
                ? protocol.choice(Protocol.values(), Protocol::name).orElse(Protocol.TCP)
                : Protocol.TCP;
        return port(entry.get("port"), entry.get("endPort"), spoken);
    }

    private static Optional<PortMatch> port(ContractField port, ContractField endPort, Protocol protocol) {
        if (!protocol.isInPolicies()) {
            Stream.of(port, endPort)
                    .filter(ContractField::isPresent)
                    .forEach(field -> field.tell(protocol + " has no ports: leave it out"));
            return Optional.of(new PortMatch.EveryPort(protocol));
        }
        if (!port.isPresent()) {
            refuse(endPort, "needs port, the first of the range: add it");
            return Optional.of(new PortMatch.EveryPort(protocol));
        }
        if (port.value().isTextual()) {
            refuse(endPort, "cannot follow a named port: leave it out, or write the port as a number");
            return port.text().map(name -> new PortMatch.Named(protocol, name));
        }
        return range(port, endPort).map(range -> new PortMatch.Numbered(protocol, range, endPort.isPresent()));
    }

    private static void refuse(ContractField endPort, String message) {
        if (endPort.isPresent()) {
            endPort.tell(message);
        }
    }

    private static Optional<PortRange> range(ContractField port, ContractField endPort) {
        Optional<Integer> first = number(port, "a number or a name");
        Optional<Integer> last = endPort.isPresent() ? number(endPort, "a number") : first;
        if (first.isEmpty() || last.isEmpty()) {
            return Optional.empty();
        }
        if (first.get() > last.get()) {
            endPort.tell(last.get() + " is below port " + first.get() + ": a range runs upwards, swap the two");
            return Optional.empty();
        }
        return Optional.of(new PortRange(first.get(), last.get()));
    }

    private static Optional<Integer> number(ContractField field, String expected) {
        if (!field.value().isIntegralNumber()) {
            field.tell("expected " + expected + ", found " + field.found());
            return Optional.empty();
        }
        boolean isPort = field.value().canConvertToInt()
                && field.value().intValue() >= PortRange.LOWEST
                && field.value().intValue() <= PortRange.HIGHEST;
        if (!isPort) {
            field.tell(field.found() + " is not a port: expected " + PortRange.LOWEST + " to " + PortRange.HIGHEST);
        }
        return isPort ? Optional.of(field.value().intValue()) : Optional.empty();
    }
}
