package dev.flowguard.assess.finding.port;

import dev.flowguard.assess.Severity;
import dev.flowguard.assess.finding.diagnosis.Diagnosis;
import dev.flowguard.assess.finding.diagnosis.Examination;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.assess.finding.diagnosis.RulePort;
import dev.flowguard.cluster.CniProfile;
import dev.flowguard.cluster.object.NamedPort;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.policy.PortMatch;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A rule names a port whose name one pod gives to several numbers (SEMANTICS Q13). */
public final class NamedPortAmbiguous implements Diagnosis {
    private static final FindingKind KIND =
            FindingKind.of("named-port-ambiguous", Severity.WARNING, "One pod has several ports of that name", """
            Names of ports are unique within a container, not within a pod. Two containers of this pod give the same name and
            protocol to different numbers, and which of them a rule opens is left to the network plugin; a Service takes the first.

            Rename one of the ports, or write the number. The same name with different numbers on *different* pods is what
            names are for, and the same name for different protocols is told apart; neither is reported.
            """);

    @Override
    public FindingKind kind() {
        return KIND;
    }

    @Override
    public Stream<Remark> examine(Examination examination) {
        CniProfile cni = examination.cluster().cni();
        return examination.eachPort((port, destinations) -> port.named()
                .flatMap(named -> destinations.workloads().stream()
                        .filter(workload -> numbers(workload, named, cni).size() > 1)
                        .findFirst()
                        .map(workload -> remark(port, named, workload, numbers(workload, named, cni)))));
    }

    /** Those among which the plugin would have to choose. */
    private static List<Integer> numbers(Workload workload, PortMatch.Named named, CniProfile cni) {
        return workload.portsNamed(named.name(), named.protocol()).stream()
                .filter(port -> cni.resolvesPortsOf(port.container()))
                .map(NamedPort::number)
                .distinct()
                .toList();
    }

    private static Remark remark(RulePort port, PortMatch.Named named, Workload workload, List<Integer> numbers) {
        String listed = numbers.stream().map(String::valueOf).collect(Collectors.joining(" and "));
        return Remark.of(
                KIND,
                port.place() + ".port",
                "Containers of " + workload.name() + " give the name " + named.name() + " to " + listed
                        + ", and which of them the rule opens is left to the network plugin. Rename one of the ports, or"
                        + " write the number.",
                port.shortPlace() + ": " + named.name() + " is both " + listed + " on " + workload.name(),
                port.shortPlace() + ": " + named.name() + " has several numbers on one pod");
    }
}
