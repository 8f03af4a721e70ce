package dev.flowguard.assess.finding.chain;

import dev.flowguard.assess.Finding;
import dev.flowguard.assess.FindingLevel;
import dev.flowguard.assess.finding.FindingLevels;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Message;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.cluster.Mapped;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.RuledPolicies;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.verdict.match.EndsMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** All diagnoses of policies of other kinds than NetworkPolicy. */
public final class ChainFindings {
    private static final List<ChainDiagnosis> DIAGNOSES = List.of(
            new OfOtherPlugin(),
            new RefusedByAgent(),
            new Unreadable(),
            new UnknownFields(),
            new PriorityTie(),
            new NeverAsked(),
            new RuleNeverAsked(),
            new PassToNothing(),
            new SelectsNobody(),
            new PeerIsNobody(),
            new EmptyRule(),
            new OnlyExcludes(),
            new BlockForPods(),
            new DomainsWithoutDns(),
            new TypesLeftOut(),
            new AllNamespaces());

    private ChainFindings() {}

    /** What there is to look for; some kinds are looked for in NetworkPolicies too. */
    public static List<FindingKind> kinds() {
        return DIAGNOSES.stream().map(ChainDiagnosis::kind).toList();
    }

    /** What is to be said of that object as a change leaves it; nothing of one that is deleted. */
    public static List<Finding> about(ObjectRef object, Snapshot cluster, PolicyView after, FindingLevels levels) {
        return examine(cluster.mapped(object).stream(), cluster, after.ruled(), false, levels);
    }

    /** What is to be said of all objects, by namespace, kind and name. */
    public static List<Finding> inForce(Snapshot cluster, FindingLevels levels) {
        return examine(cluster.mapped().stream(), cluster, cluster.ruled(), true, levels);
    }

    private static List<Finding> examine(
            Stream<Mapped> objects,
            Snapshot cluster,
            RuledPolicies policies,
            boolean ofState,
            FindingLevels configured) {
        EndsMatcher ends = new EndsMatcher(cluster);
        List<Finding> findings = new ArrayList<>();
        objects.sorted(Comparator.comparing(mapped -> mapped.source().ref()))
                .map(mapped -> new ExaminedPolicy(mapped, policies, cluster, ends, ofState))
                .forEach(policy -> examine(policy, levels(policy, configured), findings));
        return findings;
    }

    /** The Namespace's for its policies; of what is cluster-wide the configured ones. */
    private static FindingLevels levels(ExaminedPolicy policy, FindingLevels configured) {
        String namespace = policy.object().namespace();
        return namespace.isEmpty()
                ? configured
                : configured
                        .in(policy.cluster().namespaceOrAssumed(namespace).entry())
                        .levels();
    }

    private static void examine(ExaminedPolicy policy, FindingLevels levels, List<Finding> findings) {
        for (ChainDiagnosis diagnosis : DIAGNOSES) {
            FindingLevel level = levels.of(diagnosis.kind());
            if (level != FindingLevel.OFF) {
                diagnosis
                        .examine(policy)
                        .filter(remark ->
                                remark.premise().holds(policy.cluster().unseen()))
                        .map(remark -> finding(diagnosis.kind(), level, remark, policy.object()))
                        .forEach(findings::add);
            }
        }
    }

    private static Finding finding(FindingKind kind, FindingLevel level, Remark remark, ObjectRef object) {
        return new Finding(
                kind.id(),
                remark.severity(),
                level.weaker(remark.strongest()),
                object,
                remark.place(),
                Message.of(kind.id(), object.name(), remark.summaries()),
                remark.summaries().get(0),
                remark.explanation(),
                remark.remedy(),
                remark.strongest() == FindingLevel.WARN);
    }
}
