package dev.flowguard.assess;

import dev.flowguard.cluster.object.Workload;
import dev.flowguard.policy.Answer;
import dev.flowguard.verdict.Reachability;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import dev.flowguard.verdict.trace.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The pairs of a flow in an earlier state, to be found by what people would call the same: the same owner's pods, the same
 * addresses. A workload that was relabelled is still the same; where one owner has several workloads, one with the same labels is
 * preferred.
 */
final class PastPairs {
    /** A pair's ends by name. */
    private record Ends(String source, String destination) {}

    /**
     * What pairs were.
     *
     * @param answers those of all pairs that are alike
     * @param example the verdict of one of them
     */
    record Past(Set<Answer> answers, Verdict example) {
        Past {
            answers = Set.copyOf(answers);
        }
    }

    private final Map<Ends, List<Pair>> pairs;
    private final Reachability reachability;
    private final boolean discovered;

    /** @param discovered whether addresses are those that a Service or the cluster names, so that others may take their place */
    PastPairs(List<Pair> pairs, Reachability reachability, boolean discovered) {
        this.discovered = discovered;
        this.pairs = pairs.stream().collect(Collectors.groupingBy(PastPairs::ends, HashMap::new, Collectors.toList()));
        this.reachability = reachability;
    }

    boolean isEmpty() {
        return pairs.isEmpty();
    }

    /**
     * What was like that pair: the same traffic between the same ends. Where the flow went to other ports between these ends, or
     * to other addresses, because a Service or a named port led there, it is that; but only if all of it held, so that nothing is
     * taken to be lost that was not there.
     */
    Optional<Past> like(Pair pair) {
        List<Pair> sameNames = pairs.getOrDefault(ends(pair), List.of()).stream()
                .filter(past -> past.traffic().family() == pair.traffic().family())
                .toList();
        List<Pair> sameAddresses = sameNames.stream()
                .filter(past ->
                        overlap(past.source(), pair.source()) && overlap(past.destination(), pair.destination()))
                .toList();
        List<Pair> sameEnds = sameAddresses.isEmpty() && discovered ? sameNames : sameAddresses;
        List<Pair> sameTraffic = sameAddresses.stream()
                .filter(past -> past.traffic().protocol() == pair.traffic().protocol()
                        && past.traffic().ports().overlaps(pair.traffic().ports()))
                .toList();
        List<Pair> alike = preferred(sameTraffic.isEmpty() ? sameEnds : sameTraffic, pair);
        if (alike.isEmpty()) {
            return Optional.empty();
        }
        Set<Answer> answers = alike.stream().map(reachability::answer).collect(Collectors.toSet());
        return sameTraffic.isEmpty() && answers.size() > 1
                ? Optional.empty()
                : Optional.of(new Past(answers, reachability.verdict(alike.get(0))));
    }

    private static List<Pair> preferred(List<Pair> candidates, Pair pair) {
        List<Pair> sameLabels = candidates.stream()
                .filter(past -> alike(past.source(), pair.source()) && alike(past.destination(), pair.destination()))
                .toList();
        return sameLabels.isEmpty() ? candidates : sameLabels;
    }

    private static boolean alike(Endpoint past, Endpoint now) {
        return past.match(
                pods -> now.match(
                        others -> pods.workload()
                                .labels()
                                .equals(others.workload().labels()),
                        addresses -> false),
                addresses -> true);
    }

    private static boolean overlap(Endpoint past, Endpoint now) {
        return past.match(
                pods -> true,
                range -> now.match(pods -> false, other -> range.range().overlaps(other.range())));
    }

    private static Ends ends(Pair pair) {
        return new Ends(name(pair.source()), name(pair.destination()));
    }

    private static String name(Endpoint end) {
        return end.match(pods -> name(pods.workload()), addresses -> "");
    }

    private static String name(Workload workload) {
        return workload.namespace() + "/" + workload.owners();
    }
}
