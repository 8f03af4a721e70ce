package dev.flowguard.testing;

import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ObjectRef;
import java.util.List;

/** Something that a cluster is made of, as the objects by which it would be observed. */
@FunctionalInterface
public interface Part {
    List<Observation> observations();

    static Part of(ObjectRef object, Fact... facts) {
        return () -> List.of(new Observation(object, List.of(facts)));
    }
}
