package dev.flowguard.cluster.implied;

import dev.flowguard.cluster.ClusterDns;
import dev.flowguard.cluster.object.NamespaceEntry;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.contract.Contract;
import dev.flowguard.contract.ContractSource;
import dev.flowguard.contract.Enforcement;
import dev.flowguard.contract.Expectation;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.FlowPorts;
import dev.flowguard.contract.ImpliedKind;
import dev.flowguard.contract.ImpliedLevels;
import dev.flowguard.contract.ObjectRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The flows that the objects of a cluster imply, each once however many objects imply it. */
public final class ImpliedFlows {
    private record Route(FlowEnd from, FlowEnd to, FlowPorts ports) {}

    private final ImpliedLevels levels;
    private final Unseen unseen;
    private final Map<String, NamespaceEntry> namespaces = new HashMap<>();
    private final Map<Route, ContractSource> found = new LinkedHashMap<>();

    private ImpliedFlows(List<Needs> needs, ImpliedLevels levels, Unseen unseen) {
        this.levels = levels;
        this.unseen = unseen;
        needs.forEach(each -> namespaces.put(each.namespace().name(), each.namespace()));
    }

    /**
     * One contract for each object that implies something, with the enforcement of its kind.
     *
     * @param needs of each namespace
     * @param clusterWide what cluster-scoped objects tell
     */
    public static List<Contract> of(
            List<Needs> needs, List<Implication> clusterWide, ClusterDns dns, ImpliedLevels levels) {
        boolean somebodyChooses =
                needs.stream().anyMatch(each -> each.namespace().settings().containsKey(ImpliedLevels.ANNOTATION));
        if (levels.on().isEmpty() && !somebodyChooses) {
            return List.of();
        }
        ImpliedFlows flows = new ImpliedFlows(needs, levels, Unseen.of(clusterWide));
        dns.services().stream().limit(1).forEach(flows::dns);
        new CalledServices(flows).add(clusterWide);
        new ApiClients(flows, clusterWide, needs).add();
        new ScrapedPorts(flows, needs).add();
        new IncomingTraffic(flows, clusterWide, needs).add();
        return flows.contracts();
    }

    private void dns(ServiceEntry service) {
        add(
                ImpliedKind.CLUSTER_DNS,
                new ObjectRef("Service", service.namespace(), service.name()),
                "",
                new FlowEnd.WellKnown(FlowEnd.WellKnown.Name.DNS_CLIENTS),
                new FlowEnd.WellKnown(FlowEnd.WellKnown.Name.CLUSTER_DNS),
                new FlowPorts.Every());
    }

    /** @param home the namespace whose pods need the flow, which may say that it does not want it told; empty: every one */
    void add(ImpliedKind kind, ObjectRef by, String home, FlowEnd from, FlowEnd to, FlowPorts ports) {
        if (unseen.isTogether(home) && isWanted(kind, home)) {
            found.putIfAbsent(new Route(from, to, ports), ContractSource.implied(kind, by));
        }
    }

    /** What is of every namespace is there if any of them wants it told. */
    private boolean isWanted(ImpliedKind kind, String home) {
        return home.isEmpty()
                ? levels.of(kind).isPresent()
                        || namespaces.values().stream()
                                .anyMatch(entry -> in(entry, levels).of(kind).isPresent())
                : Optional.ofNullable(namespaces.get(home))
                        .map(entry -> in(entry, levels))
                        .orElse(levels)
                        .of(kind)
                        .isPresent();
    }

    /** The levels for that namespace. */
    public static ImpliedLevels in(NamespaceEntry namespace, ImpliedLevels levels) {
        String text = namespace.settings().getOrDefault(ImpliedLevels.ANNOTATION, "");
        return text.isEmpty() ? levels : levels.with(text).levels();
    }

    private List<Contract> contracts() {
        Map<ContractSource, List<Flow>> bySource = new LinkedHashMap<>();
        found.forEach((route, source) -> {
            List<Flow> flows = bySource.computeIfAbsent(source, key -> new ArrayList<>());
            String name = flows.isEmpty() ? source.implied() : source.implied() + "-" + (flows.size() + 1);
            flows.add(new Flow(name, Expectation.ALLOWED, route.from(), route.to(), route.ports()));
        });
        return bySource.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<ContractSource, List<Flow>> entry) -> entry.getKey()))
                .map(entry -> new Contract(
                        entry.getKey(),
                        entry.getKey().impliedKind().flatMap(levels::of).orElse(Enforcement.WARN),
                        entry.getValue(),
                        List.of()))
                .toList();
    }
}
