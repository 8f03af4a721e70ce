package dev.flowguard.assess.repair;

import dev.flowguard.assess.Effect;
import dev.flowguard.assess.FlowAssessment;
import dev.flowguard.assess.PairAssessment;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Owner;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.policy.Answer;
import dev.flowguard.verdict.pair.Endpoint;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why no rule of a NetworkPolicy lets a flow through again, where that is known.
 *
 * @param reason what stands in the way
 * @param subject whom or what it is about
 */
public record NoRule(Reason reason, String subject) {
    /** What stands in the way. */
    public enum Reason {
        /** Pods carry no label by which a rule could name them. */
        NO_LABELS,
        /** The same, of a Job, whose controller gives its pods one. */
        NO_LABELS_OF_JOB,
        /** The end is a node's address, and the network plugin matches none by ipBlock. */
        NODE_NOT_MATCHED
    }

    /** For pairs of the flow with that effect; empty where nothing is known to stand in the way. */
    public static Optional<NoRule> of(FlowAssessment flow, Effect effect, Snapshot cluster) {
        List<Endpoint> ends = flow.examples(effect).stream()
                .map(PairAssessment::pair)
                .flatMap(pair -> Stream.of(pair.source(), pair.destination()))
                .distinct()
                .toList();
        return ends.stream()
                .flatMap(end -> end.match(
                        pods -> unnamed(pods.workload()).stream(),
                        addresses -> addresses.ofNode() && cluster.cni().ipBlockMatchesNodes() == Answer.NO
                                ? Stream.of(new NoRule(
                                        Reason.NODE_NOT_MATCHED, cluster.cni().configuredName()))
                                : Stream.empty()))
                .findFirst();
    }

    private static Optional<NoRule> unnamed(Workload workload) {
        if (!workload.labels().isEmpty() || workload.hostNetwork()) {
            return Optional.empty();
        }
        boolean jobs = workload.owners().stream().allMatch(owner -> owner.kind().equals("Job"));
        return Optional.of(new NoRule(
                jobs ? Reason.NO_LABELS_OF_JOB : Reason.NO_LABELS,
                workload.owners().stream().map(Owner::toString).collect(Collectors.joining(" and "))));
    }
}
