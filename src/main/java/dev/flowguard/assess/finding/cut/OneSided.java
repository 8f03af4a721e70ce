package dev.flowguard.assess.finding.cut;

import dev.flowguard.assess.Severity;
import dev.flowguard.assess.finding.diagnosis.Diagnosis;
import dev.flowguard.assess.finding.diagnosis.Examination;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.PodPeer;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.assess.finding.diagnosis.Wording;
import dev.flowguard.assess.finding.port.PortNotListenedOn;
import dev.flowguard.assess.finding.port.ServicePortNotTargetPort;
import dev.flowguard.assess.finding.port.UnknownNamedPort;
import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.net.IpFamily;
import dev.flowguard.net.PortRange;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.policy.Rule;
import dev.flowguard.verdict.Reachability;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import dev.flowguard.verdict.pair.Route;
import dev.flowguard.verdict.pair.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One side of a connection admits what the policies of the other forbid, or nobody at all gets to a Service. */
public final class OneSided implements Diagnosis {
    private static final FindingKind KIND =
            FindingKind.of("one-sided", Severity.NOTE, "One side admits what the other side's policies forbid", """
            A connection needs both sides: egress of who opens it and ingress of who accepts it. Here a rule names pods whose own
            policies do not let the same traffic through, so the rule opens nothing; or the policies of a Service's pods admit nobody
            on any of its ports.

            Add the rule to the other side, or remove this one. It is looked for in a state as a whole, not when a policy is changed:
            then the other half is mostly still to come.
            """);

    private static final int MOST_PAIRS = 400;

    @Override
    public FindingKind kind() {
        return KIND;
    }

    @Override
    public Stream<Remark> examine(Examination examination) {
        // While policies come one after the other, the other half of a connection is mostly still to come.
        if (!examination.isOfState() || !examination.cluster().cni().enforcesPolicies()) {
            return Stream.empty();
        }
        Reachability after = new Reachability(examination.cluster(), examination.after());
        return Stream.concat(
                examination.podPeers().flatMap(peer -> closedPeer(peer, examination, after).stream()),
                unreachable(examination));
    }

    /** A peer that is named by labels, all of whose pods are surely stopped by their own policies. */
    private static Optional<Remark> closedPeer(PodPeer peer, Examination examination, Reachability after) {
        boolean named = !peer.peer().pods().selectsEverything();
        List<Workload> others = named
                ? examination.scope(peer).stream()
                        .flatMap(shard ->
                                shard.workloads(shard.select(peer.peer().pods()).and(shard.podNetwork())).stream())
                        .limit(MOST_PAIRS)
                        .toList()
                : List.of();
        List<Workload> own = examination.selected();
        Direction direction = peer.rule().direction();
        List<PortMatch.Numbered> ports = numbers(peer.rule().rule());
        long pairs = (long) others.size() * own.size() * ports.size();
        if (pairs == 0 || pairs > MOST_PAIRS) {
            return Optional.empty();
        }
        Direction otherSide = direction == Direction.INGRESS ? Direction.EGRESS : Direction.INGRESS;
        for (Workload other : others) {
            for (Workload mine : own) {
                for (PortMatch.Numbered port : ports) {
                    Workload from = direction == Direction.INGRESS ? other : mine;
                    Workload to = direction == Direction.INGRESS ? mine : other;
                    boolean closed = from.equals(to)
                            || after.closedSides(pair(from, to, port, examination.cluster()))
                                    .contains(otherSide);
                    if (!closed || from.equals(to)) {
                        return Optional.empty();
                    }
                }
            }
        }
        return Optional.of(remark(peer, others, otherSide));
    }

    private static Pair pair(Workload from, Workload to, PortMatch.Numbered port, Snapshot cluster) {
        IpFamily family = cluster.hasAddresses(from, IpFamily.IPV4) && cluster.hasAddresses(to, IpFamily.IPV4)
                ? IpFamily.IPV4
                : IpFamily.IPV6;
        return new Pair(
                new Endpoint.Pods(from),
                new Endpoint.Pods(to),
                new Traffic(port.protocol(), port.ports(), family, Route.DIRECT));
    }

    /** The single ports that the rule names by number; none where it names others as well, which may be open. */
    private static List<PortMatch.Numbered> numbers(Rule rule) {
        List<PortMatch.Numbered> numbers = new ArrayList<>();
        for (PortMatch port : rule.ports()) {
            if (!(port instanceof PortMatch.Numbered numbered)
                    || !numbered.ports().isSingle()) {
                return List.of();
            }
            numbers.add(numbered);
        }
        return numbers;
    }

    private static Remark remark(PodPeer peer, List<Workload> others, Direction otherSide) {
        String whom = Wording.some(others.stream().map(Workload::name).toList());
        String briefly = Wording.one(others.stream().map(Workload::name).toList());
        String verb = otherSide == Direction.EGRESS ? " admits " : " leads to ";
        String but = otherSide == Direction.EGRESS
                ? ", whose egress policies do not lead here"
                : ", whose ingress policies do not admit it";
        return Remark.of(
                        KIND,
                        peer.place(),
                        "The rule opens nothing for " + whom + ": the " + otherSide.section()
                                + " policies that isolate these pods have no rule for the same traffic. Add it there, or remove the"
                                + " peer; while policies are rolled out, it may be still to come.",
                        peer.shortPlace() + verb + whom + but,
                        peer.shortPlace() + verb + briefly + but,
                        peer.shortPlace() + verb + "pods" + but)
                .unlessStillToCome();
    }

    /** Services of which the policy's rules, and those of others, open no port to anybody. */
    private static Stream<Remark> unreachable(Examination examination) {
        if (examination.policy().rules(Direction.INGRESS).isEmpty()) {
            return Stream.empty();
        }
        boolean mistakenPort = Stream.of(
                        new ServicePortNotTargetPort(), new PortNotListenedOn(), new UnknownNamedPort())
                .anyMatch(other -> other.examine(examination).findAny().isPresent());
        return mistakenPort
                ? Stream.empty()
                : examination.shard().services().stream()
                        .filter(service -> service.hasSelector() && isUnreachable(service, examination))
                        .map(OneSided::remark);
    }

    private static boolean isUnreachable(ServiceEntry service, Examination examination) {
        List<Workload> behind = examination
                .shard()
                .workloads(examination
                        .shard()
                        .behind(service)
                        .and(examination.shard().podNetwork()));
        boolean concerned = behind.stream().anyMatch(examination.selected()::contains);
        return concerned
                && behind.stream()
                        .allMatch(workload -> service.ports().stream()
                                .allMatch(port -> port.targetOn(workload)
                                        .filter(number -> isOpen(workload, port, number, examination))
                                        .isEmpty()))
                && behind.stream()
                        .anyMatch(workload -> service.ports().stream()
                                .anyMatch(port -> port.targetOn(workload).isPresent()));
    }

    private static boolean isOpen(Workload workload, ServiceEntry.Port port, int number, Examination examination) {
        boolean isolated = false;
        for (CompiledPolicy policy : examination.after().policiesIn(workload.namespace())) {
            if (!policy.policy().isUnderstood()) {
                return true;
            }
            if (policy.isolates(workload, Direction.INGRESS)) {
                isolated = true;
                for (Rule rule : policy.policy().rules(Direction.INGRESS)) {
                    if (opens(rule, workload, port, number)) {
                        return true;
                    }
                }
            }
        }
        return !isolated;
    }

    private static boolean opens(Rule rule, Workload workload, ServiceEntry.Port port, int number) {
        return !rule.isUnderstood()
                || rule.isForEveryPort()
                || rule.ports().stream()
                        .anyMatch(match -> match.match(
                                numbered -> numbered.protocol() == port.protocol()
                                        && numbered.ports().overlaps(PortRange.of(number)),
                                named -> workload.portsNamed(named.name(), named.protocol()).stream()
                                        .anyMatch(each -> each.number() == number),
                                every -> every.protocol() == port.protocol(),
                                unknown -> true));
    }

    private static Remark remark(ServiceEntry service) {
        String ports = String.join(
                ", ",
                service.ports().stream()
                        .map(port -> (port.targetName().isEmpty()
                                        ? Integer.toString(port.targetNumber())
                                        : port.targetName())
                                + "/" + port.protocol())
                        .toList());
        return Remark.of(
                        KIND,
                        "spec.ingress",
                        "The pods behind Service " + service.name()
                                + " are isolated for ingress, and no rule of a policy in force"
                                + " opens " + ports
                                + ", to which it sends, for anybody. Add the port to the rule of those who use"
                                + " the Service, or leave it if nobody is to.",
                        "nobody can reach Service " + service.name() + ": no rule opens " + ports,
                        "nobody can reach Service " + service.name())
                .unlessStillToCome();
    }
}
