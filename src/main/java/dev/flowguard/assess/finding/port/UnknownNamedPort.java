package dev.flowguard.assess.finding.port;

import dev.flowguard.assess.Severity;
import dev.flowguard.assess.finding.diagnosis.Diagnosis;
import dev.flowguard.assess.finding.diagnosis.Examination;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Nearness;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.assess.finding.diagnosis.RulePort;
import dev.flowguard.assess.finding.diagnosis.RuleSite;
import dev.flowguard.assess.finding.diagnosis.Wording;
import dev.flowguard.cluster.object.NamedPort;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.PortMatch;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A rule names a port that none of its destinations has (SEMANTICS Q10, Q11, Q15). */
public final class UnknownNamedPort implements Diagnosis {
    private static final FindingKind KIND =
            FindingKind.of("unknown-named-port", Severity.WARNING, "No pod has a port of that name", """
            A name in `ports` is the name of a container's port, looked up on each destination pod by itself, together with the
            protocol (TCP where none is written). The destination of an ingress rule is the selected pod, that of an egress
            rule the peer. Here no destination has a port of that name and protocol, so the entry opens nothing. The name of a
            Service's port does not count, and an address outside the cluster has no names at all.

            Correct the name or the protocol, name the port in the pod's containers, or write its number. One destination
            that has the name is enough for silence.
            """);

    @Override
    public FindingKind kind() {
        return KIND;
    }

    @Override
    public Stream<Remark> examine(Examination examination) {
        return examination.eachPort((port, destinations) -> port.named()
                .flatMap(named -> isForOutside(port.rule())
                        ? Optional.of(outside(port, named))
                        : unknown(port, named, destinations.workloads())));
    }

    private static boolean isForOutside(RuleSite rule) {
        return rule.direction() == Direction.EGRESS && rule.isOnlyFor(false);
    }

    private static Optional<Remark> unknown(RulePort port, PortMatch.Named named, List<Workload> destinations) {
        boolean known = destinations.stream()
                .anyMatch(workload ->
                        !workload.portsNamed(named.name(), named.protocol()).isEmpty());
        if (known || destinations.isEmpty()) {
            return Optional.empty();
        }
        String whom = Wording.some(destinations.stream().map(Workload::name).toList());
        String unknown =
                port.shortPlace() + ": no port of " + Wording.one(names(destinations)) + " is named " + named.name();
        Optional<Protocol> otherProtocol = otherProtocol(named, destinations);
        if (otherProtocol.isPresent()) {
            return Optional.of(Remark.of(
                    KIND,
                    port.place() + ".protocol",
                    "Ports are looked up by name and protocol, and " + named.name() + " of " + whom + " is a "
                            + otherProtocol.get() + " port, so this entry opens nothing. Write  {protocol: "
                            + otherProtocol.get() + ", port: " + named.name() + "}.",
                    port.shortPlace() + ": " + named.name() + " of " + Wording.one(names(destinations)) + " is a "
                            + otherProtocol.get() + " port, not " + named.protocol(),
                    port.shortPlace() + ": " + named.name() + " is a " + otherProtocol.get() + " port, not "
                            + named.protocol()));
        }
        List<String> candidates = destinations.stream()
                .flatMap(workload -> workload.ports().stream())
                .filter(declared -> declared.protocol() == named.protocol())
                .map(NamedPort::name)
                .distinct()
                .sorted()
                .toList();
        String guess = Nearness.didYouMean(named.name(), candidates);
        return Optional.of(Remark.of(
                        KIND,
                        port.place() + ".port",
                        "The entry opens nothing: no container of " + whom + " has a " + named.protocol()
                                + " port named " + named.name() + ". "
                                + (candidates.isEmpty()
                                        ? "No " + named.protocol() + " port is named there at all. "
                                        : "Named there: " + Wording.all(candidates) + ". ")
                                + "Correct the name, name the port in the containers, or write its number. The name of a"
                                + " Service's port does not count.",
                        unknown + guess,
                        port.shortPlace() + ": no pod has a port named " + named.name() + guess,
                        port.shortPlace() + ": no pod has a port named " + named.name())
                .unlessStillToCome());
    }

    private static Remark outside(RulePort port, PortMatch.Named named) {
        return Remark.of(
                KIND,
                port.place() + ".port",
                "Named ports are looked up on pods. The peers of this rule are address blocks, where there is nobody to ask,"
                        + " so the entry opens nothing. Write the number of the port.",
                port.shortPlace() + ": an ipBlock has no port named " + named.name() + "; write its number",
                port.shortPlace() + ": an ipBlock has no named ports; write the number");
    }

    private static Optional<Protocol> otherProtocol(PortMatch.Named named, List<Workload> destinations) {
        return Arrays.stream(Protocol.values())
                .filter(protocol -> destinations.stream()
                        .anyMatch(workload ->
                                !workload.portsNamed(named.name(), protocol).isEmpty()))
                .findFirst();
    }

    private static List<String> names(List<Workload> destinations) {
        return destinations.stream().map(Workload::name).toList();
    }
}
