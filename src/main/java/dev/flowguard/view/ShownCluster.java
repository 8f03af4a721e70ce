package dev.flowguard.view;

import dev.flowguard.cluster.Snapshot;
import dev.flowguard.report.ManifestPlaces;
import java.util.List;
import java.util.Set;

/** The cluster that the page shows: the port to whatever knows it. Methods may be called by several threads. */
public interface ShownCluster {
    /** Where it is described, in words: a folder, or which live cluster. */
    String origin();

    /** Whether it is a live one, to which nothing is ever applied. */
    boolean isLive();

    /** As it is now. */
    Snapshot snapshot();

    /** Grows whenever the cluster is another. */
    default long generation() {
        return snapshot().generation();
    }

    /**
     * What the policies of these namespaces look like as manifests.
     *
     * @param cluster in which they are
     */
    ManifestPlaces places(Snapshot cluster, Set<String> namespaces);

    /** Makes a change that was tried part of the cluster; where that is a live one, only of what the page shows of it. */
    void apply(Trial trial);

    /** Whether a webhook runs in the same program. */
    boolean decides();

    /** Decisions of the webhook, the newest first; none where there is no webhook. */
    List<PastDecision> decisions();

    /** How many decisions there have been: another number, and there are new ones. */
    default long decided() {
        return 0;
    }

    /** What the status of contracts says of their flows; nothing where there is none. */
    default List<RecordedFlow> recorded() {
        return List.of();
    }

    /** What it is worth to know of the cluster beside its flows, in sentences. */
    List<String> notes();
}
