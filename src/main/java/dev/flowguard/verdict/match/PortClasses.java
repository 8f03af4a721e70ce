package dev.flowguard.verdict.match;

import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.net.PortRange;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.policy.chain.ChainRule;
import dev.flowguard.policy.chain.Ports;
import dev.flowguard.policy.chain.RuledPolicy;
import dev.flowguard.verdict.pair.AmbientMesh;
import java.util.TreeSet;

/**
 * Which ports have the same verdict, of whatever protocol and between whatever ends that are spoken to directly: those that no number in
 * a policy lies between, and where policies name ports no number that anything in the cluster may mean by a name.
 */
public final class PortClasses {
    /** The first port of each class but the lowest. */
    private final TreeSet<Integer> starts = new TreeSet<>();

    private boolean someNamed;

    /** @param views the policies by which is judged */
    public PortClasses(Snapshot cluster, Iterable<PolicyView> views) {
        add(AmbientMesh.TUNNEL);
        for (PolicyView view : views) {
            for (NamespaceShard shard : cluster.namespaces()) {
                view.policiesIn(shard.name()).stream()
                        .map(CompiledPolicy::policy)
                        .forEach(this::add);
            }
            view.ruled().all().forEach(this::add);
        }
        if (someNamed) {
            cluster.namespaces().forEach(this::addAllNumbers);
        }
    }

    private void add(Policy policy) {
        Policy whole = policy.withLeftOutRules();
        for (Direction direction : Direction.values()) {
            whole.rules(direction).forEach(rule -> rule.ports().forEach(this::add));
        }
    }

    private void add(PortMatch port) {
        port.match(numbered -> add(numbered.ports()), named -> someNamed = true, every -> false, unknown -> false);
    }

    /** The first of a range stands for itself, for some plugins know no ranges (SEMANTICS Q8). */
    private boolean add(PortRange range) {
        starts.add(range.first());
        starts.add(range.first() + 1);
        return starts.add(range.last() + 1);
    }

    private void add(RuledPolicy policy) {
        for (Direction direction : Direction.values()) {
            policy.section(direction).rules().stream().map(ChainRule::ports).forEach(this::add);
        }
    }

    private void add(Ports ports) {
        if (ports instanceof Ports.AllOf all) {
            all.parts().forEach(this::add);
        } else if (ports instanceof Ports.AnyOf any) {
            any.parts().forEach(this::add);
        } else if (ports instanceof Ports.Not not) {
            add(not.part());
        } else if (ports instanceof Ports.Numbered numbered) {
            numbered.ranges().forEach(this::add);
        } else if (ports instanceof Ports.Named || ports instanceof Ports.Targets) {
            someNamed = true;
        }
    }

    private void addAllNumbers(NamespaceShard shard) {
        shard.workloads().forEach(workload -> workload.ports().forEach(port -> add(PortRange.of(port.number()))));
        shard.services().forEach(service -> {
            service.ports().forEach(port -> {
                if (port.targetName().isEmpty()) {
                    add(PortRange.of(port.targetNumber()));
                }
            });
            shard.endpoints(service.name()).forEach(slice -> slice.ports().forEach(port -> add(port.number())));
        });
    }

    /** A number of the class. */
    public int of(int port) {
        Integer start = starts.floor(port);
        return start == null ? PortRange.LOWEST : start;
    }
}
