package dev.flowguard.view;

import dev.flowguard.assess.StateAssessor;
import dev.flowguard.assess.connections.ConnectionChanges;
import dev.flowguard.assess.connections.ConnectionEnd.Deployed;
import dev.flowguard.assess.connections.ConnectionScope;
import dev.flowguard.assess.connections.TouchedEnds;
import dev.flowguard.cluster.NamespaceShard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How far a change reaches, so that an answer costs what has changed and not what there is. */
final class Reach {
    private final Moment before;
    private final Moment after;

    /** Empty where any connection may be another. */
    private final Optional<TouchedEnds> touched;

    Reach(Moment before, Moment after) {
        this.before = before;
        this.after = after;
        this.touched = TouchedEnds.between(before.cluster(), after.cluster());
    }

    ConnectionChanges connections() {
        return touched.filter(TouchedEnds::areNone).isPresent()
                ? new ConnectionChanges(List.of(), List.of(), List.of(), List.of())
                : ConnectionChanges.between(
                        before.survey(),
                        after.survey(before),
                        touched.map(TouchedEnds::scope).orElse(ConnectionScope.EVERYTHING));
    }

    WhatIf.Patch patch(FlowShift shift) {
        return touched.filter(ends -> namespaces(before).equals(namespaces(after)))
                .map(ends -> patch(ends, shift))
                .orElse(WhatIf.Patch.WHOLE);
    }

    private static List<String> namespaces(Moment moment) {
        return moment.cluster().namespaces().stream().map(NamespaceShard::name).toList();
    }

    private WhatIf.Patch patch(TouchedEnds of, FlowShift shift) {
        // Drawing it gives everybody a place, addresses too.
        boolean bundled = !before.map().bundles().isEmpty();
        EndList earlier = before.ends();
        EndList ends = earlier.after(after.cluster());
        List<ClusterMap.Link> links =
                bundled || of.areNone() ? List.of() : new MapDrawing(after, ends).links(of.scope());
        List<FlowRow> flows = new FlowRows(after.cluster(), ends)
                .of(StateAssessor.toldOnce(after.standings()).stream()
                        .filter(standing ->
                                shift.changed().contains(standing.flow().toString()))
                        .toList());
        Set<Deployed> all = new LinkedHashSet<>(of.sending());
        all.addAll(of.receiving());
        return new WhatIf.Patch(
                false,
                ends.places(of.sending()),
                ends.places(of.receiving()),
                ends.some(all, after.survey()),
                ends.gone(),
                links,
                bundled ? bundles(of.scope()) : List.of(),
                flows,
                gone(shift, flows),
                counts());
    }

    /** The namespaces that have another number of workloads. */
    private List<ClusterMap.Namespace> counts() {
        Set<ClusterMap.Namespace> counts = new LinkedHashSet<>(counted(after));
        counts.removeAll(counted(before));
        return List.copyOf(counts);
    }

    private static List<ClusterMap.Namespace> counted(Moment moment) {
        return moment.cluster().namespaces().stream()
                .map(ClusterMap.Namespace::of)
                .toList();
    }

    /** Declared no more, or told by another by now. */
    private static List<String> gone(FlowShift shift, List<FlowRow> shown) {
        Set<String> gone = new LinkedHashSet<>(shift.gone());
        gone.addAll(shift.changed());
        gone.removeAll(shown.stream().map(FlowRow::key).collect(Collectors.toSet()));
        return List.copyOf(gone);
    }

    private List<ClusterMap.Bundle> bundles(ConnectionScope scope) {
        Map<MapDrawing.Way, Integer> counts = new HashMap<>();
        before.map().bundles().forEach(each -> counts.put(new MapDrawing.Way(each.from(), each.to()), each.links()));
        Map<MapDrawing.Way, Integer> was = bundles(before, scope);
        Map<MapDrawing.Way, Integer> is = bundles(after, scope);
        Set<MapDrawing.Way> ways = new LinkedHashSet<>(was.keySet());
        ways.addAll(is.keySet());
        List<ClusterMap.Bundle> changed = new ArrayList<>();
        for (MapDrawing.Way way : ways) {
            int shift = is.getOrDefault(way, 0) - was.getOrDefault(way, 0);
            if (shift != 0) {
                changed.add(new ClusterMap.Bundle(way.from(), way.to(), counts.getOrDefault(way, 0) + shift));
            }
        }
        return changed;
    }

    private Map<MapDrawing.Way, Integer> bundles(Moment moment, ConnectionScope scope) {
        return new MapDrawing(moment, before.ends().after(moment.cluster())).bundles(scope);
    }
}
