package dev.flowguard.policy.chain;

import dev.flowguard.policy.Labels;
import java.util.List;
import java.util.SortedMap;

/** What the meaning of a policy may depend on beside itself. */
public interface Surroundings {
    Plugin plugin();

    /** All of that type, in an order that depends on nothing but them. */
    <T extends SideInput> List<T> inputs(Class<T> type);

    /** The labels of every namespace, by its name. */
    SortedMap<String, Labels> namespaces();
}
