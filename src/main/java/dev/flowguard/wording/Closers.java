package dev.flowguard.wording;

import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.verdict.trace.Denial;
import dev.flowguard.verdict.trace.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** What closes a side: NetworkPolicies that isolate it, and what policies of other kinds do to it. */
final class Closers {
    private Closers() {}

    /** {@code NetworkPolicy shop/orders}, {@code ClusterNetworkPolicy guard, ingress[0]}. */
    static String of(Verdict.Blocked.Side side) {
        List<String> parts = new ArrayList<>();
        if (!side.isolatedBy().isEmpty()) {
            parts.add(Names.policies(side.isolatedBy()));
        }
        if (!side.deniedBy().isEmpty()) {
            parts.add(Names.some(
                    side.deniedBy().stream().map(Closers::of).distinct().toList()));
        }
        return String.join(" and ", parts);
    }

    /** Each by its name alone, what denies before what isolates. */
    static List<String> names(Verdict.Blocked.Side side, Function<PolicyRef, String> networkPolicy) {
        return Stream.concat(
                        side.deniedBy().stream().map(Denial::policy).map(KindNames::of),
                        side.isolatedBy().stream().map(networkPolicy))
                .distinct()
                .toList();
    }

    /** {@code ClusterNetworkPolicy guard, ingress[0] "no-strangers"}. */
    static String of(Denial denial) {
        String policy = KindNames.of(denial.policy());
        return denial.rule().isEmpty() ? policy : policy + ", " + denial.rule();
    }

    /** Those that isolate the side, of whatever kind: none of their rules lets the traffic through. */
    static List<ObjectRef> isolating(Verdict.Blocked.Side side) {
        return Stream.concat(
                        side.isolatedBy().stream().map(ObjectRef::of),
                        side.deniedBy().stream()
                                .filter(denial -> denial.rule().isEmpty())
                                .map(Denial::policy))
                .distinct()
                .toList();
    }
}
