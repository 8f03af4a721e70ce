package dev.flowguard.view;

import dev.flowguard.assess.FlowStanding;
import dev.flowguard.assess.StateAssessor;
import dev.flowguard.assess.connections.Survey;
import dev.flowguard.assess.finding.FindingLevels;
import dev.flowguard.cluster.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A cluster at one moment, with what has been found out about it: several questions follow one another. */
public final class Moment {
    private final Snapshot cluster;
    private final FindingLevels levels;
    private @Nullable EndList ends;
    private @Nullable Survey survey;
    private @Nullable List<FlowStanding> standings;
    private @Nullable ClusterMap map;

    Moment(Snapshot cluster, FindingLevels levels) {
        this.cluster = cluster;
        this.levels = levels;
    }

    Snapshot cluster() {
        return cluster;
    }

    FindingLevels levels() {
        return levels;
    }

    /** Everybody on the map, in the order in which they are there. */
    synchronized EndList ends() {
        @Nullable EndList known = ends;
        if (known == null) {
            known = new EndList(cluster);
            ends = known;
        }
        return known;
    }

    synchronized Survey survey() {
        @Nullable Survey known = survey;
        if (known == null) {
            known = new Survey(cluster);
            survey = known;
        }
        return known;
    }

    /** Where another has been surveyed, only what differs from it is. */
    synchronized Survey survey(Moment earlier) {
        Survey known = earlier.survey().after(cluster);
        survey = known;
        return known;
    }

    synchronized List<FlowStanding> standings() {
        @Nullable List<FlowStanding> known = standings;
        if (known == null) {
            known = new StateAssessor(cluster).assess();
            standings = known;
        }
        return known;
    }

    /** Where it is known how flows stood before, those that cannot have changed are not judged again. */
    synchronized List<FlowStanding> standings(Moment earlier) {
        List<FlowStanding> known = new StateAssessor(cluster).assess(earlier.cluster, earlier.standings());
        standings = known;
        return known;
    }

    synchronized ClusterMap map() {
        @Nullable ClusterMap known = map;
        if (known == null) {
            known = new MapDrawing(this).draw();
            map = known;
        }
        return known;
    }
}
