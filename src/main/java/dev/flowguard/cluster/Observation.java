package dev.flowguard.cluster;

import dev.flowguard.contract.ObjectRef;
import java.util.List;

/** What is now known of one object, in place of all that was known of it before. An object that is gone tells nothing. */
public record Observation(ObjectRef object, List<Fact> facts) {
    public Observation {
        facts = List.copyOf(facts);
    }

    public static Observation gone(ObjectRef object) {
        return new Observation(object, List.of());
    }
}
