package dev.flowguard.assess.finding.flow;

import dev.flowguard.assess.finding.diagnosis.Nearness;
import dev.flowguard.assess.finding.diagnosis.Wording;
import dev.flowguard.binding.Unbound;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.FlowPorts;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.PortMatch;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A declared flow asks a Service for a port that it does not have: often the port of the pods behind it, for policies are written
 * with that one.
 */
final class MissingServicePort {
    private final Snapshot cluster;
    private final String home;

    MissingServicePort(Snapshot cluster, String home) {
        this.cluster = cluster;
        this.home = home;
    }

    Stream<Advice> examine(FlowEnd.ServicePods end, FlowPorts ports) {
        List<PortMatch> asked = ports.match(FlowPorts.OfPods::ports, FlowPorts.OfService::ports, List::<PortMatch>of);
        return cluster.service(end.namespace(), end.name()).stream()
                .flatMap(service -> asked.stream()
                        .filter(port -> service.ports().stream().noneMatch(has -> has.isMeantBy(port)))
                        .flatMap(port -> missing(service, port)));
    }

    private Stream<Advice> missing(ServiceEntry service, PortMatch asked) {
        return asked.match(
                numbered -> Stream.of(number(service, numbered)),
                named -> Stream.of(name(service, named)),
                every -> Stream.of(no(service, every.protocol() + " port")),
                unknown -> Stream.empty());
    }

    private Advice number(ServiceEntry service, PortMatch.Numbered asked) {
        int number = asked.ports().first();
        Optional<ServiceEntry.Port> target = firstOf(
                service,
                port -> port.protocol() == asked.protocol() && leadsTo(service, port, number, asked.protocol()));
        if (target.isPresent()) {
            return isTarget(service, number + " is the port of the pods behind", target.get());
        }
        Optional<ServiceEntry.Port> otherProtocol = firstOf(service, port -> port.number() == number);
        return otherProtocol
                .map(port -> otherProtocol(service, Integer.toString(number), port, asked.protocol()))
                .orElseGet(() -> no(service, "port " + asked.ports()));
    }

    private Advice name(ServiceEntry service, PortMatch.Named asked) {
        Optional<ServiceEntry.Port> otherProtocol =
                firstOf(service, port -> port.name().equals(asked.name()));
        if (otherProtocol.isPresent()) {
            return otherProtocol(service, asked.name(), otherProtocol.get(), asked.protocol());
        }
        Optional<ServiceEntry.Port> target = firstOf(
                service,
                port -> port.protocol() == asked.protocol() && port.targetName().equals(asked.name()));
        if (target.isPresent()) {
            return isTarget(service, asked.name() + " names the port of the pods behind", target.get());
        }
        String guess = Nearness.didYouMean(
                asked.name(),
                service.ports().stream().map(ServiceEntry.Port::name).toList());
        return guess.isEmpty()
                ? no(service, "port " + asked.name())
                : Advice.of(
                        Unbound.End.TO,
                        called(service) + " has no port " + asked.name() + guess,
                        "the Service has no such port" + guess);
    }

    private Advice isTarget(ServiceEntry service, String whose, ServiceEntry.Port port) {
        return Advice.of(
                Unbound.End.TO,
                whose + " " + called(service) + "; write the Service's own port, " + port.number(),
                whose + " the Service; write the Service's own, " + port.number(),
                "write the Service's own port, " + port.number());
    }

    private Advice otherProtocol(ServiceEntry service, String port, ServiceEntry.Port has, Protocol asked) {
        return Advice.of(
                Unbound.End.TO,
                "port " + port + " of " + called(service) + " is " + has.protocol() + ", not " + asked,
                "port " + port + " of the Service is " + has.protocol() + ", not " + asked);
    }

    private Advice no(ServiceEntry service, String what) {
        String no = called(service) + " has no " + what;
        String has = Wording.some(
                service.ports().stream().map(MissingServicePort::written).toList());
        return Advice.of(Unbound.End.TO, has.isEmpty() ? no : no + ", only " + has, no, "the Service has no " + what);
    }

    /** {@code 80/TCP (http)}. */
    private static String written(ServiceEntry.Port port) {
        return port.number() + "/" + port.protocol() + (port.name().isEmpty() ? "" : " (" + port.name() + ")");
    }

    private String called(ServiceEntry service) {
        return "Service " + MissingService.name(service.namespace(), service.name(), home);
    }

    private static Optional<ServiceEntry.Port> firstOf(ServiceEntry service, Predicate<ServiceEntry.Port> matching) {
        return service.ports().stream().filter(matching).findFirst();
    }

    /** Whether pods of the Service get the traffic to that port on that number. */
    private boolean leadsTo(ServiceEntry service, ServiceEntry.Port port, int number, Protocol protocol) {
        if (port.targetName().isEmpty()) {
            return port.targetNumber() == number;
        }
        return cluster.namespace(service.namespace()).stream()
                .flatMap(shard -> shard.workloads(shard.select(service.podSelector())).stream())
                .map(workload -> numbersOf(workload, port.targetName(), protocol))
                .anyMatch(numbers -> numbers.contains(number));
    }

    private static List<Integer> numbersOf(Workload workload, String name, Protocol protocol) {
        return workload.portsNamed(name, protocol).stream()
                .map(port -> port.number())
                .toList();
    }
}
