package dev.flowguard.assess.finding.diagnosis;

import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.Rule;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A rule in its place. */
public record RuleSite(Direction direction, Rule rule) {
    /** The path of the field, as {@code spec.ingress[0]}. */
    public String place() {
        return "spec." + shortPlace();
    }

    /** The path within the spec, as {@code ingress[0]}. */
    public String shortPlace() {
        return direction.section() + "[" + rule.index() + "]";
    }

    /** Of what tells the rules of a policy apart. */
    @Override
    public int hashCode() {
        return 31 * direction.ordinal() + rule.index();
    }

    public Stream<PodPeer> podPeers() {
        return IntStream.range(0, rule.peers().size())
                .boxed()
                .flatMap(i -> rule.peers()
                        .get(i)
                        .match(
                                pods -> Stream.of(new PodPeer(this, i, pods)),
                                block -> Stream.empty(),
                                unknown -> Stream.empty()));
    }

    Stream<BlockPeer> blockPeers() {
        return IntStream.range(0, rule.peers().size())
                .boxed()
                .flatMap(i -> rule.peers()
                        .get(i)
                        .match(
                                pods -> Stream.empty(),
                                block -> Stream.of(new BlockPeer(this, i, block)),
                                unknown -> Stream.empty()));
    }

    public Stream<RulePort> ports() {
        return IntStream.range(0, rule.ports().size())
                .mapToObj(i -> new RulePort(this, i, rule.ports().get(i)));
    }

    /** Whether all of its peers are of one kind: pods, where {@code pods}, or address blocks. */
    public boolean isOnlyFor(boolean pods) {
        return !rule.isForAnybody()
                && rule.peers().stream()
                        .allMatch(peer -> peer.<Boolean>match((Peer.Pods p) -> pods, block -> !pods, unknown -> false));
    }
}
