package dev.flowguard.view;

import dev.flowguard.assess.connections.ConnectionChanges;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How far a change reaches, so that no more than that is looked at anew.
 *
 * @param namespaces in which something is another than before
 * @param bounded whether nothing else can be another: no label of a namespace, nothing of the whole cluster
 */
record Reach(List<String> namespaces, boolean bounded) {
    private static final ConnectionChanges NO_CHANGES =
            new ConnectionChanges(List.of(), List.of(), List.of(), List.of());

    static Reach between(Snapshot before, Snapshot after) {
        Set<String> changed = new LinkedHashSet<>();
        Stream.of(before, after)
                .flatMap(each -> each.namespaces().stream())
                .map(NamespaceShard::name)
                .filter(name -> !before.namespace(name).equals(after.namespace(name)))
                .forEach(changed::add);
        return new Reach(List.copyOf(changed), after.flowsChangedSince(before).isPresent());
    }

    ConnectionChanges compare(Moment before, Moment after) {
        if (bounded && namespaces.isEmpty()) {
            return NO_CHANGES;
        }
        return ConnectionChanges.between(
                before.survey(), after.survey(), bounded && namespaces.size() == 1 ? namespaces.get(0) : "");
    }

    WhatIf.Patch patch(Moment before, Moment after, FlowShift shift) {
        boolean known = bounded
                && namespaces.size() <= 1
                && after.ends().isLike(before.ends())
                && before.map().bundles().isEmpty();
        if (!known) {
            return WhatIf.Patch.WHOLE;
        }
        List<FlowRow> flows = new FlowRows(after.cluster(), after.ends()).of(shift.changed());
        if (namespaces.isEmpty()) {
            return new WhatIf.Patch(false, List.of(), List.of(), List.of(), flows);
        }
        String namespace = namespaces.get(0);
        List<ClusterMap.Link> links = new MapDrawing(after, before.levels()).links(namespace);
        return new WhatIf.Patch(false, namespaces, after.ends().some(namespace, after.survey()), links, flows);
    }
}
