package dev.flowguard.verdict.match;

import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.EnforcedPolicies;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.NamedPort;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.net.AddressRange;
import dev.flowguard.net.IpFamily;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.Policy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Which workloads have the same verdicts as a source, and as a destination, whoever the other end is: what policies select and what they
 * let through is the same for all of a class. Those of namespaces that have policies are told apart by namespace, others by what policies
 * name of their namespaces' labels. Made for large questions; for one thread.
 */
public final class Classes {
    /** With more address blocks than these, to ask which pods they tell apart costs more than it saves. */
    private static final int MOST_BLOCKS = 2_000;

    /** What may matter to a verdict. */
    private record Likeness(
            String home,
            List<Object> unclear,
            Labels labels,
            String serviceAccount,
            Labels namespaceLabels,
            List<NamedPort> ports,
            List<IpFamily> families,
            boolean hasAddresses,
            List<AddressRange> within,
            Optional<Workload> itself) {}

    /** Of a namespace. */
    private record Home(String name, List<Object> unclear, Labels labels, List<AddressRange> blocks) {}

    private final Snapshot cluster;
    private final List<PolicyView> views;
    private final SeenOfPods seen;
    private final Map<String, List<AddressRange>> blocksIn = new HashMap<>();
    private final Map<String, Home> homes = new HashMap<>();
    private final Map<Workload, Integer> known = new HashMap<>();
    private final Map<Likeness, Integer> numbers = new HashMap<>();

    private Classes(Snapshot cluster, List<PolicyView> views, SeenOfPods seen) {
        this.cluster = cluster;
        this.views = views;
        this.seen = seen;
        for (AddressRange block : seen.blocks()) {
            for (NamespaceShard shard : cluster.namespacesWithAddressIn(block)) {
                blocksIn.computeIfAbsent(shard.name(), name -> new ArrayList<>())
                        .add(block);
            }
        }
    }

    /**
     * @param views the policies by which is judged
     * @return empty where workloads are not grouped: where policies refer to Services, which may lead to anybody, and where part of the
     *     cluster is in a mesh
     */
    public static Optional<Classes> of(Snapshot cluster, List<PolicyView> views) {
        if (cluster.hasAmbientMesh()) {
            return Optional.empty();
        }
        List<PolicyView> enforced = views.stream()
                .map(view -> EnforcedPolicies.by(cluster.cni(), view))
                .toList();
        SeenOfPods seen = new SeenOfPods();
        for (PolicyView view : enforced) {
            if (!view.ruled().all().stream().allMatch(seen::add)) {
                return Optional.empty();
            }
        }
        forEachPolicy(cluster, enforced, seen::add);
        return seen.blocks().size() > MOST_BLOCKS
                ? Optional.empty()
                : Optional.of(new Classes(cluster, enforced, seen));
    }

    private static void forEachPolicy(Snapshot cluster, List<PolicyView> views, Consumer<Policy> taker) {
        for (NamespaceShard shard : cluster.namespaces()) {
            List<CompiledPolicy> last = List.of();
            for (PolicyView view : views) {
                List<CompiledPolicy> policies = view.policiesIn(shard.name());
                if (policies != last) {
                    policies.forEach(policy -> taker.accept(policy.policy()));
                }
                last = policies;
            }
        }
    }

    /** The number of the workload's class. */
    public int of(Workload workload) {
        return known.computeIfAbsent(
                workload, each -> numbers.computeIfAbsent(likeness(each), likeness -> numbers.size()));
    }

    private Likeness likeness(Workload workload) {
        Home home = homes.computeIfAbsent(workload.namespace(), this::home);
        boolean alone = workload.hostNetwork() || workload.isLonePod();
        List<AddressRange> within = new ArrayList<>(2);
        for (AddressRange block : home.blocks()) {
            int inside = workload.addressesIn(block);
            if (inside > 0) {
                alone |= inside < workload.addressesIn(AddressRange.all(block.family()));
                within.add(block);
            }
        }
        List<IpFamily> families = new ArrayList<>(2);
        for (IpFamily family : IpFamily.values()) {
            if (cluster.hasAddresses(workload, family)) {
                families.add(family);
            }
        }
        return new Likeness(
                home.name(),
                home.unclear(),
                seen.ofPods().in(workload.labels()),
                seen.areServiceAccounts() ? workload.serviceAccount() : "",
                home.labels(),
                workload.ports(),
                families,
                !workload.addresses().isEmpty(),
                within,
                alone ? Optional.of(workload) : Optional.empty());
    }

    private Home home(String namespace) {
        boolean hasPolicies = views.stream()
                .anyMatch(view -> !view.policiesIn(namespace).isEmpty()
                        || !view.ruled().in(namespace).isEmpty());
        List<Object> unclear = new ArrayList<>();
        views.forEach(view -> unclear.add(view.ruled().unclear(namespace)));
        return new Home(
                hasPolicies ? namespace : "",
                unclear,
                seen.ofNamespaces()
                        .in(cluster.namespaceOrAssumed(namespace).entry().labels()),
                blocksIn.getOrDefault(namespace, List.of()));
    }
}
