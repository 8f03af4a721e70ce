package dev.flowguard.assess.finding.flow;

import dev.flowguard.assess.finding.diagnosis.KnownPorts;
import dev.flowguard.assess.finding.diagnosis.Nearness;
import dev.flowguard.assess.finding.diagnosis.Wording;
import dev.flowguard.binding.Unbound;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.NamedPort;
import dev.flowguard.cluster.object.Owner;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.FlowPorts;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.PortMatch;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A declared flow asks pods for a port that they are known not to have: a name that none of their containers uses, the number of a
 * Service in front of them, or the right number with the wrong protocol. Pods may listen on numbers that they do not declare
 * (SEMANTICS Q16), so any other number passes.
 */
final class MissingPodPort {
    /** A flow to more pods than these is hardly about the port of one application. */
    private static final int MOST_WORKLOADS = 300;

    private final List<Workload> workloads;
    private final KnownPorts known;
    private final boolean chosen;

    /** @param chosen whether the pods were chosen by what they are, so that each of them is meant to have the port */
    private MissingPodPort(Stream<Workload> workloads, boolean chosen, Snapshot cluster) {
        this.workloads = workloads
                .filter(workload -> !workload.hostNetwork())
                .limit(MOST_WORKLOADS)
                .toList();
        this.chosen = chosen;
        this.known = new KnownPorts(cluster);
    }

    static MissingPodPort of(FlowEnd.Pods end, Snapshot cluster) {
        return new MissingPodPort(
                cluster.namespacesMatching(end.namespaces()).stream()
                        .flatMap(shard -> shard.workloads(shard.select(end.pods())).stream()),
                !end.pods().selectsEverything(),
                cluster);
    }

    static MissingPodPort of(FlowEnd.OwnedBy end, Snapshot cluster) {
        Owner owner = new Owner(end.owner().kind(), end.owner().name());
        return new MissingPodPort(
                cluster.namespace(end.owner().namespace()).stream()
                        .flatMap(shard -> shard.workloads(shard.ownedBy(owner)).stream()),
                true,
                cluster);
    }

    Stream<Advice> examine(FlowPorts ports) {
        List<PortMatch> asked = ports.match(FlowPorts.OfPods::ports, ofService -> List.of(), List::of);
        return asked.stream()
                .flatMap(port -> port
                        .<Optional<Advice>>match(
                                this::number, this::name, every -> Optional.empty(), unknown -> Optional.empty())
                        .stream());
    }

    private Optional<Advice> name(PortMatch.Named asked) {
        List<Workload> without = workloads.stream()
                .filter(workload ->
                        workload.portsNamed(asked.name(), asked.protocol()).isEmpty())
                .toList();
        boolean some = without.size() < workloads.size();
        if (without.isEmpty() || (some && !chosen)) {
            return Optional.empty();
        }
        String whom = Wording.one(without.stream().map(Workload::name).toList());
        String no = "no port of " + whom + " is named " + asked.name();
        if (some) {
            return Optional.of(Advice.of(
                    Unbound.End.TO,
                    no + ", which leaves " + (without.size() == 1 ? "it" : "them") + " out of the flow",
                    no));
        }
        return Optional.of(otherProtocol(asked, whom).orElseGet(() -> {
            String guess = Nearness.didYouMean(
                    asked.name(),
                    workloads.stream()
                            .flatMap(workload -> workload.ports().stream())
                            .filter(port -> port.protocol() == asked.protocol())
                            .map(NamedPort::name)
                            .distinct()
                            .toList());
            return Advice.of(Unbound.End.TO, no + guess, "no pod has a port named " + asked.name() + guess);
        }));
    }

    private Optional<Advice> otherProtocol(PortMatch.Named asked, String whom) {
        return Stream.of(Protocol.values())
                .filter(protocol -> workloads.stream()
                        .anyMatch(workload ->
                                !workload.portsNamed(asked.name(), protocol).isEmpty()))
                .findFirst()
                .map(protocol -> isOther(asked.name(), whom, protocol, asked.protocol()));
    }

    private Optional<Advice> number(PortMatch.Numbered asked) {
        int number = asked.ports().first();
        boolean several = asked.ports().last() != number;
        if (several || workloads.stream().anyMatch(workload -> known.listens(workload, asked.protocol(), number))) {
            return Optional.empty();
        }
        return ofService(number, asked.protocol()).or(() -> otherProtocol(number, asked.protocol()));
    }

    private Optional<Advice> ofService(int number, Protocol protocol) {
        return workloads.stream()
                .flatMap(workload -> known.translations(workload).stream())
                .filter(to -> to.port().number() == number && to.port().protocol() == protocol)
                .findFirst()
                .map(to -> Advice.of(
                        Unbound.End.TO,
                        number + " is the port of Service " + to.service().name() + "; its pods listen on "
                                + to.target(),
                        number + " is a Service's port; its pods listen on " + to.target()));
    }

    private Optional<Advice> otherProtocol(int number, Protocol asked) {
        return workloads.stream()
                .flatMap(workload -> known.of(workload).stream()
                        .filter(port -> port.number() == number)
                        .map(port -> isOther(Integer.toString(number), workload.name(), port.protocol(), asked)))
                .findFirst();
    }

    private static Advice isOther(String port, String whom, Protocol has, Protocol asked) {
        return Advice.of(
                Unbound.End.TO,
                "port " + port + " of " + whom + " is " + has + ", not " + asked,
                "port " + port + " is " + has + ", not " + asked);
    }
}
