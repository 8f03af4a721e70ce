package dev.flowguard.view;

import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ObjectRef;
import java.util.List;
import java.util.stream.Stream;

/** The objects of a cluster that people write, and so may edit or delete: not those that controllers make. */
final class ObjectList {
    private ObjectList() {}

    /** As {@code KIND/NAMESPACE/NAME}, or {@code KIND/NAME} for what is in no namespace. */
    static List<String> of(Snapshot cluster) {
        return Stream.concat(Stream.of(""), cluster.namespaces().stream().map(NamespaceShard::name))
                .flatMap(namespace -> cluster.observedIn(namespace).stream())
                .filter(ObjectList::isWritten)
                .map(Observation::object)
                .map(ObjectList::text)
                .sorted()
                .toList();
    }

    private static String text(ObjectRef object) {
        return object.namespace().isEmpty()
                ? object.kind() + "/" + object.name()
                : object.kind() + "/" + object.namespace() + "/" + object.name();
    }

    private static boolean isWritten(Observation observation) {
        return observation.facts().stream()
                .noneMatch(fact -> fact instanceof Fact.Node
                        || fact instanceof Fact.Endpoints
                        || fact instanceof Fact.Owned
                        || fact instanceof Fact.Pod pod && !pod.owner().kind().equals("Pod"));
    }
}
