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
    private final EndList ends;
    private @Nullable Survey survey;
    private @Nullable List<FlowStanding> standings;
    private @Nullable ClusterMap map;

    Moment(Snapshot cluster, FindingLevels levels) {
        this(cluster, levels, new EndList(cluster));
    }

    private Moment(Snapshot cluster, FindingLevels levels, EndList ends) {
        this.cluster = cluster;
        this.levels = levels;
        this.ends = ends;
    }

    /** A later moment, in which everybody who is in both has the same place on the map. */
    synchronized Moment next(Snapshot later) {
        map();
        return new Moment(later, levels, new EndList(later, ends));
    }

    Snapshot cluster() {
        return cluster;
    }

    FindingLevels levels() {
        return levels;
    }

    EndList ends() {
        return ends;
    }

    synchronized Survey survey() {
        @Nullable Survey known = survey;
        if (known == null) {
            known = new Survey(cluster);
            survey = known;
        }
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
            known = new MapDrawing(this, levels).draw();
            map = known;
        }
        return known;
    }
}
