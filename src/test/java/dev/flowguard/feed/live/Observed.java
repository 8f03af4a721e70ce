package dev.flowguard.feed.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.feed.live.api.Resources;
import dev.flowguard.policy.Policy;

/** What an object of the API is read as. */
final class Observed {
    private Observed() {}

    static Observation of(String yaml) {
        ObjectNode tree = FakeApiServer.tree(yaml);
        return new ObjectObserver()
                .observe(Resources.of(tree.path("kind").asText()).ref(tree), tree);
    }

    /** The NetworkPolicy that it is. */
    static Policy policy(String yaml) {
        return of(yaml).policies().get(0);
    }
}
