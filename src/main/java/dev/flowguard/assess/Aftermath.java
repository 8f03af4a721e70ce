package dev.flowguard.assess;

import dev.flowguard.binding.FlowBinding;
import dev.flowguard.binding.UnboundFlow;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.Snapshot;
import java.util.List;
import java.util.function.Predicate;

/**
 * The cluster with a change applied.
 *
 * @param effort after which neither repairs nor flows that speak of nothing are looked for any longer
 */
public record Aftermath(Snapshot cluster, PolicyView policies, Effort effort) {
    /**
     * The flows that contracts of that namespace declare and that speak of nothing in this cluster.
     *
     * @param bound those that are known to speak of something
     */
    List<UnboundFlow> unboundFlowsOf(String namespace, Predicate<DeclaredFlow> bound) {
        FlowBinding binding = new FlowBinding(cluster, List.of(policies));
        return cluster.flowsTouching(cluster.namespaceOrAssumed(namespace)).stream()
                .filter(flow -> !flow.contract().source().isImplied()
                        && flow.contract().source().homeNamespace().equals(namespace)
                        && !bound.test(flow))
                .takeWhile(flow -> !effort.isOverNow())
                .flatMap(flow -> binding.unbound(flow.flow()).stream().map(why -> new UnboundFlow(flow, why)))
                .toList();
    }
}
