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
 * same for all workloads that the same policies isolate in that direction, and is made once for them. For one thread.
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

    /** A rule of which it is not known yet whom its peers are: of most sides nobody asks where little has changed. */
    private record Unasked(Rule rule, String namespace, RuleReach ports) {}

    private final Direction direction;
    private final PeerSurvey survey;
    private final List<Unasked> unasked = new ArrayList<>();
    private final List<Asked> asked = new ArrayList<>();
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
        unasked.add(new Unasked(rule, namespace, ports));
    }

    private List<Asked> rules() {
        if (!unasked.isEmpty()) {
            unasked.forEach(this::ask);
            unasked.clear();
        }
        return asked;
    }

    private void ask(Unasked of) {
        PeerReach pods = survey.asPods(of.rule(), of.namespace());
        PeerReach blocks = survey.byBlocks(of.rule(), of.namespace());
        asked.add(new Asked(of.rule(), of.namespace(), pods, blocks, of.ports()));
        possiblePeers.or(pods.possible());
        possiblePeers.or(blocks.possible());
    }

    private boolean mayBePeer(int other) {
        rules();
        return possiblePeers.get(other);
    }

    @Override
    public boolean isIsolated() {
        return isolated;
    }

    /** Whether any port may be open; a quick look, to which the answer is mostly no where policies are many. */
    @Override
    public boolean maybeOpen(int other, boolean ownNode) {
        return !isolated || unclear || ownNode || mayBePeer(other);
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
        if (mayBePeer(other)) {
            for (Asked each : asked) {
                allowance = allowance.or(each.workload(other, destination));
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
        for (Asked each : rules()) {
            allowance = allowance.or(each.ports()
                    .ports(destination)
                    .where(survey.addresses(each.rule(), each.namespace(), direction, addresses)));
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
        for (Asked each : rules()) {
            allowance = allowance.or(each.ports().ports(destination).where(survey.somePod(each.rule())));
        }
        return allowance;
    }

    /** The address blocks that the rules tell apart. */
    @Override
    public List<AddressRange> blocks() {
        return rules().stream()
                .flatMap(each -> each.rule().peers().stream())
                .flatMap(peer ->
                        peer.<Stream<Peer.IpBlock>>match(pods -> Stream.empty(), Stream::of, unknown -> Stream.empty()))
                .flatMap(block -> Stream.concat(Stream.of(block.cidr()), block.except().stream()))
                .map(Cidr::range)
                .distinct()
                .toList();
    }
}
