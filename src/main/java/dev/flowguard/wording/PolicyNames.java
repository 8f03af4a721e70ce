package dev.flowguard.wording;

import dev.flowguard.policy.PolicyRef;
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
    String some(List<PolicyRef> policies) {
        int more = policies.size() - 1;
        return first(policies) + (more > 0 ? " and " + more + " more" : "");
    }

    /** {@code orders-ingress}. */
    String first(List<PolicyRef> policies) {
        return policies.stream().min(telling).map(this::name).orElse("");
    }

    private String name(PolicyRef policy) {
        return policy.namespace().equals(namespace) ? policy.name() : policy.toString();
    }
}
