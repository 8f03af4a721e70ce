package dev.flowguard.assess.finding.port;

import dev.flowguard.assess.Severity;
import dev.flowguard.assess.finding.diagnosis.Destinations;
import dev.flowguard.assess.finding.diagnosis.Diagnosis;
import dev.flowguard.assess.finding.diagnosis.Examination;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.KnownPorts;
import dev.flowguard.assess.finding.diagnosis.Nearness;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.assess.finding.diagnosis.RulePort;
import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.policy.Rule;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A rule opens a port on which nobody listens. Pods may listen on ports that they do not declare (SEMANTICS Q16), so that alone
 * proves nothing; something else must say that it is a mistake.
 */
public final class PortNotListenedOn implements Diagnosis {
    private static final FindingKind KIND = FindingKind.of(
            "port-not-listened-on", Severity.WARNING, "A rule opens a port on which nobody listens", """
            The rule opens a port, and the pods it speaks of are known to listen on others: those that their containers name
            and those that Services send traffic to. A container may listen on ports that it does not declare, so this is
            reported only with a second sign: the number is right and the protocol is wrong; the number is a slip of a known
            one (two digits swapped, or one doubled); or the policy isolates the pods for ingress, Services lead to
            them, and no policy opens any port on which they are known to listen.

            Correct the port or its protocol. If the pods do listen there, name the port in their containers.
            """);

    private static final String NOTHING_OPEN =
            "The policy isolates these pods for ingress, and no policy opens a port to which a Service sends. ";

    /** What was probably meant, in place of what is written. */
    private record Meant(KnownPorts.Known port, Workload workload, String why) {}

    @Override
    public FindingKind kind() {
        return KIND;
    }

    @Override
    public Stream<Remark> examine(Examination examination) {
        return examination.eachPort((port, destinations) -> port.single()
                .filter(written ->
                        isUnknown(written, destinations) && !ServicePortNotTargetPort.explains(port, destinations))
                .flatMap(written ->
                        meant(port, written, destinations, examination).map(meant -> remark(port, written, meant))));
    }

    private static boolean isUnknown(PortMatch.Numbered written, Destinations destinations) {
        List<Workload> workloads = destinations.workloads();
        for (Workload workload : workloads) {
            KnownPorts known = destinations.known();
            if (!known.expectsToBeReached(workload)
                    || known.listens(
                            workload, written.protocol(), written.ports().first())) {
                return false;
            }
        }
        return !workloads.isEmpty();
    }

    private static Optional<Meant> meant(
            RulePort port, PortMatch.Numbered written, Destinations destinations, Examination examination) {
        Stream<Meant> candidates = destinations.workloads().stream()
                .flatMap(workload -> destinations.known().of(workload).stream()
                        .filter(known -> !isOpen(workload, known, port.rule().direction(), examination))
                        .flatMap(known -> why(written, known).stream().map(why -> new Meant(known, workload, why))));
        return candidates
                .findFirst()
                .or(() -> port.rule().direction() == Direction.INGRESS
                        ? instead(destinations, examination)
                        : Optional.empty());
    }

    /** Why the known port is what was meant, if it is near enough. */
    private static Optional<String> why(PortMatch.Numbered written, KnownPorts.Known known) {
        int number = written.ports().first();
        if (number == known.number()) {
            return Optional.of("The protocol of port " + number + " there is " + known.protocol() + ". ");
        }
        return written.protocol() == known.protocol() && isSlip(number, known.number())
                ? Optional.of("The two numbers differ by a slip of the finger. ")
                : Optional.empty();
    }

    /**
     * Two neighbouring digits swapped, or one doubled. Any other digit may be meant: 8443 stands beside 443 and 18080 beside
     * 8080, and numbers of few digits are near one another by nature.
     */
    private static boolean isSlip(int written, int meant) {
        String one = Integer.toString(written);
        String other = Integer.toString(meant);
        boolean swapped = Arrays.equals(
                one.chars().sorted().toArray(), other.chars().sorted().toArray());
        boolean doubled = one.length() == other.length() + 1 && isDoubled(one, other);
        return other.length() >= 4 && ((swapped && Nearness.distance(one, other) == 1) || doubled);
    }

    private static boolean isDoubled(String one, String other) {
        return IntStream.range(1, one.length())
                .filter(i -> one.charAt(i) == one.charAt(i - 1))
                .anyMatch(i -> other.equals(one.substring(0, i) + one.substring(i + 1)));
    }

    /** A port to which Services send, where no policy in force opens such a port, or any other known one, of any of the pods. */
    private static Optional<Meant> instead(Destinations destinations, Examination examination) {
        boolean anyOpen = destinations.workloads().stream()
                .anyMatch(workload -> destinations.known().of(workload).stream()
                        .anyMatch(known -> isOpen(workload, known, Direction.INGRESS, examination)));
        return anyOpen
                ? Optional.empty()
                : destinations.workloads().stream()
                        .flatMap(workload -> destinations.known().targets(workload).stream()
                                .map(target -> new Meant(target, workload, NOTHING_OPEN)))
                        .findFirst();
    }

    /** Whether this policy, or for ingress any that selects the workload, opens the port to anybody. */
    private static boolean isOpen(
            Workload workload, KnownPorts.Known known, Direction direction, Examination examination) {
        Stream<Policy> others = direction == Direction.EGRESS
                ? Stream.empty()
                : examination.others().stream()
                        .filter(other -> !other.policy().isUnderstood() || other.isolates(workload, direction))
                        .map(CompiledPolicy::policy);
        return Stream.concat(Stream.of(examination.policy()), others)
                .anyMatch(policy -> !policy.isUnderstood()
                        || policy.rules(direction).stream().anyMatch(rule -> opens(rule, workload, known)));
    }

    private static boolean opens(Rule rule, Workload workload, KnownPorts.Known known) {
        return rule.isForEveryPort()
                || !rule.isUnderstood()
                || rule.ports().stream().anyMatch(port -> opens(port, workload, known));
    }

    private static boolean opens(PortMatch port, Workload workload, KnownPorts.Known known) {
        return port.match(
                numbered -> numbered.protocol() == known.protocol()
                        && numbered.ports().contains(known.number()),
                named -> named.protocol() == known.protocol()
                        && workload.portsNamed(named.name(), named.protocol()).stream()
                                .anyMatch(declared -> declared.number() == known.number()),
                every -> every.protocol() == known.protocol(),
                unknown -> true);
    }

    private static Remark remark(RulePort port, PortMatch.Numbered written, Meant meant) {
        Protocol protocol = written.protocol();
        String nobody = port.shortPlace() + ": nothing is known to listen on " + written;
        String name = meant.workload().name();
        return Remark.of(
                        KIND,
                        port.place() + (protocol == meant.port().protocol() ? ".port" : ".protocol"),
                        "Nothing is known to listen on " + written + " of " + name + ", which listens on "
                                + meant.port()
                                + ". " + meant.why() + "If that is meant, write  {protocol: "
                                + meant.port().protocol() + ", port: "
                                + meant.port().number()
                                + "}; if the pods listen on " + written
                                + " as well, name that port in their containers.",
                        nobody + "; " + name + " listens on " + meant.port(),
                        nobody + ", but on " + meant.port().number() + "/"
                                + meant.port().protocol(),
                        nobody)
                .unlessStillToCome()
                .restingOn(Remark.Premise.PLACED);
    }
}
