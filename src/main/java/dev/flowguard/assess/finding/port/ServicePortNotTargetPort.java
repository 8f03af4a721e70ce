package dev.flowguard.assess.finding.port;

import dev.flowguard.assess.Severity;
import dev.flowguard.assess.finding.diagnosis.Destinations;
import dev.flowguard.assess.finding.diagnosis.Diagnosis;
import dev.flowguard.assess.finding.diagnosis.Examination;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.KnownPorts;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.assess.finding.diagnosis.RulePort;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.policy.PortMatch;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A rule names the port of a Service, and policies see the port of the pod behind it. */
public final class ServicePortNotTargetPort implements Diagnosis {
    private static final FindingKind KIND = FindingKind.of(
            "service-port-not-target-port",
            Severity.ERROR,
            "A rule names the Service's port in place of the pod's",
            """
            A Service listens on `port` and sends its traffic to `targetPort` of the pods. Policies are carried out at the pods,
            after that translation, so a rule must name the target port, in ingress and egress rules alike. The port of the
            Service opens nothing there.

            Write the number that is suggested, or the name of the container's port. It is reported only where the rule opens
            no target port of that Service, and no pod that it speaks of listens on the Service's number.
            """);

    /** A rule's port that is one of a Service. */
    private record Mistaken(RulePort port, Workload workload, KnownPorts.Translation translation) {}

    @Override
    public FindingKind kind() {
        return KIND;
    }

    @Override
    public Stream<Remark> examine(Examination examination) {
        return examination.eachPort(
                (port, destinations) -> mistaken(port, destinations).map(mistaken -> remark(mistaken, examination)));
    }

    static boolean explains(RulePort port, Destinations destinations) {
        return mistaken(port, destinations).isPresent();
    }

    private static Optional<Mistaken> mistaken(RulePort port, Destinations destinations) {
        return port.single().flatMap(single -> mistaken(port, single, destinations));
    }

    private static Optional<Mistaken> mistaken(RulePort port, PortMatch.Numbered written, Destinations destinations) {
        List<Workload> workloads = destinations.workloads();
        int number = written.ports().first();
        for (Workload workload : workloads) {
            if (destinations.known().listens(workload, written.protocol(), number)) {
                return Optional.empty();
            }
        }
        for (Workload workload : workloads) {
            for (KnownPorts.Translation translation : destinations.known().translations(workload)) {
                if (translation.port().protocol() == written.protocol()
                        && translation.port().number() == number) {
                    Mistaken mistaken = new Mistaken(port, workload, translation);
                    return opensTarget(mistaken) ? Optional.empty() : Optional.of(mistaken);
                }
            }
        }
        return Optional.empty();
    }

    /** Whether the rule has the right port beside the wrong one, as rules for plugins of both kinds have. */
    private static boolean opensTarget(Mistaken mistaken) {
        KnownPorts.Translation to = mistaken.translation();
        return mistaken.port()
                .rule()
                .ports()
                .anyMatch(port -> port.opens(to.port().protocol(), to.target())
                        || port.named()
                                .filter(named -> mistaken.workload().portsNamed(named.name(), named.protocol()).stream()
                                        .anyMatch(declared -> declared.number() == to.target()))
                                .isPresent());
    }

    private static Remark remark(Mistaken mistaken, Examination examination) {
        RulePort port = mistaken.port();
        KnownPorts.Translation to = mistaken.translation();
        String service = to.service().namespace().equals(examination.shard().name())
                ? to.service().name()
                : to.service().toString();
        String numbers = "it opens " + to.port().number() + ", the port of Service " + service;
        boolean bothCount = examination.cluster().cni().needsServicePortToBeContainerPort();
        return Remark.of(
                KIND,
                port.place() + ".port",
                "Service " + service + " sends what comes in on " + to.port().number() + " to port " + to.target()
                        + " of the pods of " + mistaken.workload().name()
                        + ", and policies are carried out at the pods. Write  port: " + to.target() + "."
                        + (bothCount
                                ? " With " + examination.cluster().cni().configuredName()
                                        + " the two ports have to be the same, so change the Service as well."
                                : ""),
                port.shortPlace() + ": " + to.port().number() + " is the port of Service " + service
                        + "; its pods listen on " + to.target(),
                port.shortPlace() + ": " + to.port().number() + " is a Service's port; the pods listen on "
                        + to.target(),
                numbers + "; the pods listen on " + to.target());
    }
}
