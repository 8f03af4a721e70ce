package dev.flowguard.testing;

import dev.flowguard.cluster.object.PerPodLabels;
import dev.flowguard.net.Cidr;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.NamespaceScope;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.policy.Requirement;
import dev.flowguard.policy.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Policies in a vocabulary so small that they often meet the pods of {@link RandomCluster}. */
public final class RandomPolicies {
    static final List<String> APPS = List.of("x", "y", "z");
    static final List<String> TIERS = List.of("1", "2");
    static final List<Integer> NUMBERS = List.of(53, 80, 81, 443, 8080, 8081);
    static final List<String> NAMES = List.of("http", "dns", "web");

    private static final List<Cidr> BLOCKS = Stream.of(
                    "0.0.0.0/0",
                    "10.0.0.0/8",
                    "10.0.0.0/24",
                    "10.0.0.0/30",
                    "10.0.1.0/24",
                    "10.0.0.2/32",
                    "10.96.0.0/16",
                    "10.96.0.1/32",
                    "169.254.0.0/16",
                    "192.168.0.0/16",
                    "192.168.0.1/32",
                    "203.0.113.0/24",
                    "203.0.113.0/25",
                    "203.0.113.64/26",
                    "::/0",
                    "fd00::/16",
                    "fd00::/64",
                    "fd00::2/128",
                    "fd01::/16",
                    "2001:db8::/32",
                    "2001:db8:1::/48")
            .map(Cidr::parse)
            .toList();

    private final Dice dice;

    public RandomPolicies(Dice dice) {
        this.dice = dice;
    }

    public Policy policy(PolicyRef ref) {
        return new Policy(ref, pods(), section(), section(), dice.chance(3) ? List.of("spec.futureField") : List.of());
    }

    Policy.Section section() {
        List<Rule> rules = new ArrayList<>();
        int count = dice.below(3);
        for (int i = 0; i < count; i++) {
            rules.add(rule(i));
        }
        return new Policy.Section(dice.chance(70), rules);
    }

    public Rule rule(int index) {
        List<Peer> peers = new ArrayList<>();
        List<PortMatch> ports = new ArrayList<>();
        int peerCount = dice.below(3);
        for (int i = 0; i < peerCount; i++) {
            peers.add(peer());
        }
        int portCount = dice.below(3);
        for (int i = 0; i < portCount; i++) {
            ports.add(port());
        }
        return new Rule(index, peers, ports, dice.chance(3) ? List.of("futureField") : List.of());
    }

    private Peer peer() {
        if (dice.chance(3)) {
            return new Peer.Unknown(List.of("futurePeer"));
        }
        return dice.chance(40)
                ? block()
                : new Peer.Pods(
                        dice.chance(40) ? new NamespaceScope.Own() : new NamespaceScope.Matching(namespaces()), pods());
    }

    Peer.IpBlock block() {
        Cidr cidr = dice.oneOf(BLOCKS);
        List<Cidr> inside = BLOCKS.stream().filter(cidr::strictlyContains).toList();
        return new Peer.IpBlock(cidr, dice.chance(40) ? dice.some(inside, 2) : List.of());
    }

    PortMatch port() {
        Protocol protocol = dice.oneOf(Protocol.TCP, Protocol.TCP, Protocol.TCP, Protocol.UDP, Protocol.SCTP);
        int first = dice.oneOf(NUMBERS);
        return switch (dice.below(12)) {
            case 0 -> new PortMatch.EveryPort(protocol);
            case 1, 2 ->
                new PortMatch.Numbered(
                        protocol, new PortRange(first, dice.oneOf(first, first + 1, first + 10, 65535)), true);
            case 3, 4, 5 -> new PortMatch.Named(protocol, dice.oneOf(NAMES));
            case 6 ->
                dice.chance(20) ? new PortMatch.Unknown(List.of("futurePort")) : PortMatch.Numbered.of(protocol, first);
            default -> PortMatch.Numbered.of(protocol, first);
        };
    }

    public LabelSelector pods() {
        if (dice.chance(4)) {
            return new LabelSelector(List.of(
                    dice.chance(70)
                            ? Requirement.in(PerPodLabels.STATEFUL_SET_POD_NAME, List.of("set-" + dice.below(3)))
                            : Requirement.exists(PerPodLabels.POD_INDEX)));
        }
        List<Requirement> requirements = new ArrayList<>();
        if (dice.chance(50)) {
            requirements.add(requirement("app", APPS));
        }
        if (dice.chance(15)) {
            requirements.add(requirement("tier", TIERS));
        }
        return new LabelSelector(requirements);
    }

    LabelSelector namespaces() {
        List<Requirement> requirements = new ArrayList<>();
        if (dice.chance(50)) {
            requirements.add(requirement("team", List.of("red", "blue")));
        }
        if (dice.chance(30)) {
            requirements.add(requirement(LabelSelector.NAMESPACE_NAME, RandomCluster.NAMESPACES));
        }
        return new LabelSelector(requirements);
    }

    private Requirement requirement(String key, List<String> values) {
        String value = dice.oneOf(values);
        return switch (dice.below(8)) {
            case 0 -> Requirement.notIn(key, List.of(value, dice.oneOf(values)));
            case 1 -> Requirement.exists(key);
            case 2 -> Requirement.doesNotExist(key);
            case 3 -> Requirement.in(key, List.of(value, dice.oneOf(values)));
            default -> Requirement.in(key, List.of(value));
        };
    }
}
