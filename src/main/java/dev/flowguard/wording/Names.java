package dev.flowguard.wording;

import dev.flowguard.cluster.object.Workload;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.verdict.pair.Endpoint;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** How things are called, as seen from one namespace: what is in it goes by its bare name (DESIGN 8.21). */
public final class Names {
    private static final int MOST_NAMED = 3;

    private final String namespace;

    /** @param namespace the reader's; empty to write every name in full */
    public Names(String namespace) {
        this.namespace = namespace;
    }

    public String of(Endpoint end) {
        return end.match(
                pods -> of(pods.workload()), addresses -> addresses.range().toString());
    }

    public String of(Workload workload) {
        return workload.namespace().equals(namespace) ? workload.name() : workload.toString();
    }

    /** {@code checkout, gateway, orders and 4 more}. */
    public static String some(Collection<String> names) {
        List<String> distinct = names.stream().distinct().toList();
        int more = distinct.size() - MOST_NAMED;
        if (more <= 0) {
            return and(distinct);
        }
        return String.join(", ", distinct.subList(0, MOST_NAMED)) + " and " + more + " more";
    }

    /** {@code NetworkPolicy shop/a}, {@code NetworkPolicies shop/a and shop/b}. */
    public static String policies(List<PolicyRef> policies) {
        String names = some(policies.stream().map(PolicyRef::toString).toList());
        return (policies.size() == 1 ? "NetworkPolicy " : "NetworkPolicies ") + names;
    }

    /** {@code 1 declared flow}, {@code 2 declared flows}. */
    public static String count(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private static String and(List<String> names) {
        if (names.size() < 2) {
            return String.join("", names);
        }
        return names.stream().limit(names.size() - 1L).collect(Collectors.joining(", "))
                + " and "
                + names.get(names.size() - 1);
    }
}
