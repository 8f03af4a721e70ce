package dev.flowguard.testing;

import dev.flowguard.cluster.CniProfile;
import dev.flowguard.cluster.object.NamedPort;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.verdict.pair.Traffic;
import java.util.List;

/** Port entries, as the API describes them, for a single port. */
final class LiteralPorts {
    private final CniProfile cni;

    LiteralPorts(CniProfile cni) {
        this.cni = cni;
    }

    Answer answer(PortMatch match, Direction direction, LiteralEnd destination, Traffic traffic) {
        int port = traffic.ports().first();
        if (match instanceof PortMatch.EveryPort every) {
            return Answer.of(every.protocol() == traffic.protocol());
        }
        if (match instanceof PortMatch.Named named) {
            return named.protocol() == traffic.protocol() && destination instanceof LiteralEnd.OfPod some
                    ? named(named, some.pod(), port)
                    : Answer.NO;
        }
        if (!(match instanceof PortMatch.Numbered numbered)) {
            return Answer.UNKNOWN;
        }
        if (numbered.protocol() != traffic.protocol()) {
            return Answer.NO;
        }
        int last = last(numbered);
        boolean matches = numbered.ports().first() <= port && port <= last;
        int servicePort = traffic.route().clusterIpPort();
        boolean servicePortMatches = numbered.ports().first() <= servicePort && servicePort <= last;
        boolean differs = cni.needsServicePortToBeContainerPort()
                && direction == Direction.EGRESS
                && servicePort != 0
                && servicePort != port;
        return differs && (matches || servicePortMatches) ? Answer.UNKNOWN : Answer.of(matches);
    }

    boolean isServicePort(PortMatch match, Traffic traffic) {
        int servicePort = traffic.route().clusterIpPort();
        return match instanceof PortMatch.Numbered numbered
                && numbered.protocol() == traffic.protocol()
                && servicePort != 0
                && numbered.ports().first() <= servicePort
                && servicePort <= last(numbered);
    }

    private int last(PortMatch.Numbered numbered) {
        return numbered.fromEndPort() && !cni.supportsEndPort()
                ? numbered.ports().first()
                : numbered.ports().last();
    }

    private Answer named(PortMatch.Named named, LiteralCluster.Pod pod, int port) {
        if (!cni.supportsNamedPorts()) {
            return Answer.UNKNOWN;
        }
        List<Integer> numbers = pod.ports().stream()
                .filter(declared -> declared.name().equals(named.name()) && declared.protocol() == named.protocol())
                .filter(declared -> cni.resolvesPortsOf(declared.container()))
                .map(NamedPort::number)
                .distinct()
                .toList();
        return numbers.size() > 1 && numbers.contains(port) ? Answer.UNKNOWN : Answer.of(numbers.contains(port));
    }
}
