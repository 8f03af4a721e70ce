package dev.flowguard.view;

import dev.flowguard.assess.repair.Inquiry;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.feed.LoadedManifests;
import dev.flowguard.verdict.trace.Trace;
import java.util.List;

/** Questions and changes in people's words, put to the engine as the command line puts them. */
public interface Engine {
    /**
     * A question that was understood.
     *
     * @param flow the same traffic, as it would be declared
     * @param notes how it was understood, where that is not plain
     */
    record Asked(Inquiry inquiry, List<Trace> traces, Flow flow, List<String> notes) {
        public Asked {
            traces = List.copyOf(traces);
            notes = List.copyOf(notes);
        }
    }

    /** What was decided, step by step, and the cluster with all of it applied. */
    record Judged(Snapshot after, List<WhatIf.StepView> steps) {
        public Judged {
            steps = List.copyOf(steps);
        }
    }

    /** Who asks for a change. */
    record Requested(String user, List<String> groups) {
        public Requested {
            groups = List.copyOf(groups);
        }
    }

    /**
     * Asks whether one end can reach another.
     *
     * @param port empty for all that a Service has
     * @throws dev.flowguard.config.BadInput where nothing has such a name, or the port makes no sense
     */
    Asked ask(Snapshot cluster, String from, String to, String port);

    /** Judges deletions and then objects, in their order, as the webhook would. */
    Judged judge(Snapshot cluster, LoadedManifests objects, List<ObjectRef> deletions, Requested by);
}
