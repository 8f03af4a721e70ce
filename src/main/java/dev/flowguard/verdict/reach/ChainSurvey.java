package dev.flowguard.verdict.reach;

import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.NamedPort;
import dev.flowguard.net.AddressRange;
import dev.flowguard.net.IpFamily;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.chain.ChainRule;
import dev.flowguard.policy.chain.Ends;
import dev.flowguard.verdict.chain.Chain;
import dev.flowguard.verdict.match.Allowance;
import dev.flowguard.verdict.match.EndsMatcher;
import dev.flowguard.verdict.match.PortsMatcher;
import dev.flowguard.verdict.match.SomePod;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Roster;
import dev.flowguard.verdict.pair.Route;
import dev.flowguard.verdict.pair.Traffic;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Asks each rule of a chain once about every workload, and once about all ports of destinations that declare the same ones. */
final class ChainSurvey {
    private final Direction direction;
    private final Roster roster;
    private final EndsMatcher ends;
    private final PortsMatcher ports;
    private final EndsCuts cuts;
    private final Traffic traffic;
    private final Map<ChainRule, PeerReach> peers = new IdentityHashMap<>();
    private final Map<ChainRule, Map<List<NamedPort>, Allowance>> byDeclared = new IdentityHashMap<>();
    private final Map<ChainRule, Boolean> dependOnService = new IdentityHashMap<>();

    ChainSurvey(Snapshot cluster, Roster roster, EndsMatcher ends, IpFamily family, Direction direction) {
        this.direction = direction;
        this.roster = roster;
        this.ends = ends;
        this.ports = new PortsMatcher(cluster);
        this.cuts = new EndsCuts(cluster);
        this.traffic = new Traffic(Protocol.TCP, PortRange.ALL, family, Route.DIRECT);
    }

    /** Whether the rule's peers are that workload. */
    Answer workload(ChainRule rule, int other) {
        return peers.computeIfAbsent(rule, this::ask).answer(other);
    }

    private PeerReach ask(ChainRule rule) {
        PeerReach reach = new PeerReach();
        for (int number = 0; number < roster.size(); number++) {
            reach.add(number, ends.match(rule.peer(), direction, roster.endpoint(number), traffic));
        }
        return reach;
    }

    Answer addresses(ChainRule rule, Endpoint.Addresses addresses) {
        return ends.match(rule.peer(), direction, addresses, traffic);
    }

    Answer somePod(ChainRule rule) {
        return rule.peer().accept(new SomePod(traffic.family()));
    }

    /** Whether the rule speaks of these of the pods that its policy selects. */
    Answer subject(ChainRule rule, Endpoint subject) {
        return rule.subject().equals(Ends.EVERYBODY)
                ? Answer.YES
                : ends.match(rule.subject(), Direction.EGRESS, subject, traffic);
    }

    Allowance ports(ChainRule rule, Endpoint destination) {
        if (dependOnService.computeIfAbsent(rule, asked -> PortsMatcher.dependOnService(asked.ports()))) {
            return ports.all(rule.ports(), destination);
        }
        List<NamedPort> declared = destination.match(pods -> pods.workload().ports(), addresses -> List.of());
        return byDeclared
                .computeIfAbsent(rule, asked -> new HashMap<>())
                .computeIfAbsent(declared, key -> ports.all(rule.ports(), destination));
    }

    /** The ranges by which rules tell apart whom their own policies select. */
    List<AddressRange> subjectBlocks(Chain chain) {
        return chain.parts().stream()
                .flatMap(part -> part.steps().stream())
                .flatMap(step -> step.match(
                        rule -> cuts.of(rule.rule().subject()).stream(),
                        tie -> tie.policies().stream()
                                .flatMap(List::stream)
                                .flatMap(rule -> cuts.of(rule.rule().subject()).stream()),
                        networkPolicies -> Stream.<AddressRange>empty(),
                        rest -> Stream.<AddressRange>empty()))
                .toList();
    }

    Stream<AddressRange> blocks(ChainRule rule) {
        return cuts.of(rule.peer()).stream();
    }
}
