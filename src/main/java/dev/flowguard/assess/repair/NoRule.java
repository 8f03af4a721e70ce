package dev.flowguard.assess.repair;

import dev.flowguard.assess.Effect;
import dev.flowguard.assess.FlowAssessment;
import dev.flowguard.assess.FlowStanding;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Owner;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.net.PortRange;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.trace.Denial;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why no repair is known that lets a flow through again, where that is known.
 *
 * @param reason what stands in the way
 * @param subject whom or what it is about; empty where that is a rule that denies
 * @param denials that rule; else none
 */
public record NoRule(Reason reason, String subject, List<Denial> denials) {
    public NoRule {
        denials = List.copyOf(denials);
    }

    private NoRule(Reason reason, String subject) {
        this(reason, subject, List.of());
    }

    /** What stands in the way. */
    public enum Reason {
        /** Pods carry no label by which a rule could name them. */
        NO_LABELS,
        /** The same, of a Job, whose controller gives its pods one. */
        NO_LABELS_OF_JOB,
        /** The end is a node's address, and the network plugin matches none by ipBlock. */
        NODE_NOT_MATCHED,
        /** The same, of the API server, which is on a node. */
        API_SERVER_NOT_MATCHED,
        /** The end is a node's address, and whether an ipBlock matches it is not known of the network plugin. */
        NODE_PERHAPS_MATCHED,
        /** The same, of the API server, which is on a node. */
        API_SERVER_PERHAPS_MATCHED,
        /** A range of ports is meant, and the network plugin knows no endPort. */
        NO_RANGES_OF_PORTS,
        /** A rule of a policy of another kind denies, and goes before whatever allows. */
        DENIED_FINALLY,
        /** The same, and a rule that allows may be put before it. */
        DENIED
    }

    /** For pairs of the flow with that effect; empty where nothing is known to stand in the way. */
    public static Optional<NoRule> of(FlowAssessment flow, Effect effect, Snapshot cluster) {
        return of(
                flow.flow(),
                flow.examples(effect).stream()
                        .map(each -> new FlowStanding.PairVerdict(each.pair(), each.after()))
                        .toList(),
                cluster);
    }

    /** For the pairs of a flow that is broken; empty where nothing is known to stand in the way. */
    public static Optional<NoRule> of(FlowStanding flow, Snapshot cluster) {
        return of(flow.flow(), flow.examples(), cluster);
    }

    private static Optional<NoRule> of(DeclaredFlow flow, List<FlowStanding.PairVerdict> pairs, Snapshot cluster) {
        List<Endpoint> ends = pairs.stream()
                .map(FlowStanding.PairVerdict::pair)
                .flatMap(pair -> Stream.of(pair.source(), pair.destination()))
                .distinct()
                .toList();
        return ends.stream()
                .flatMap(end -> end.match(
                        pods -> unnamed(pods.workload(), cluster).stream(),
                        addresses -> ofNode(flow, addresses, cluster)))
                .findFirst()
                .or(() -> ofPorts(pairs, cluster))
                .or(() -> denied(pairs));
    }

    private static Stream<NoRule> ofNode(DeclaredFlow flow, Endpoint.Addresses addresses, Snapshot cluster) {
        String plugin = cluster.cni().configuredName();
        boolean apiServer =
                isApiServer(flow.flow().from()) || isApiServer(flow.flow().to());
        return !addresses.ofNode()
                ? Stream.empty()
                : switch (cluster.cni().ipBlockMatchesNodes()) {
                    case YES -> Stream.empty();
                    case NO ->
                        Stream.of(new NoRule(
                                apiServer ? Reason.API_SERVER_NOT_MATCHED : Reason.NODE_NOT_MATCHED, plugin));
                    case UNKNOWN ->
                        Stream.of(new NoRule(
                                apiServer ? Reason.API_SERVER_PERHAPS_MATCHED : Reason.NODE_PERHAPS_MATCHED, plugin));
                };
    }

    private static boolean isApiServer(FlowEnd end) {
        return end.match(
                pods -> false,
                owned -> false,
                service -> false,
                outside -> false,
                wellKnown -> wellKnown.name() == FlowEnd.WellKnown.Name.KUBERNETES_API);
    }

    private static Optional<NoRule> ofPorts(List<FlowStanding.PairVerdict> pairs, Snapshot cluster) {
        return pairs.stream()
                .map(each -> each.pair().traffic().ports())
                .filter(ports -> !ports.isSingle() && !ports.equals(PortRange.ALL))
                .filter(ports -> !cluster.cni().supportsEndPort())
                .map(ports ->
                        new NoRule(Reason.NO_RANGES_OF_PORTS, cluster.cni().configuredName()))
                .findFirst();
    }

    private static Optional<NoRule> denied(List<FlowStanding.PairVerdict> pairs) {
        return pairs.stream()
                .flatMap(each -> each.verdict()
                        .<Stream<Denial>>match(
                                Stream::empty,
                                blocked -> blocked.sides().stream().flatMap(side -> side.deniedBy().stream()),
                                undetermined -> Stream.empty()))
                .filter(denial -> !denial.rule().isEmpty())
                .map(denial ->
                        new NoRule(denial.isFinal() ? Reason.DENIED_FINALLY : Reason.DENIED, "", List.of(denial)))
                .findFirst();
    }

    /** Pods without labels, and pods of Jobs that no label of their own tells from others. */
    private static Optional<NoRule> unnamed(Workload workload, Snapshot cluster) {
        boolean unlabelled = workload.labels().isEmpty();
        if (workload.hostNetwork() || !unlabelled && !(isOfJobs(workload) && isLikeOthers(workload, cluster))) {
            return Optional.empty();
        }
        return Optional.of(new NoRule(
                isOfJobs(workload) ? Reason.NO_LABELS_OF_JOB : Reason.NO_LABELS,
                workload.owners().stream().map(Owner::toString).collect(Collectors.joining(" and "))));
    }

    /** Whether the controller of Jobs names all of the pods by a label, whatever their template says. */
    static boolean isOfJobs(Workload workload) {
        return workload.owners().stream().allMatch(owner -> owner.kind().equals("Job"));
    }

    private static boolean isLikeOthers(Workload workload, Snapshot cluster) {
        NamespaceShard shard = cluster.namespaceOrAssumed(workload.namespace());
        return shard.workloads(shard.select(WorkloadNaming.selector(shard, workload)))
                        .size()
                > 1;
    }
}
