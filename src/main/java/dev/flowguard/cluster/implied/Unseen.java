package dev.flowguard.cluster.implied;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What of a cluster manifests do not show, so that what they lack proves nothing. Of a live cluster everything is seen.
 *
 * @param customKinds kinds of custom resources, or groups of them, for which operators that are not known may make pods and namespaces
 * @param rewritten whether kustomizations give the objects other namespaces or labels than those which are read
 * @param scattered by namespace as it is written, into which ones kustomizations put its objects, never all together
 */
public record Unseen(List<String> customKinds, boolean rewritten, Map<String, List<String>> scattered) {
    public Unseen {
        customKinds = List.copyOf(customKinds);
        scattered = Map.copyOf(scattered);
    }

    public static Unseen of(List<Implication> implications) {
        Reader reader = new Reader();
        implications.forEach(implication -> implication.accept(reader));
        return new Unseen(reader.customKinds, reader.rewritten, reader.scattered);
    }

    /** Whether a selector that matches nothing may match all the same. */
    public boolean mayMatch() {
        return rewritten || !customKinds.isEmpty();
    }

    /** Whether what is in the namespace, as it is written, is there together in the cluster as well. */
    public boolean isTogether(String namespace) {
        return !scattered.containsKey(namespace);
    }

    private static final class Reader implements Implication.Visitor {
        private final List<String> customKinds = new ArrayList<>();
        private final Map<String, List<String>> scattered = new HashMap<>();
        private boolean rewritten;

        @Override
        public void custom(Implication.Custom custom) {
            customKinds.add(custom.kind());
        }

        @Override
        public void rewritten() {
            rewritten = true;
        }

        @Override
        public void scattered(Implication.Scattered each) {
            scattered.put(each.namespace(), each.into());
        }
    }
}
