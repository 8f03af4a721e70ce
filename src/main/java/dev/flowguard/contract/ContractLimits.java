package dev.flowguard.contract;

import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Requirement;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How much one FlowContract may hold: the bounds of its schema, {@code deploy/base/crd/flowcontracts.yaml}. The API server refuses
 * a contract that goes beyond one of them.
 */
public final class ContractLimits {
    /** Flows of a contract. */
    public static final int FLOWS = 100;

    /** Characters of a flow's name. */
    public static final int FLOW_NAME = 63;

    /** Ports of a flow. */
    public static final int PORTS = 50;

    /** Exceptions of an ipBlock. */
    public static final int EXCEPTIONS = 100;

    /** Labels of a selector's matchLabels. */
    public static final int LABELS = 50;

    /** Conditions of a selector's matchExpressions. */
    public static final int EXPRESSIONS = 20;

    /** Values of one such condition. */
    public static final int VALUES = 100;

    private ContractLimits() {}

    /** The same in lists of at most that many, in their order; none of nothing. */
    public static <T> List<List<T>> parts(List<T> all, int most) {
        return IntStream.iterate(0, first -> first < all.size(), first -> first + most)
                .mapToObj(first -> all.subList(first, Math.min(first + most, all.size())))
                .toList();
    }

    /** Whether a contract has room to name that end. A NetworkPolicy, from which an end may come, knows no such bounds. */
    public static boolean allow(FlowEnd end) {
        return end.match(
                pods -> allow(pods.namespaces()) && allow(pods.pods()),
                ownedBy -> true,
                service -> true,
                outside -> outside.except().size() <= EXCEPTIONS,
                wellKnown -> true);
    }

    /** A condition is a label if it asks for one value; a second one on the same key is no label any more. */
    private static boolean allow(LabelSelector selector) {
        int labels = (int) selector.requirements().stream()
                .filter(each -> each.operator() == Requirement.Operator.IN
                        && each.values().size() == 1)
                .map(Requirement::key)
                .distinct()
                .count();
        return labels <= LABELS
                && selector.requirements().size() - labels <= EXPRESSIONS
                && selector.requirements().stream()
                        .allMatch(each -> each.values().size() <= VALUES);
    }
}
