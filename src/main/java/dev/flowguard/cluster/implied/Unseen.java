package dev.flowguard.cluster.implied;

import java.util.ArrayList;
import java.util.List;

/**
 * What of a cluster manifests do not show, so that what they lack proves nothing. Of a live cluster everything is seen.
 *
 * @param customKinds kinds of custom resources, or groups of them, for which operators that are not known may make pods and namespaces
 * @param rewritten whether kustomizations give the objects other namespaces or labels than those which are read
 */
public record Unseen(List<String> customKinds, boolean rewritten) {
    public Unseen {
        customKinds = List.copyOf(customKinds);
    }

    public static Unseen of(List<Implication> implications) {
        Reader reader = new Reader();
        implications.forEach(implication -> implication.accept(reader));
        return new Unseen(reader.customKinds, reader.rewritten);
    }

    /** Whether a selector that matches nothing may match all the same. */
    public boolean mayMatch() {
        return rewritten || !customKinds.isEmpty();
    }

    private static final class Reader implements Implication.Visitor {
        private final List<String> customKinds = new ArrayList<>();
        private boolean rewritten;

        @Override
        public void custom(Implication.Custom custom) {
            customKinds.add(custom.kind());
        }

        @Override
        public void rewritten() {
            rewritten = true;
        }
    }
}
