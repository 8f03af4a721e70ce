package dev.flowguard.verdict.reach;

import dev.flowguard.net.AddressRange;
import dev.flowguard.net.Cidr;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.Rule;
import dev.flowguard.verdict.Reachability;
import dev.flowguard.verdict.match.Allowance;
import dev.flowguard.verdict.pair.Endpoint;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one side lets through, for every other end and every port: the rules of {@link Reachability}, asked of sets. It is the
 * same for all workloads that the same policies isolate in that direction, and is made once for them.
 */
final class SideReach implements Side {
    /**
     * A rule with the policy's namespace, for which its peers speak, and the workloads that they are: as pods, and by their
     * addresses, which matters to a port's name.
     */
    private record Asked(Rule rule, String namespace, PeerReach pods, PeerReach blocks, RuleReach ports) {
        Allowance workload(int other, Endpoint destination) {
            Allowance asPod =
                    pods.mayBe(other) ? ports.ports(destination).where(pods.answer(other)) : Allowance.NOTHING;
            return blocks.mayBe(other) ? asPod.or(ports.besideBlock(destination).where(blocks.answer(other))) : asPod;
        }
    }

    private final Direction direction;
    private final PeerSurvey survey;
    private final List<Asked> rules = new ArrayList<>();
    private final BitSet possiblePeers = new BitSet();
    private boolean isolated;
    private boolean unclear;

    SideReach(Direction direction, PeerSurvey survey) {
        this.direction = direction;
        this.survey = survey;
    }

    void isolate() {
        isolated = true;
    }

    /** A policy or rule that is not understood may let anything through. */
    void addUnclear() {
        isolated = true;
        unclear = true;
    }

    void addRule(Rule rule, String namespace, RuleReach ports) {
        Asked asked =
                new Asked(rule, namespace, survey.asPods(rule, namespace), survey.byBlocks(rule, namespace), ports);
        rules.add(asked);
        possiblePeers.or(asked.pods().possible());
        possiblePeers.or(asked.blocks().possible());
    }

    @Override
    public boolean isIsolated() {
        return isolated;
    }

    /** Whether any port may be open; a quick look, to which the answer is mostly no where policies are many. */
    @Override
    public boolean maybeOpen(int other, boolean ownNode) {
        return !isolated || unclear || ownNode || possiblePeers.get(other);
    }

    /**
     * @param ownNode whether the other end may be the pods' own node
     * @param destination of the traffic, on which ports are declared
     */
    @Override
    public Allowance workload(int other, boolean ownNode, Endpoint destination) {
        if (!isolated) {
            return Allowance.EVERYTHING;
        }
        Allowance allowance = unclear ? Allowance.UNKNOWN : Allowance.NOTHING;
        if (possiblePeers.get(other)) {
            for (Asked asked : rules) {
                allowance = allowance.or(asked.workload(other, destination));
            }
        }
        return ownNode ? allowance.leftOpen() : allowance;
    }

    /** @param addresses cut by {@link #blocks} */
    @Override
    public Allowance addresses(Endpoint.Addresses addresses, boolean ownNode, Endpoint destination) {
        if (!isolated) {
            return Allowance.EVERYTHING;
        }
        Allowance allowance = unclear ? Allowance.UNKNOWN : Allowance.NOTHING;
        for (Asked asked : rules) {
            allowance = allowance.or(asked.ports()
                    .ports(destination)
                    .where(survey.addresses(asked.rule(), asked.namespace(), direction, addresses)));
        }
        return ownNode ? allowance.leftOpen() : allowance;
    }

    /** For a pod of which nothing is known. */
    @Override
    public Allowance somePod(Endpoint destination) {
        if (!isolated) {
            return Allowance.EVERYTHING;
        }
        Allowance allowance = unclear ? Allowance.UNKNOWN : Allowance.NOTHING;
        for (Asked asked : rules) {
            allowance = allowance.or(asked.ports().ports(destination).where(survey.somePod(asked.rule())));
        }
        return allowance;
    }

    /** The address blocks that the rules tell apart. */
    @Override
    public List<AddressRange> blocks() {
        return rules.stream()
                .flatMap(asked -> asked.rule().peers().stream())
                .flatMap(peer ->
                        peer.<Stream<Peer.IpBlock>>match(pods -> Stream.empty(), Stream::of, unknown -> Stream.empty()))
                .flatMap(block -> Stream.concat(Stream.of(block.cidr()), block.except().stream()))
                .map(Cidr::range)
                .distinct()
                .toList();
    }
}
