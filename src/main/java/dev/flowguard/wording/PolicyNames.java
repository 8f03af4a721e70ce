package dev.flowguard.wording;

import dev.flowguard.policy.PolicyRef;
import dev.flowguard.verdict.trace.Verdict;
import java.util.Comparator;
import java.util.List;

/**
 * Names of the policies that block something, where there is little room.
 *
 * @param namespace the reader's, whose policies go by their bare names
 * @param telling which tell more, and come first
 */
record PolicyNames(String namespace, Comparator<PolicyRef> telling) {
    /** {@code orders-ingress and 2 more}. */
    String some(Verdict.Blocked.Side side) {
        int more = all(side).size() - 1;
        return first(side) + (more > 0 ? " and " + more + " more" : "");
    }

    /** {@code orders-ingress}. */
    String first(Verdict.Blocked.Side side) {
        return all(side).stream().findFirst().orElse("");
    }

    private List<String> all(Verdict.Blocked.Side side) {
        List<PolicyRef> sorted = side.isolatedBy().stream().sorted(telling).toList();
        return Closers.names(new Verdict.Blocked.Side(side.direction(), sorted, side.deniedBy()), this::name);
    }

    private String name(PolicyRef policy) {
        return policy.namespace().equals(namespace) ? policy.name() : policy.toString();
    }
}
