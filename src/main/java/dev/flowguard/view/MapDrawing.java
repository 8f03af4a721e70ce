package dev.flowguard.view;

import dev.flowguard.assess.StateAssessor;
import dev.flowguard.assess.connections.Connection;
import dev.flowguard.assess.connections.ConnectionEnd;
import dev.flowguard.assess.connections.ConnectionScope;
import dev.flowguard.assess.connections.Connections;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.net.PortSet;
import dev.flowguard.wording.PortLabels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Draws the map of a cluster. */
final class MapDrawing {
    /** More than a browser draws smoothly, and far more than anybody can read; then only bundles are told. */
    private static final int MOST_LINKS = 60_000;

    private final Moment moment;
    private final Snapshot cluster;
    private final EndList ends;
    private final Map<String, Integer> namespaces = new HashMap<>();
    private final List<ClusterMap.Link> links = new ArrayList<>();
    private final Map<Way, Integer> bundles = new LinkedHashMap<>();
    private final Map<PortSet, String> portNames = new HashMap<>();
    private int counted;

    /** From one namespace to another, by their places; -1 for addresses. */
    record Way(int from, int to) {}

    MapDrawing(Moment moment) {
        this(moment, moment.ends());
    }

    /** @param ends the places on the map that is drawn */
    MapDrawing(Moment moment, EndList ends) {
        this.moment = moment;
        this.cluster = moment.cluster();
        this.ends = ends;
        for (NamespaceShard shard : cluster.namespaces()) {
            namespaces.put(shard.name(), namespaces.size());
        }
    }

    /** All but what is known of the cluster from elsewhere: what it is called, and since when flows stand as they do. */
    ClusterMap draw() {
        List<FlowRow> flows = new FlowRows(cluster, ends).of(StateAssessor.toldOnce(moment.standings()));
        Connections.forEach(moment.survey(), ConnectionScope.EVERYTHING, this::add);
        boolean tooMany = counted > MOST_LINKS;
        WorthALook worthALook = WorthALook.in(cluster, moment.levels());
        return new ClusterMap(
                PageStates.NOW,
                cluster.generation(),
                "",
                false,
                false,
                cluster.cni().configuredName(),
                cluster.cni().enforcesPolicies(),
                cluster.namespaces().stream().map(ClusterMap.Namespace::of).toList(),
                ends.all(moment.survey()),
                tooMany ? List.of() : links,
                tooMany
                        ? bundles.entrySet().stream()
                                .map(entry -> new ClusterMap.Bundle(
                                        entry.getKey().from(), entry.getKey().to(), entry.getValue()))
                                .toList()
                        : List.of(),
                flows,
                worthALook.mistakes(),
                worthALook.findings(),
                List.of());
    }

    /** Only what is in that scope. */
    List<ClusterMap.Link> links(ConnectionScope scope) {
        Connections.forEach(moment.survey(), scope, this::add);
        return links;
    }

    /** How much in that scope leads from one namespace to another, by their places. */
    Map<Way, Integer> bundles(ConnectionScope scope) {
        Connections.forEach(moment.survey(), scope, this::add);
        return bundles;
    }

    private void add(Connection connection) {
        counted++;
        if (counted <= MOST_LINKS) {
            links.add(new ClusterMap.Link(
                    ends.place(connection.from()),
                    ends.place(connection.to()),
                    ports(connection.allowed()),
                    ports(connection.undetermined())));
        }
        bundles.merge(new Way(namespace(connection.from()), namespace(connection.to())), 1, Integer::sum);
    }

    private int namespace(ConnectionEnd end) {
        return end.match(deployed -> namespaces.getOrDefault(deployed.namespace(), -1), addresses -> -1, () -> -1);
    }

    private String ports(PortSet ports) {
        return portNames.computeIfAbsent(ports, set -> String.join("; ", PortLabels.of(set)));
    }
}
