package dev.flowguard.verdict.reach;

import dev.flowguard.cluster.object.NamedPort;
import dev.flowguard.net.IpFamily;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.PortSet;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.policy.Rule;
import dev.flowguard.verdict.match.Allowance;
import dev.flowguard.verdict.match.PortMatcher;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Route;
import dev.flowguard.verdict.pair.Traffic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What one rule allows on which ports, asked of the {@link PortMatcher} once for all destinations that declare the same ports. */
final class RuleReach {
    private final Rule rule;
    private final Direction direction;
    private final PortMatcher matcher;
    private final IpFamily family;
    private final boolean namesPorts;
    private final Map<List<NamedPort>, Allowance> byDeclared = new HashMap<>();
    private final Map<List<NamedPort>, Allowance> byDeclaredBesideBlock = new HashMap<>();

    RuleReach(Rule rule, Direction direction, PortMatcher matcher, IpFamily family) {
        this.rule = rule;
        this.direction = direction;
        this.matcher = matcher;
        this.family = family;
        this.namesPorts = rule.ports().stream().anyMatch(RuleReach::isNamed);
    }

    /** What the rule allows if the other end is its peer. */
    Allowance ports(Endpoint destination) {
        return byDeclared.computeIfAbsent(declaredOn(destination), ports -> ask(destination, false));
    }

    /** The same if it is so by its address alone: then it is open whether a port's name is resolved (SEMANTICS Q15). */
    Allowance besideBlock(Endpoint destination) {
        return direction == Direction.EGRESS && namesPorts
                ? byDeclaredBesideBlock.computeIfAbsent(declaredOn(destination), ports -> ask(destination, true))
                : ports(destination);
    }

    private List<NamedPort> declaredOn(Endpoint destination) {
        return namesPorts ? destination.match(pods -> pods.workload().ports(), addresses -> List.of()) : List.of();
    }

    private Allowance ask(Endpoint destination, boolean besideBlock) {
        if (rule.isForEveryPort()) {
            return Allowance.EVERYTHING;
        }
        Allowance allowance = Allowance.NOTHING;
        for (PortMatch port : rule.ports()) {
            Answer most = besideBlock && isNamed(port) ? Answer.UNKNOWN : Answer.YES;
            for (Protocol protocol : PortSet.PROTOCOLS) {
                for (PortRange part : PortRange.ALL.cutBy(cuts(port, destination))) {
                    Traffic traffic = new Traffic(protocol, part, family, Route.DIRECT);
                    Answer answer =
                            matcher.match(port, direction, destination, traffic).answer();
                    allowance = allowance.or(Allowance.of(answer.and(most), PortSet.of(protocol, part)));
                }
            }
        }
        return allowance;
    }

    private static boolean isNamed(PortMatch port) {
        return port.match(numbered -> false, named -> true, every -> false, unknown -> false);
    }

    /** Where the answer may change; a network plugin may know only the first port of a range (SEMANTICS Q8). */
    private static List<PortRange> cuts(PortMatch port, Endpoint destination) {
        return port.match(
                numbered ->
                        List.of(numbered.ports(), PortRange.of(numbered.ports().first())),
                named -> declared(named.name(), destination),
                every -> List.of(),
                unknown -> List.of());
    }

    private static List<PortRange> declared(String name, Endpoint destination) {
        Stream<NamedPort> ports = destination.match(pods -> pods.workload().ports().stream(), none -> Stream.empty());
        return ports.filter(port -> port.name().equals(name))
                .map(port -> PortRange.of(port.number()))
                .toList();
    }
}
