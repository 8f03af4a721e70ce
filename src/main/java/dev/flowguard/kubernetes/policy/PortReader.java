package dev.flowguard.kubernetes.policy;

import dev.flowguard.kubernetes.field.Absent;
import dev.flowguard.kubernetes.field.FieldPath;
import dev.flowguard.kubernetes.field.Notes;
import dev.flowguard.kubernetes.field.Ports;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.policy.PortName;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the ports of a rule. No ports mean every port of every protocol (SEMANTICS Q1), an entry without fields all TCP (Q2). */
final class PortReader {
    private final Notes notes;

    PortReader(Notes notes) {
        this.notes = notes;
    }

    List<PortMatch> read(@Nullable List<@Nullable NetworkPolicyPort> list, FieldPath path) {
        List<NetworkPolicyPort> ports = Absent.asEmpty(list, NetworkPolicyPort::new);
        List<PortMatch> read = new ArrayList<>(ports.size());
        for (int i = 0; i < ports.size(); i++) {
            port(ports.get(i), path.item(i)).ifPresent(read::add);
        }
        return read;
    }

    private Optional<PortMatch> port(NetworkPolicyPort entry, FieldPath path) {
        Set<String> unknown = entry.getAdditionalProperties().keySet();
        notes.unknown(path, unknown);
        Optional<PortMatch> known = new Ports(notes)
                .protocol(entry.getProtocol(), path.field("protocol"))
                .flatMap(protocol -> known(entry, protocol, path));
        return unknown.isEmpty()
                ? known
                : Optional.of(new PortMatch.Unknown(unknown.stream()
                        .map(name -> path.field(name).toString())
                        .toList()));
    }

    private Optional<PortMatch> known(NetworkPolicyPort entry, Protocol protocol, FieldPath path) {
        @Nullable IntOrString port = entry.getPort();
        @Nullable Integer endPort = entry.getEndPort();
        if (port == null) {
            return withoutEnd(
                    endPort, path, "needs port, the first of the range: add it", new PortMatch.EveryPort(protocol));
        }
        @Nullable Integer number = port.getIntVal();
        if (number == null) {
            String name = Absent.asEmpty(port.getStrVal());
            notes.isRight(path.field("port"), PortName.mistakeIn(name));
            return withoutEnd(
                    endPort,
                    path,
                    "cannot follow a named port: leave it out, or write the port as a number",
                    new PortMatch.Named(protocol, name));
        }
        return range(number, endPort, path).map(range -> new PortMatch.Numbered(protocol, range, endPort != null));
    }

    private Optional<PortMatch> withoutEnd(@Nullable Integer endPort, FieldPath path, String mistake, PortMatch read) {
        return notes.isRight(path.field("endPort"), endPort == null ? Optional.empty() : Optional.of(mistake))
                ? Optional.of(read)
                : Optional.empty();
    }

    private Optional<PortRange> range(int port, @Nullable Integer endPort, FieldPath path) {
        Ports ports = new Ports(notes);
        Optional<Integer> first = ports.number(port, path.field("port"));
        if (endPort == null) {
            return first.map(PortRange::of);
        }
        Optional<Integer> last = ports.number(endPort, path.field("endPort"));
        if (first.isEmpty() || last.isEmpty()) {
            return Optional.empty();
        }
        if (endPort < port) {
            notes.problem(
                    path.field("endPort"), endPort + " is below port " + port + ": a range runs upwards, swap the two");
            return Optional.empty();
        }
        return Optional.of(new PortRange(port, endPort));
    }
}
