package dev.flowguard.assess.suggest;

import dev.flowguard.assess.repair.WorkloadNaming;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.policy.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Puts workloads that may send into as few and as plain ends of flows as possible. */
final class Sources {
    /**
     * Some senders.
     *
     * @param name for the flow's own
     * @param open whether nothing restricts one of them, so that nobody has said that they should
     */
    record Senders(String name, FlowEnd end, boolean open) {}

    /**
     * What is asked about a workload.
     *
     * @param admitsAnybody whether policies let in pods of namespaces that do not exist yet
     */
    record Questions(Predicate<Workload> mayReach, Predicate<Workload> isDeliberate, BooleanSupplier admitsAnybody) {
        /** The platform's own pods reach whatever is open; what they need is for their owners to declare. */
        boolean isWorthNaming(Workload workload) {
            return mayReach.test(workload) && (!isPlatform(workload.namespace()) || isDeliberate.test(workload));
        }
    }

    private static final Set<String> PLATFORM = Set.of("kube-system", "kube-public", "kube-node-lease");

    private final Snapshot cluster;

    Sources(Snapshot cluster) {
        this.cluster = cluster;
    }

    /**
     * Every pod of the cluster where all may, of several namespaces, and others would as well; every pod of a namespace where all of
     * several may; else workload by workload.
     *
     * @param home names of what is in this namespace are not told with it
     */
    List<Senders> of(String home, Questions questions) {
        List<Workload> all = cluster.namespaces().stream()
                .flatMap(shard -> podNetwork(shard).stream())
                .toList();
        // The namespaces that there are tell nothing of others: what policies admit today is written, and no more.
        boolean severalNamespaces =
                all.stream().map(Workload::namespace).distinct().limit(2).count() > 1;
        if (severalNamespaces
                && questions.admitsAnybody().getAsBoolean()
                && all.stream().allMatch(questions.mayReach())) {
            FlowEnd everybody = new FlowEnd.Pods(LabelSelector.EVERYTHING, LabelSelector.EVERYTHING);
            return List.of(new Senders("anybody", everybody, isOpen(all, questions)));
        }
        List<Senders> senders = new ArrayList<>();
        for (NamespaceShard shard : cluster.namespaces()) {
            List<Workload> those =
                    podNetwork(shard).stream().filter(questions::isWorthNaming).toList();
            if (those.size() > 1 && those.size() == podNetwork(shard).size()) {
                senders.add(new Senders(
                        shard.name().equals(home) ? "neighbours" : shard.name(),
                        new FlowEnd.Pods(LabelSelector.namespaceNamed(shard.name()), LabelSelector.EVERYTHING),
                        isOpen(those, questions)));
            } else {
                those.forEach(
                        workload -> senders.add(named(shard, workload, home, isOpen(List.of(workload), questions))));
            }
        }
        return senders;
    }

    static Senders named(NamespaceShard shard, Workload workload, String home, boolean open) {
        String name = workload.owners().get(0).name();
        boolean tellsNamespace = shard.name().equals(home) || name.startsWith(shard.name() + "-");
        return new Senders(
                tellsNamespace ? name : shard.name() + "-" + name,
                new FlowEnd.Pods(LabelSelector.namespaceNamed(shard.name()), WorkloadNaming.selector(shard, workload)),
                open);
    }

    /** Those that contracts can speak of. */
    static List<Workload> podNetwork(NamespaceShard shard) {
        return shard.workloads(shard.podNetwork());
    }

    static boolean isPlatform(String namespace) {
        return PLATFORM.contains(namespace);
    }

    private static boolean isOpen(List<Workload> workloads, Questions questions) {
        return !workloads.stream().allMatch(questions.isDeliberate());
    }
}
