package dev.flowguard.assess.suggest;

import dev.flowguard.cluster.object.Workload;
import dev.flowguard.net.PortSet;
import dev.flowguard.policy.Direction;
import dev.flowguard.verdict.reach.Allowances;
import java.util.HashMap;
import java.util.Map;

/** On which ports one workload surely reaches another. */
final class Reach {
    private final Allowances allowances;
    private final Map<Workload, Integer> numbers = new HashMap<>();

    Reach(Allowances allowances) {
        this.allowances = allowances;
        for (int number = 0; number < allowances.workloads().size(); number++) {
            numbers.put(allowances.workloads().get(number), number);
        }
    }

    /** Whether some policy restricts who talks to whom there, so that somebody has thought of this pair. */
    boolean isDeliberate(Workload from, Workload to) {
        return allowances.isIsolated(numbers.getOrDefault(from, 0), Direction.EGRESS)
                || allowances.isIsolated(numbers.getOrDefault(to, 0), Direction.INGRESS);
    }

    boolean isSure(Workload from, Workload to, PortSet ports) {
        boolean itself = from.equals(to) && from.isLonePod();
        return itself
                || allowances
                        .between(numbers.getOrDefault(from, 0), numbers.getOrDefault(to, 0))
                        .sure()
                        .containsAll(ports);
    }

    /** Whether a pod of which nothing is known, not even its namespace, surely reaches it: then policies admit everybody. */
    boolean isSureOfAnybody(Workload to, PortSet ports) {
        return allowances.fromSomePod(numbers.getOrDefault(to, 0)).sure().containsAll(ports);
    }
}
