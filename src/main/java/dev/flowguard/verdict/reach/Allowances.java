package dev.flowguard.verdict.reach;

import dev.flowguard.cluster.EnforcedPolicies;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.net.IpFamily;
import dev.flowguard.policy.Direction;
import dev.flowguard.verdict.Reachability;
import dev.flowguard.verdict.match.AddressAllowance;
import dev.flowguard.verdict.match.Allowance;
import dev.flowguard.verdict.pair.Roster;
import dev.flowguard.verdict.trace.BeyondPolicies;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What policies let through between all workloads and with the outside, on every port: the answers of {@link Reachability} for
 * traffic straight to its destination, found for sets of ends and ports at once. Where a pair has two address families, what
 * only one of them lets through is undetermined, since it is open which one is used.
 */
public final class Allowances {
    private final Roster roster;
    private final List<FamilyReach> families;

    /** Whether policies concern the workload that are not evaluated. */
    private final List<Boolean> beyondUs;

    public Allowances(Snapshot cluster, PolicyView policies) {
        this.roster = new Roster(cluster);
        PolicyView inForce = EnforcedPolicies.by(cluster.cni(), policies);
        this.families = Stream.of(IpFamily.values())
                .map(family -> new FamilyReach(cluster, inForce, roster, family))
                .filter(FamilyReach::isUsed)
                .toList();
        this.beyondUs = IntStream.range(0, roster.size())
                .mapToObj(number -> !BeyondPolicies.otherPolicies(policies.ruled(), roster.endpoint(number))
                        .isEmpty())
                .toList();
    }

    /** All workloads; the other methods take their places in this list. */
    public List<Workload> workloads() {
        return roster.workloads();
    }

    /** Whether policies isolate the workload in that direction, or may. */
    public boolean isIsolated(int workload, Direction direction) {
        return families.stream().anyMatch(family -> family.isIsolated(workload, direction));
    }

    /** Between two different pods of these workloads, which may be one and the same workload. */
    public Allowance between(int from, int to) {
        @Nullable Allowance found = null;
        for (FamilyReach family : families) {
            if (family.has(from) && family.has(to)) {
                Allowance one = family.between(from, to);
                found = found == null ? one : found.eitherWay(one);
            }
        }
        if (found == null) {
            return Allowance.NOTHING;
        }
        return beyondUs.get(from) || beyondUs.get(to) ? Allowance.UNKNOWN : found;
    }

    /** With addresses outside the cluster, in parts that policies tell apart, ascending; neighbours may have the same answers. */
    public List<AddressAllowance> outside(int workload, Direction direction) {
        return families.stream()
                .filter(family -> family.has(workload))
                .flatMap(family -> family.outside(workload, direction).stream())
                .map(part -> beyondUs.get(workload) ? new AddressAllowance(part.range(), Allowance.UNKNOWN) : part)
                .toList();
    }

    /** From a pod of which nothing is known, not even its namespace. */
    public Allowance fromSomePod(int to) {
        return families.stream()
                .filter(family -> family.has(to))
                .map(family -> beyondUs.get(to) ? Allowance.UNKNOWN : family.fromSomePod(to))
                .reduce(Allowance::eitherWay)
                .orElse(Allowance.NOTHING);
    }
}
