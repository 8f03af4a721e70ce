package dev.flowguard.wording;

import dev.flowguard.assess.PairAssessment;
import dev.flowguard.net.IpFamily;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import dev.flowguard.verdict.trace.Denial;
import dev.flowguard.verdict.trace.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Pairs of one flow that one sentence can speak of: the same destination, blocked on the same sides.
 *
 * @param pairs never empty
 * @param served which ports are named before others
 */
record PairGroup(List<PairAssessment> pairs, ServedPorts served) {
    private record Key(String destination, String sides) {}

    static List<PairGroup> of(List<PairAssessment> pairs, Names names, ServedPorts served) {
        Map<Key, List<PairAssessment>> groups = new LinkedHashMap<>();
        for (PairAssessment pair : pairs) {
            Key key = new Key(names.of(pair.pair().destination()), sides(pair.after()));
            groups.computeIfAbsent(key, each -> new ArrayList<>()).add(pair);
        }
        return groups.values().stream()
                .map(group -> new PairGroup(group, served))
                .toList();
    }

    private static String sides(Verdict verdict) {
        return verdict.match(() -> "", Verdict.Blocked::directions, undetermined -> "?");
    }

    PairAssessment first() {
        return pairs.get(0);
    }

    /** {@code checkout -> orders:8080/TCP}. */
    String text(Names names) {
        return sources(names) + " -> " + destination(names);
    }

    String sources(Names names) {
        return Names.some(
                pairs.stream().map(pair -> names.of(pair.pair().source())).toList());
    }

    /** {@code orders:8080/TCP}, {@code kube-system/coredns:53/TCP,53/UDP}. */
    String destination(Names names) {
        return names.of(first().pair().destination()) + ":" + ports();
    }

    /** The same, without the protocol where it is the one that everybody takes it to be. */
    String destinationInShort(Names names) {
        String ports = ports();
        String tcp = "/" + Protocol.TCP;
        boolean plain = ports.endsWith(tcp) && ports.indexOf(',') < 0;
        return names.of(first().pair().destination()) + ":"
                + (plain ? ports.substring(0, ports.length() - tcp.length()) : ports);
    }

    String ports() {
        return Ports.of(
                pairs.stream().map(PairAssessment::pair).map(Pair::traffic).toList(),
                first().pair().destination().match(pods -> served.of(pods.workload()), addresses -> List.of()));
    }

    /** {@code  over IPv6}, where all pairs are of that family and their ends have the other one, too; else nothing. */
    String family() {
        List<IpFamily> families = pairs.stream()
                .map(pair -> pair.pair().traffic().family())
                .distinct()
                .toList();
        boolean mayUseOther = Stream.of(IpFamily.values())
                .filter(family -> !families.contains(family))
                .anyMatch(other -> pairs.stream()
                        .allMatch(pair -> has(pair.pair().source(), other)
                                && has(pair.pair().destination(), other)));
        return mayUseOther ? " over " + families.get(0).spelling() : "";
    }

    private static boolean has(Endpoint end, IpFamily family) {
        return end.match(
                pods -> pods.workload().has(family),
                addresses -> addresses.range().family() == family);
    }

    /** The policies that isolate that side in any of the pairs, each once. */
    List<PolicyRef> isolatedBy(Direction direction) {
        return closed(direction)
                .flatMap(side -> side.isolatedBy().stream())
                .distinct()
                .toList();
    }

    /** What policies of other kinds do to that side in any of the pairs, each once. */
    List<Denial> deniedBy(Direction direction) {
        return closed(direction)
                .flatMap(side -> side.deniedBy().stream())
                .distinct()
                .toList();
    }

    private Stream<Verdict.Blocked.Side> closed(Direction direction) {
        return pairs.stream()
                .flatMap(pair -> pair.after()
                        .<Stream<Verdict.Blocked.Side>>match(
                                Stream::empty, blocked -> blocked.sides().stream(), undetermined -> Stream.empty()))
                .filter(side -> side.direction() == direction);
    }
}
