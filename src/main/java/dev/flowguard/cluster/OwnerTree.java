package dev.flowguard.cluster;

import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.Owner;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which controllers of one namespace are owned by which. */
final class OwnerTree {
    /** Deeper than any real chain (Pod, ReplicaSet, Deployment, custom resource); also ends a chain that bites its tail. */
    private static final int DEEPEST = 10;

    private final Map<Owner, Owner> parents = new HashMap<>();

    void add(Fact.Owned owned) {
        parents.put(owned.child(), owned.parent());
    }

    /** The owner that nobody is seen to own. */
    Owner topmost(Owner owner) {
        Owner current = owner;
        for (int depth = 0; depth < DEEPEST; depth++) {
            @Nullable Owner parent = parents.get(current);
            if (parent == null) {
                return current;
            }
            current = parent;
        }
        return owner;
    }
}
