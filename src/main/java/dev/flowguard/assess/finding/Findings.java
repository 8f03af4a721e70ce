package dev.flowguard.assess.finding;

import dev.flowguard.assess.Change;
import dev.flowguard.assess.Finding;
import dev.flowguard.assess.FindingLevel;
import dev.flowguard.assess.finding.chain.ChainFindings;
import dev.flowguard.assess.finding.cut.ClusterIpInIpBlock;
import dev.flowguard.assess.finding.cut.DefaultDenyWithoutAllow;
import dev.flowguard.assess.finding.cut.DnsEgressCut;
import dev.flowguard.assess.finding.cut.DnsIngressCut;
import dev.flowguard.assess.finding.cut.IpBlockCoversPods;
import dev.flowguard.assess.finding.cut.KubernetesApiCut;
import dev.flowguard.assess.finding.cut.OneSided;
import dev.flowguard.assess.finding.cut.WebhookCut;
import dev.flowguard.assess.finding.diagnosis.Diagnosis;
import dev.flowguard.assess.finding.diagnosis.Examination;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Message;
import dev.flowguard.assess.finding.diagnosis.Nearness;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.assess.finding.label.AndOrConfusion;
import dev.flowguard.assess.finding.label.LabelNotOnTemplate;
import dev.flowguard.assess.finding.label.NamespaceMatchesNothing;
import dev.flowguard.assess.finding.label.NamespacesOnlyExcluded;
import dev.flowguard.assess.finding.label.PeerMatchesNothing;
import dev.flowguard.assess.finding.label.SelectsNothing;
import dev.flowguard.assess.finding.label.WrongNamespace;
import dev.flowguard.assess.finding.port.NamedPortAmbiguous;
import dev.flowguard.assess.finding.port.PortNotListenedOn;
import dev.flowguard.assess.finding.port.ServicePortNotTargetPort;
import dev.flowguard.assess.finding.port.UnknownNamedPort;
import dev.flowguard.assess.finding.rule.AllowsEverything;
import dev.flowguard.assess.finding.rule.HostNetworkSelected;
import dev.flowguard.assess.finding.rule.IgnoredRules;
import dev.flowguard.assess.finding.rule.NotEnforcedByCni;
import dev.flowguard.assess.finding.rule.PointlessPeer;
import dev.flowguard.assess.finding.rule.RedundantPolicy;
import dev.flowguard.assess.finding.rule.ShadowedRule;
import dev.flowguard.assess.finding.rule.UnknownField;
import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.PolicyOverlay;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.implied.Unseen;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All diagnoses. */
public final class Findings {
    private static final List<Diagnosis> DIAGNOSES = List.of(
            new NotEnforcedByCni(),
            new SelectsNothing(),
            new WrongNamespace(),
            new HostNetworkSelected(),
            new IgnoredRules(Direction.INGRESS),
            new IgnoredRules(Direction.EGRESS),
            new UnknownField(),
            new DnsEgressCut(),
            new DnsIngressCut(),
            new WebhookCut(),
            new KubernetesApiCut(),
            new DefaultDenyWithoutAllow(),
            new AndOrConfusion(),
            new NamespaceMatchesNothing(),
            new PeerMatchesNothing(),
            new NamespacesOnlyExcluded(),
            new ClusterIpInIpBlock(),
            new IpBlockCoversPods(),
            new ServicePortNotTargetPort(),
            new PortNotListenedOn(),
            new UnknownNamedPort(),
            new NamedPortAmbiguous(),
            new LabelNotOnTemplate(),
            new AllowsEverything(),
            new RedundantPolicy(),
            new ShadowedRule(),
            new PointlessPeer(),
            new OneSided(),
            new LevelsMisread());

    /** Those of which remarks may rest on all being seen. */
    private static final List<Diagnosis> ON_WHAT_MATCHES = List.of(
            new SelectsNothing(), new WrongNamespace(), new NamespaceMatchesNothing(), new PeerMatchesNothing());

    private static final List<FindingKind> KINDS = Stream.concat(
                    DIAGNOSES.stream().map(Diagnosis::kind), ChainFindings.kinds().stream())
            .distinct()
            .toList();

    private Findings() {}

    /** What there is to look for, with its documentation. */
    public static List<FindingKind> kinds() {
        return KINDS;
    }

    /** {@code ; did you mean selects-nothing?} where some id is near enough, otherwise nothing. */
    public static String didYouMean(String id) {
        return Nearness.didYouMean(id, KINDS.stream().map(FindingKind::id).toList());
    }

    /**
     * What is to be said of the policy as the change leaves it; nothing of one that is deleted.
     *
     * @param before the policies in force before the change
     * @param after those in force after it, the changed one among them
     */
    public static List<Finding> about(
            Change change, Snapshot cluster, PolicyView before, PolicyView after, FindingLevels levels) {
        Stream<Finding> ofOthers = change.object().asPolicy().isEmpty()
                ? ChainFindings.about(change.object(), cluster, after, levels).stream()
                : Stream.empty();
        return Stream.concat(
                        change.after().stream()
                                .map(policy -> new Examination(policy, cluster, before, after))
                                .flatMap(examination -> examine(examination, levels).stream()),
                        ofOthers)
                .toList();
    }

    /** What is to be said of all policies that are in force: NetworkPolicies by namespace and name, then those of other kinds. */
    public static List<Finding> inForce(Snapshot cluster, FindingLevels levels) {
        return Stream.concat(ofNetworkPolicies(cluster, levels), ChainFindings.inForce(cluster, levels).stream())
                .toList();
    }

    private static Stream<Finding> ofNetworkPolicies(Snapshot cluster, FindingLevels levels) {
        return cluster.namespaces().stream()
                .flatMap(shard -> IntStream.range(0, shard.policies().size())
                        .boxed()
                        .flatMap(i -> examine(asIfJustCreated(i, shard, cluster), levels).stream()));
    }

    /** What is to be said of one policy that is in force. */
    public static List<Finding> inForce(Policy policy, Snapshot cluster, FindingLevels levels) {
        NamespaceShard shard = cluster.namespaceOrAssumed(policy.ref().namespace());
        return IntStream.range(0, shard.policies().size())
                .filter(i -> shard.policies().get(i).policy().ref().equals(policy.ref()))
                .boxed()
                .flatMap(i -> examine(asIfJustCreated(i, shard, cluster), levels).stream())
                .toList();
    }

    /** Policies are taken to have come in the order of their names, so that what two of them do is said of one. */
    private static Examination asIfJustCreated(int i, NamespaceShard shard, Snapshot cluster) {
        List<CompiledPolicy> policies = shard.policies();
        PolicyView before = new PolicyOverlay(cluster, Map.of(shard.name(), policies.subList(0, i)));
        return new Examination(policies.get(i).policy(), cluster, before, cluster, true);
    }

    /** Whether more would be said if what manifests do not show were surely not there. */
    public static boolean someRestOnAllBeingSeen(Snapshot cluster) {
        return cluster.namespaces().stream()
                .anyMatch(shard -> IntStream.range(0, shard.policies().size())
                        .mapToObj(i -> asIfJustCreated(i, shard, cluster))
                        .anyMatch(examination -> ON_WHAT_MATCHES.stream()
                                .flatMap(diagnosis -> diagnosis.examine(examination))
                                .anyMatch(remark -> !remark.premise().holds(cluster.unseen()))));
    }

    private static List<Finding> examine(Examination examination, FindingLevels configured) {
        List<Finding> findings = new ArrayList<>();
        Unseen unseen = examination.cluster().unseen();
        boolean understood = examination.policy().isUnderstood();
        boolean together = unseen.isTogether(examination.shard().name());
        FindingLevels levels = configured.in(examination.shard().entry()).levels();
        for (Diagnosis diagnosis : DIAGNOSES) {
            // Of a policy that is not understood no more is sure than that.
            boolean rests = understood || diagnosis instanceof UnknownField;
            if (rests && (together || !diagnosis.looksAround())) {
                FindingLevel level = levels.of(diagnosis.kind());
                if (level != FindingLevel.OFF) {
                    diagnosis
                            .examine(examination)
                            .filter(remark -> remark.premise().holds(unseen))
                            .forEach(remark ->
                                    findings.add(finding(diagnosis.kind(), level, remark, examination.policy())));
                }
            }
        }
        return findings;
    }

    private static Finding finding(FindingKind kind, FindingLevel level, Remark remark, Policy policy) {
        return new Finding(
                kind.id(),
                remark.severity(),
                level.weaker(remark.strongest()),
                ObjectRef.of(policy.ref()),
                remark.place(),
                Message.of(kind.id(), policy.ref().name(), remark.summaries()),
                remark.summaries().get(0),
                remark.explanation(),
                remark.remedy(),
                isAwaited(kind, remark));
    }

    /** What is missed never rejects because it may be on its way; whoever misspelt a level did not forget to apply it. */
    private static boolean isAwaited(FindingKind kind, Remark remark) {
        return remark.strongest() == FindingLevel.WARN && kind != LevelsMisread.KIND;
    }
}
