package dev.flowguard.view;

import dev.flowguard.assess.finding.FindingLevels;
import dev.flowguard.assess.finding.Findings;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.report.Report;
import dev.flowguard.wording.KindNames;
import java.util.List;

/** What is odd in a cluster and needs no change to be told: parts of contracts that are not understood, and findings in policies. */
public record WorthALook(List<ClusterMap.Mistake> mistakes, List<ClusterMap.FindingRow> findings) {
    static WorthALook in(Snapshot cluster, FindingLevels levels) {
        return new WorthALook(
                Report.Mistake.in(cluster.contracts()).stream()
                        .map(mistake -> new ClusterMap.Mistake(
                                mistake.contract().toString(),
                                mistake.problem().place(),
                                mistake.problem().message()))
                        .toList(),
                Findings.inForce(cluster, levels).stream()
                        .map(finding -> new ClusterMap.FindingRow(
                                finding.id(),
                                finding.severity().spelling(),
                                finding.level().spelling(),
                                KindNames.toldApart(finding.policy()),
                                finding.place(),
                                finding.message(),
                                finding.explanation()))
                        .toList());
    }
}
