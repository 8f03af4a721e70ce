package dev.flowguard.policy.chain;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** A policy object in the neutral form of its kind. A record, so that what has not changed is equal. */
public interface PolicySource {
    /** Stands among {@link #podLabelKeys} for the name of a pod's service account; no label can have this key. */
    String SERVICE_ACCOUNT = "(service account)";

    RuledRef ref();

    /** What it comes down to; a function of the surroundings alone. */
    Mapping mapping(Surroundings surroundings);

    /** Paths of fields that this version does not know; only what depends on them is uncertain. */
    default List<String> allUnknownFields() {
        return List.of();
    }

    /** The names that were perhaps meant, by the paths of some of these fields. */
    default Map<String, String> meant() {
        return Map.of();
    }

    /** The keys of pods' labels that its selectors name, and {@link #SERVICE_ACCOUNT} where they name service accounts, so that pods which it tells apart are told apart. */
    Set<String> podLabelKeys();

    /**
     * Whether {@link #mapping} may come to something else where that input comes or goes. Asked only of inputs of a type that it has looked
     * at, so that whoever looks at few need not say more.
     */
    default boolean dependsOn(SideInput input, Surroundings surroundings) {
        return true;
    }
}
