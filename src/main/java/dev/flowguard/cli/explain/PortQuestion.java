package dev.flowguard.cli.explain;

import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.config.BadInput;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.PortSet;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.policy.PortName;
import dev.flowguard.policy.Spelling;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The port that is asked for.
 *
 * @param number 0 where the port is named
 * @param name empty where it is not
 */
public record PortQuestion(Protocol protocol, int number, String name) {
    /** @param text {@code 8080}, {@code 53/UDP}, {@code http} */
    public static PortQuestion parse(AskedBy askedBy, String text) {
        int slash = text.indexOf('/');
        String port = slash < 0 ? text : text.substring(0, slash);
        Protocol protocol = slash < 0 ? Protocol.TCP : protocol(askedBy, text, text.substring(slash + 1));
        if (PortName.isName(port)) {
            return new PortQuestion(protocol, 0, port);
        }
        int number = port.matches("[0-9]{1,5}") ? Integer.parseInt(port) : 0;
        if (number < PortRange.LOWEST || number > PortRange.HIGHEST) {
            throw new BadInput(askedBy.part("port", text) + ": expected a number from " + PortRange.LOWEST + " to "
                    + PortRange.HIGHEST + " or a port's name, such as 8080, 53/UDP or http");
        }
        return new PortQuestion(protocol, number, "");
    }

    private static Protocol protocol(AskedBy askedBy, String text, String word) {
        List<String> known = PortSet.PROTOCOLS.stream().map(Protocol::name).toList();
        String name = word.toUpperCase(Locale.ROOT);
        if (!known.contains(name)) {
            throw new BadInput(askedBy.part("port", text) + ": \"" + word + "\" is not one of "
                    + String.join(", ", known) + Spelling.hint(word, known));
        }
        return Protocol.valueOf(name);
    }

    /** Whether the Service has such a port. */
    boolean matches(ServiceEntry.Port port) {
        return port.protocol() == protocol
                && (name.isEmpty() ? port.number() == number : port.name().equals(name));
    }

    /** The number on that pod; empty where it declares no port of that name. */
    Optional<PortRange> on(Workload workload) {
        return name.isEmpty()
                ? Optional.of(PortRange.of(number))
                : workload.servingPort(name, protocol).map(PortRange::of);
    }

    /** As a flow to pods or addresses says it. */
    PortMatch declared() {
        return isNamed() ? new PortMatch.Named(protocol, name) : PortMatch.Numbered.of(protocol, number);
    }

    boolean isNamed() {
        return !name.isEmpty();
    }

    @Override
    public String toString() {
        return (name.isEmpty() ? Integer.toString(number) : name) + "/" + protocol;
    }
}
