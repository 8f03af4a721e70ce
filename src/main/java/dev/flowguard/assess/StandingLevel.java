package dev.flowguard.assess;

import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.Enforcement;
import dev.flowguard.contract.ImpliedKind;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.verdict.trace.Verdict;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How far it goes that a flow is broken in a state, where no change decides it. */
public final class StandingLevel {
    private StandingLevel() {}

    /**
     * The contract's; for an implied flow the strongest level of its kind in the namespaces of the policies that close it, as if each of
     * those were just made. Empty: nobody wants it told.
     */
    public static Optional<Enforcement> of(FlowStanding standing, Snapshot cluster) {
        Optional<ImpliedKind> kind = standing.flow().contract().source().impliedKind();
        if (kind.isEmpty()) {
            return Optional.of(standing.flow().contract().enforcement());
        }
        Set<String> namespaces = standing.examples().stream()
                .flatMap(example -> closedIn(example.verdict()))
                .collect(Collectors.toSet());
        return (namespaces.isEmpty() ? Stream.of("") : namespaces.stream())
                .flatMap(namespace ->
                        cluster
                                .impliedLevel(
                                        kind.get(),
                                        cluster.namespaceOrAssumed(namespace).entry())
                                .stream())
                .max(Comparator.naturalOrder());
    }

    /** The namespaces of the policies that block; empty for a cluster-wide one. */
    private static Stream<String> closedIn(Verdict verdict) {
        return verdict.match(
                Stream::of,
                blocked -> blocked.sides().stream()
                        .flatMap(side -> Stream.concat(
                                side.isolatedBy().stream().map(PolicyRef::namespace),
                                side.deniedBy().stream()
                                        .map(denial -> denial.policy().namespace()))),
                undetermined -> Stream.of());
    }
}
