package dev.flowguard.view;

import dev.flowguard.assess.FlowStanding;
import dev.flowguard.assess.FlowState;
import dev.flowguard.assess.StateAssessor;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.ContractSource;
import dev.flowguard.net.PortSet;
import dev.flowguard.verdict.pair.Pair;
import dev.flowguard.verdict.pair.Traffic;
import dev.flowguard.wording.PortLabels;
import dev.flowguard.wording.StandingWording;
import dev.flowguard.wording.UnboundWording;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The flows as rows of a table and edges of a map. */
final class FlowRows {
    /** A flow that every pod has is no picture any more. */
    private static final int MOST_PAIRS = 5_000;

    /** Of a flow that nobody declared and nothing is wrong with. */
    private static final int MOST_PAIRS_IMPLIED = 200;

    private static final int MOST_PORTS = 3;

    private final Snapshot cluster;
    private final EndList ends;
    private final StateAssessor assessor;

    FlowRows(Snapshot cluster, EndList ends) {
        this.cluster = cluster;
        this.ends = ends;
        this.assessor = new StateAssessor(cluster);
    }

    /** In the same order. */
    List<FlowRow> of(List<FlowStanding> standings) {
        return standings.stream().map(this::row).toList();
    }

    private FlowRow row(FlowStanding standing) {
        DeclaredFlow flow = standing.flow();
        ContractSource source = flow.contract().source();
        Map<Way, Drawn> drawn = new LinkedHashMap<>();
        boolean dull = source.isImplied() && standing.state() == FlowState.SATISFIED;
        boolean all = assessor.forEachPair(
                flow, dull ? MOST_PAIRS_IMPLIED : MOST_PAIRS, (pair, state) -> draw(drawn, pair, state));
        return new FlowRow(
                flow.toString(),
                source.toString(),
                source.isImplied(),
                flow.flow().name(),
                source.homeNamespace(),
                flow.contract().enforcement().spelling(),
                flow.flow().expectation().spelling(),
                standing.state().spelling(),
                standing.pairs(),
                standing.amiss(),
                because(standing),
                drawn.entrySet().stream()
                        .map(entry -> entry.getValue().edge(entry.getKey()))
                        .toList(),
                !all,
                "",
                "");
    }

    private List<String> because(FlowStanding standing) {
        List<String> lines = new ArrayList<>();
        UnboundWording.of(standing, cluster).ifPresent(lines::add);
        StandingWording.examples(standing).forEach(example -> lines.add(example.line()));
        return lines;
    }

    private void draw(Map<Way, Drawn> drawn, Pair pair, FlowState state) {
        for (int from : ends.places(pair.source())) {
            for (int to : ends.places(pair.destination())) {
                drawn.computeIfAbsent(new Way(from, to), way -> new Drawn()).add(pair.traffic(), state);
            }
        }
    }

    private record Way(int from, int to) {}

    /** What is between two ends. */
    private static final class Drawn {
        private final Map<String, PortSet> ports = new LinkedHashMap<>();
        private FlowState gravest = FlowState.SATISFIED;
        private String port = "";

        void add(Traffic traffic, FlowState state) {
            ports.computeIfAbsent(traffic.port(), port -> PortSet.of(traffic.protocol(), traffic.ports()));
            boolean graver = gravity(state) > gravity(gravest);
            if (port.isEmpty() || graver) {
                port = traffic.ports().first() + "/" + traffic.protocol();
            }
            gravest = graver ? state : gravest;
        }

        private static int gravity(FlowState state) {
            return switch (state) {
                case SATISFIED, UNBOUND -> 0;
                case UNENFORCED -> 1;
                case UNDETERMINED -> 2;
                case BROKEN -> 3;
            };
        }

        FlowRow.Edge edge(Way way) {
            return new FlowRow.Edge(way.from(), way.to(), inWords(), port, gravest.spelling());
        }

        /** A few as they are declared; of more what they are together. */
        private String inWords() {
            return ports.size() > MOST_PORTS
                    ? String.join("; ", PortLabels.of(PortSet.union(ports.values())))
                    : String.join(", ", ports.keySet());
        }
    }
}
