package dev.flowguard.view;

import dev.flowguard.assess.connections.Connection;
import dev.flowguard.assess.connections.ConnectionChanges;
import dev.flowguard.assess.connections.ConnectionEnd;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.feed.LoadedManifests;
import dev.flowguard.feed.Manifests;
import dev.flowguard.report.ManifestPlaces;
import dev.flowguard.wording.EndLabels;
import dev.flowguard.wording.PortLabels;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Tries changes. */
final class WhatIfDesk {
    private static final String NOTHING = "";

    /** More can neither be read nor drawn; how many there are in all is told. */
    private static final int MOST_CHANGES = 2_000;

    private final ShownCluster shown;
    private final Engine engine;
    private final PageStates states;

    WhatIfDesk(ShownCluster shown, Engine engine, PageStates states) {
        this.shown = shown;
        this.engine = engine;
        this.states = states;
    }

    /**
     * Judges a change.
     *
     * @param now the cluster as it is
     * @param text manifests; blank for deletions alone
     */
    synchronized WhatIf answer(Moment now, String text, List<ObjectRef> deletions, Engine.Requested by) {
        long start = System.nanoTime();
        // The survey behind the map is for one thread at a time, and nobody draws a map that is known.
        now.map();
        LoadedManifests manifests = read(text);
        if (!manifests.problems().isEmpty()) {
            return new WhatIf(
                    NOTHING,
                    NOTHING,
                    manifests.problems().stream()
                            .map(problem -> new WhatIf.ProblemView(
                                    problem.position().line(),
                                    (problem.field().steps().isEmpty() ? "" : problem.field() + ": ")
                                            + problem.message()))
                            .toList(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    0,
                    0,
                    WhatIf.Patch.NONE,
                    millisSince(start));
        }
        Engine.Judged judged = engine.judge(now.cluster(), manifests, deletions, by);
        Moment after = new Moment(judged.after(), now.levels());
        Trial trial = new Trial(
                now,
                after,
                manifests,
                deletions,
                namespaces ->
                        shown.places(now.cluster(), namespaces).with(ManifestPlaces.Origin.ofStandardInput(manifests)),
                judged.steps());
        FlowShift shift = FlowShift.between(now.standings(), after.standings(now));
        Reach reach = new Reach(now, after);
        ConnectionChanges changes = reach.connections();
        EndLabels labels = new EndLabels(Stream.concat(changes.gained().stream(), changes.lost().stream())
                .flatMap(each -> Stream.of(each.from(), each.to())));
        return new WhatIf(
                states.keep(trial),
                verdict(judged.steps()),
                List.of(),
                judged.steps(),
                shift.broken(),
                shift.repaired(),
                views(changes.gained(), labels),
                views(changes.lost(), labels),
                changes.gained().size(),
                changes.lost().size(),
                reach.patch(shift),
                millisSince(start));
    }

    /** Judges what changes nothing, and keeps nothing of it. */
    synchronized void rehearse(Moment now, String text) {
        now.map();
        Moment after = new Moment(
                engine.judge(now.cluster(), read(text), List.of(), new Engine.Requested("", List.of()))
                        .after(),
                now.levels());
        FlowShift shift = FlowShift.between(now.standings(), after.standings(now));
        Reach reach = new Reach(now, after);
        reach.connections();
        reach.patch(shift);
    }

    private static LoadedManifests read(String text) {
        if (text.isBlank()) {
            return LoadedManifests.of(List.of());
        }
        try {
            return Manifests.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<WhatIf.Change> views(List<Connection> connections, EndLabels labels) {
        List<WhatIf.Change> views = new ArrayList<>();
        for (Connection each : connections.subList(0, Math.min(MOST_CHANGES, connections.size()))) {
            ConnectionEnd from = each.from();
            ConnectionEnd to = each.to();
            if (!each.allowed().isEmpty()) {
                views.add(new WhatIf.Change(
                        labels.of(from), labels.of(to), String.join("; ", PortLabels.of(each.allowed())), true));
            }
            if (!each.undetermined().isEmpty()) {
                views.add(new WhatIf.Change(
                        labels.of(from), labels.of(to), String.join("; ", PortLabels.of(each.undetermined())), false));
            }
        }
        return views;
    }

    private static String verdict(List<WhatIf.StepView> steps) {
        return Stream.of("Rejected", "Breaks", "Warned", "Admitted", "Applied")
                .filter(decision ->
                        steps.stream().anyMatch(step -> step.decision().equals(decision)))
                .findFirst()
                .orElse(NOTHING);
    }

    private static long millisSince(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
