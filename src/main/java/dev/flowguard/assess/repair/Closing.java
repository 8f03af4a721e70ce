package dev.flowguard.assess.repair;

import dev.flowguard.cluster.object.Workload;
import dev.flowguard.policy.Direction;
import dev.flowguard.verdict.match.AddressAllowance;
import dev.flowguard.verdict.match.Allowance;
import dev.flowguard.verdict.reach.Allowances;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Whether steps close anything: a policy that isolates pods which nothing isolated takes away what was open to them. */
final class Closing {
    /** All ends are looked at; with more there is no time for it. */
    private static final int MOST_WORKLOADS = 2_000;

    private final RepairedPolicies before;
    private final RepairedPolicies after;

    Closing(RepairedPolicies before, RepairedPolicies after) {
        this.before = before;
        this.after = after;
    }

    /** Whether everything that may come to these, or go from them, still may. */
    boolean isNothing(Set<Workload> subjects, Direction direction) {
        if (before.cluster().namespaces().stream()
                        .mapToInt(shard -> shard.workloads().size())
                        .sum()
                > MOST_WORKLOADS) {
            return false;
        }
        Allowances was = new Allowances(before.cluster(), before.view());
        Allowances is = new Allowances(after.cluster(), after.view());
        List<Workload> all = was.workloads();
        return IntStream.range(0, all.size())
                .filter(number -> subjects.contains(all.get(number)))
                .allMatch(number -> IntStream.range(0, all.size())
                                .allMatch(other -> !before.effort().isOver()
                                        && isKept(
                                                between(was, number, other, direction),
                                                between(is, number, other, direction)))
                        && outsideIsKept(was.outside(number, direction), is.outside(number, direction)));
    }

    private static Allowance between(Allowances allowances, int subject, int other, Direction direction) {
        return direction == Direction.INGRESS ? allowances.between(other, subject) : allowances.between(subject, other);
    }

    private static boolean isKept(Allowance was, Allowance is) {
        return is.sure().containsAll(was.sure()) && is.possible().containsAll(was.possible());
    }

    /** What is cut into other parts is looked at part by part: each lies in one of those from before. */
    private static boolean outsideIsKept(List<AddressAllowance> was, List<AddressAllowance> is) {
        Map<Object, Allowance> before = was.stream()
                .collect(Collectors.toMap(AddressAllowance::range, AddressAllowance::allowance, Allowance::eitherWay));
        Function<AddressAllowance, Allowance> earlier = part -> before.getOrDefault(
                part.range(),
                was.stream()
                        .filter(each -> each.range().contains(part.range()))
                        .map(AddressAllowance::allowance)
                        .findFirst()
                        .orElse(Allowance.EVERYTHING));
        return is.stream().allMatch(part -> isKept(earlier.apply(part), part.allowance()));
    }
}
