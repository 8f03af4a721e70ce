package dev.flowguard.testing;

import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.PortMatch;
import java.util.List;
import java.util.function.Supplier;

/** Declared flows between any two ends that a contract can name. */
final class RandomFlows {
    private final Dice dice;
    private final RandomPolicies policies;
    private final List<String> namespaces;
    private final Supplier<String> busyNamespace;

    /** @param busyNamespace one in which much happens */
    RandomFlows(Dice dice, RandomPolicies policies, List<String> namespaces, Supplier<String> busyNamespace) {
        this.dice = dice;
        this.policies = policies;
        this.namespaces = namespaces;
        this.busyNamespace = busyNamespace;
    }

    FlowPart flow(String name) {
        FlowPart flow = Given.flow(name).from(end());
        if (dice.chance(30)) {
            flow.mustBeBlocked();
        }
        FlowEnd to = destination();
        flow.to(to);
        return to.match(
                pods -> ports(flow),
                owned -> ports(flow),
                service -> dice.chance(30) ? flow.onService(servicePort()) : flow,
                outside -> ports(flow),
                wellKnown -> flow);
    }

    private FlowPart ports(FlowPart flow) {
        if (dice.chance(8)) {
            return flow;
        }
        if (dice.chance(5)) {
            return flow.on(new PortMatch.EveryPort(dice.oneOf(Protocol.TCP, Protocol.ICMP)));
        }
        PortMatch port = policies.port();
        return flow.on(port.<PortMatch>match(
                numbered -> numbered, named -> named, every -> every, unknown -> Given.range(80, 8080)));
    }

    private PortMatch servicePort() {
        return dice.chance(50)
                ? new PortMatch.Named(Protocol.TCP, "main")
                : PortMatch.Numbered.of(Protocol.TCP, dice.oneOf(RandomPolicies.NUMBERS));
    }

    private FlowEnd destination() {
        return dice.chance(80) ? end() : dice.chance(60) ? FlowPart.clusterDns() : FlowPart.kubernetesApi();
    }

    private FlowEnd end() {
        return switch (dice.below(10)) {
            case 0, 1 -> {
                Peer.IpBlock block = policies.block();
                yield new FlowEnd.Outside(block.cidr(), block.except());
            }
            case 2 -> FlowPart.service(dice.oneOf(namespaces) + "/s");
            case 3 ->
                new FlowEnd.OwnedBy(dice.oneOf(
                        new ObjectRef("Deployment", dice.oneOf(namespaces), "web"),
                        new ObjectRef("ReplicaSet", dice.oneOf(namespaces), "web-0"),
                        new ObjectRef("StatefulSet", dice.oneOf(namespaces), "set"),
                        new ObjectRef("Deployment", dice.oneOf(namespaces), "deploy-0")));
            case 4 -> new FlowEnd.Pods(policies.namespaces(), policies.pods());
            default ->
                new FlowEnd.Pods(
                        LabelSelector.namespaceNamed(busyNamespace.get()),
                        dice.chance(60) ? LabelSelector.EVERYTHING : policies.pods());
        };
    }
}
