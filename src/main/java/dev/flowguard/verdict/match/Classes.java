package dev.flowguard.verdict.match;

import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.NamedPort;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.net.AddressRange;
import dev.flowguard.net.Cidr;
import dev.flowguard.net.IpFamily;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.Policy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final NamedLabels ofPods = new NamedLabels();
    private final NamedLabels ofNamespaces = new NamedLabels();
    private final Map<String, List<AddressRange>> blocksIn = new HashMap<>();
    private final Map<String, Home> homes = new HashMap<>();
    private final Map<Workload, Integer> known = new HashMap<>();
    private final Map<Likeness, Integer> numbers = new HashMap<>();

    private Classes(Snapshot cluster, List<PolicyView> views, Set<AddressRange> blocks) {
        this.cluster = cluster;
        this.views = views;
        for (AddressRange block : blocks) {
            for (NamespaceShard shard : cluster.namespacesWithAddressIn(block)) {
                blocksIn.computeIfAbsent(shard.name(), name -> new ArrayList<>())
                        .add(block);
            }
        }
        forEachPolicy(
                cluster,
                views,
                policy -> policy.forEachSelector((scope, pods) -> {
                    ofPods.add(pods);
                    scope.match(() -> true, matching -> ofNamespaces.add(matching.selector()));
                }));
    }

    /**
     * @param views the policies by which is judged
     * @return empty where workloads are not grouped: under policies of other kinds than NetworkPolicy, whose terms may look at anything, and
     *     where part of the cluster is in a mesh
     */
    public static Optional<Classes> of(Snapshot cluster, List<PolicyView> views) {
        if (cluster.hasAmbientMesh()
                || views.stream().anyMatch(view -> !view.ruled().all().isEmpty())) {
            return Optional.empty();
        }
        Set<AddressRange> blocks = new LinkedHashSet<>();
        forEachPolicy(cluster, views, policy -> addBlocks(policy, blocks));
        return blocks.size() > MOST_BLOCKS ? Optional.empty() : Optional.of(new Classes(cluster, views, blocks));
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

    private static void addBlocks(Policy policy, Set<AddressRange> blocks) {
        for (Direction direction : Direction.values()) {
            policy.rules(direction).stream()
                    .flatMap(rule -> rule.peers().stream())
                    .forEach(peer -> peer.match(pods -> false, block -> addBlock(block, blocks), unknown -> false));
        }
    }

    private static boolean addBlock(Peer.IpBlock block, Set<AddressRange> blocks) {
        block.except().stream().map(Cidr::range).forEach(blocks::add);
        return blocks.add(block.cidr().range());
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
                ofPods.in(workload.labels()),
                home.labels(),
                workload.ports(),
                families,
                !workload.addresses().isEmpty(),
                within,
                alone ? Optional.of(workload) : Optional.empty());
    }

    private Home home(String namespace) {
        boolean hasPolicies =
                views.stream().anyMatch(view -> !view.policiesIn(namespace).isEmpty());
        List<Object> unclear = new ArrayList<>();
        views.forEach(view -> unclear.add(view.ruled().unclear(namespace)));
        return new Home(
                hasPolicies ? namespace : "",
                unclear,
                ofNamespaces.in(cluster.namespaceOrAssumed(namespace).entry().labels()),
                blocksIn.getOrDefault(namespace, List.of()));
    }
}
