package dev.flowguard.assess;

import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.cluster.object.NamespaceEntry;
import java.util.HashMap;
import java.util.Map;

/**
 * Flows declared in namespaces whose contracts the changed one does not accept. They can only bring warnings, of which few are told, so
 * where time is short no more than some of each such namespace are judged: whoever declares thousands of flows to everybody would
 * otherwise slow down everybody's changes.
 */
final class OthersFlows {
    private static final int MOST_OF_ONE = 200;

    private final NamespaceEntry changed;
    private final boolean isTimeShort;
    private final Map<String, Boolean> accepted = new HashMap<>();
    private final Map<String, Integer> judged = new HashMap<>();
    private int passedOver;

    /** @param changed where the change is made; one without a name is the whole cluster, whose administrators hear of everybody's */
    OthersFlows(NamespaceEntry changed, Effort effort) {
        this.changed = changed;
        this.isTimeShort = !effort.isUnlimited() && !changed.name().isEmpty();
    }

    /** Whether the flow is to be passed over, which is counted. */
    boolean passOver(DeclaredFlow flow) {
        boolean isOneTooMany = isTimeShort
                && judged.getOrDefault(home(flow), 0) >= MOST_OF_ONE
                && !flow.contract().source().isClusterWide()
                && !accepted.computeIfAbsent(home(flow), changed::acceptsContractsFrom);
        passedOver += isOneTooMany ? 1 : 0;
        return isOneTooMany;
    }

    /** Takes note of a flow that the change concerns. */
    void judged(DeclaredFlow flow) {
        judged.merge(home(flow), 1, Integer::sum);
    }

    int passedOver() {
        return passedOver;
    }

    private static String home(DeclaredFlow flow) {
        return flow.contract().source().homeNamespace();
    }
}
