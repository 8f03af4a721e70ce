package dev.flowguard.assess.repair;

import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.Rule;
import dev.flowguard.policy.amend.WrittenPeer;
import dev.flowguard.policy.amend.WrittenSelector;
import dev.flowguard.verdict.Reachability;
import dev.flowguard.verdict.trace.NearMiss;
import dev.flowguard.verdict.trace.NearMissSearch;
import dev.flowguard.verdict.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Looks for a selector of a NetworkPolicy that selects nobody and was nearly right: an engineer mends it where it stands, and adds no
 * policy beside it.
 */
final class Mending {
    private final RepairedPolicies policies;
    private final NearMissSearch nearMisses;

    Mending(RepairedPolicies policies) {
        this.policies = policies;
        this.nearMisses = new NearMissSearch(policies.cluster(), policies.view());
    }

    /** What may have been meant to let the need through; whether it does is for others to find. */
    Stream<Repair.Mended> of(Need need) {
        return need.pairs().stream().limit(1).flatMap(blocked -> {
            Trace trace = new Reachability(policies.cluster(), policies.view()).trace(blocked.pair());
            return trace.sides().stream()
                    .filter(side -> side.direction() == need.direction())
                    .flatMap(side -> nearMisses.search(trace.pair(), side).stream())
                    .flatMap(miss -> mended(miss, need));
        });
    }

    private Stream<Repair.Mended> mended(NearMiss miss, Need need) {
        return miss.policy().asPolicy().stream()
                .flatMap(ref -> policies.view().policiesIn(ref.namespace()).stream()
                        .filter(policy -> policy.policy().ref().equals(ref)))
                .flatMap(policy -> switch (miss.reason()) {
                    case SELECTS_ONE_LABEL_OFF -> selecting(policy, need);
                    case PEER_ONE_LABEL_OFF, NAMESPACE_ONE_LABEL_OFF, PEER_IN_OTHER_NAMESPACE ->
                        naming(policy.policy(), miss.rule(), need);
                    case OTHER_PROTOCOL,
                            SERVICE_PORT,
                            OTHER_DIRECTION,
                            NOT_IN_POLICY_TYPES,
                            POLICY_IN_OTHER_NAMESPACE -> Stream.empty();
                });
    }

    private static Stream<Repair.Mended> selecting(CompiledPolicy compiled, Need need) {
        Policy policy = compiled.policy();
        return compiled.selected().isEmpty()
                ? Stream.of(new Repair.Mended(
                        new Policy(
                                policy.ref(),
                                need.selecting(),
                                policy.ingress(),
                                policy.egress(),
                                policy.unknownFields()),
                        need.direction(),
                        "podSelector",
                        WrittenSelector.of(policy.podSelector()),
                        WrittenSelector.of(need.selecting())))
                : Stream.empty();
    }

    private Stream<Repair.Mended> naming(Policy policy, int index, Need need) {
        List<Rule> rules = policy.rules(need.direction());
        if (need.others().size() != 1 || index >= rules.size()) {
            return Stream.empty();
        }
        Rule rule = rules.get(index);
        return IntStream.range(0, rule.peers().size())
                .filter(i -> isDead(rule.peers().get(i), policy.ref().namespace()))
                .mapToObj(i -> {
                    List<Peer> peers = new ArrayList<>(rule.peers());
                    Peer was = peers.set(i, need.others().get(0));
                    List<Rule> mended = new ArrayList<>(rules);
                    mended.set(index, new Rule(rule.index(), peers, rule.ports(), rule.unknownFields()));
                    return new Repair.Mended(
                            with(policy, need.direction(), mended),
                            need.direction(),
                            need.direction().section() + "[" + index + "]."
                                    + need.direction().peers() + "[" + i + "]",
                            WrittenPeer.of(was),
                            WrittenPeer.of(need.others().get(0)));
                });
    }

    private static Policy with(Policy policy, Direction direction, List<Rule> rules) {
        Policy.Section section = Policy.Section.isolating(rules);
        boolean ingress = direction == Direction.INGRESS;
        return new Policy(
                policy.ref(),
                policy.podSelector(),
                ingress ? section : policy.ingress(),
                ingress ? policy.egress() : section,
                policy.unknownFields());
    }

    /** A peer that names no pod there is: nobody loses anything when it names somebody else. */
    private boolean isDead(Peer peer, String namespace) {
        return peer.match(
                pods -> pods.namespaces()
                        .match(
                                () -> Stream.of(policies.cluster().namespaceOrAssumed(namespace)),
                                matching -> policies.cluster().namespacesMatching(matching.selector()).stream())
                        .allMatch((NamespaceShard shard) ->
                                shard.select(pods.pods()).isEmpty()),
                block -> false,
                unknown -> false);
    }
}
