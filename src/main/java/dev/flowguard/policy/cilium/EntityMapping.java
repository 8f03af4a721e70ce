package dev.flowguard.policy.cilium;

import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.chain.Ends;
import dev.flowguard.policy.chain.Ends.Nodes.Whose;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Who an entity is (OTHER-POLICIES L13, L14). */
final class EntityMapping {
    private EntityMapping() {}

    /** Whoever is one of them; own node and other nodes together are all nodes. */
    static Ends ends(Collection<Entity> entities) {
        List<Ends> parts =
                new ArrayList<>(entities.stream().map(EntityMapping::ends).toList());
        if (entities.contains(Entity.HOST) && entities.contains(Entity.REMOTE_NODE)) {
            parts.add(new Ends.Nodes(LabelSelector.EVERYTHING, Whose.ANY));
        }
        return Ends.anyOf(parts);
    }

    static Ends ends(Entity entity) {
        return switch (entity) {
            case ALL -> Ends.EVERYBODY;
            case WORLD -> new Ends.Outside();
            case CLUSTER -> cluster();
            case CLUSTER_MESH ->
                Ends.anyOf(
                        cluster(),
                        Ends.allOf(new Ends.Outside(), new Ends.Unclear("pods of other clusters are not known")));
            case HOST -> new Ends.Nodes(LabelSelector.EVERYTHING, Whose.OWN);
            case REMOTE_NODE -> new Ends.Nodes(LabelSelector.EVERYTHING, Whose.OTHER);
            case KUBE_APISERVER -> new Ends.ApiServer();
            // No pod that is ready is any of these, and neither is a node or an address that is known.
            case INIT, INGRESS, UNMANAGED, HEALTH, NONE -> Ends.NOBODY;
        };
    }

    /** Where it is not known what backs the API server, it is taken to be on the nodes. */
    private static Ends cluster() {
        return Ends.anyOf(
                new Ends.Pods(),
                new Ends.Nodes(LabelSelector.EVERYTHING, Whose.ANY),
                new Ends.OfService("default", "kubernetes"));
    }
}
