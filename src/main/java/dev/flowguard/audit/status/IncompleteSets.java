package dev.flowguard.audit.status;

import dev.flowguard.assess.FlowStanding;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.policy.PolicyRef;
import java.util.List;
import java.util.stream.Stream;

/** Change sets of which some policies are missing, where those that are there block a flow: what the flow waits for. */
final class IncompleteSets {
    private IncompleteSets() {}

    /** A sentence for each set, the remedy first. */
    static List<String> blocking(FlowStanding standing, Snapshot cluster) {
        return standing.examples().stream()
                .flatMap(example -> example.verdict()
                        .<Stream<PolicyRef>>match(
                                Stream::empty,
                                blocked -> blocked.sides().stream().flatMap(side -> side.isolatedBy().stream()),
                                undetermined -> Stream.empty()))
                .distinct()
                .flatMap(policy -> members(policy.namespace(), cluster)
                        .filter(member -> member.policy().equals(policy)))
                .flatMap(member -> told(member, cluster))
                .distinct()
                .toList();
    }

    private static Stream<String> told(Fact.Staged member, Snapshot cluster) {
        long there = members(member.policy().namespace(), cluster)
                .filter(other -> other.set().equals(member.set()))
                .count();
        return there >= member.count()
                ? Stream.empty()
                : Stream.of("apply the rest of change set " + member.set() + ", of which " + there + " of "
                        + member.count() + " policies are there, or delete those");
    }

    private static Stream<Fact.Staged> members(String namespace, Snapshot cluster) {
        return cluster.namespaceOrAssumed(namespace).staged().stream();
    }
}
