package dev.flowguard.feed.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.policy.PolicyRef;
import java.util.List;
import java.util.Map;

/**
 * What the API server told of a cluster.
 *
 * @param policies as they would be applied: without what the API server itself writes into them
 * @param notes what is not known of the cluster and what is lost by that, in sentences
 * @param gaps why what is known is not enough to judge by, in sentences with a remedy; empty where it is
 */
public record ListedCluster(
        List<Observation> observations, Map<PolicyRef, ObjectNode> policies, List<String> notes, List<String> gaps) {
    public ListedCluster {
        observations = List.copyOf(observations);
        policies = Map.copyOf(policies);
        notes = List.copyOf(notes);
        gaps = List.copyOf(gaps);
    }
}
