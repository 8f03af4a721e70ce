package dev.flowguard.audit.status;

import dev.flowguard.assess.FlowStanding;
import dev.flowguard.assess.FlowState;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.ContractProblem;
import dev.flowguard.contract.Expectation;
import dev.flowguard.wording.Ellipsis;
import dev.flowguard.wording.Names;
import dev.flowguard.wording.ServedPorts;
import dev.flowguard.wording.StandingWording;
import dev.flowguard.wording.UnboundWording;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a status says, in sentences. */
public final class StatusWording {
    private static final int MOST_NAMED = 3;
    private static final int LONGEST_REASON = 300;

    private static final String TOO_LARGE = "Not all of it was judged, as it speaks of more pairs than"
            + " flowguard.audit.max-pairs: divide it, or have its selectors match less";

    private final Snapshot cluster;
    private final String plugin;
    private final ServedPorts served;

    public StatusWording(Snapshot cluster) {
        this.cluster = cluster;
        this.plugin = cluster.cni().configuredName();
        this.served = ServedPorts.in(cluster);
    }

    /**
     * What is amiss with a flow; empty where nothing is.
     *
     * @param namespace the reader's
     */
    String of(FlowStanding standing, String namespace) {
        return switch (standing.state()) {
            case SATISFIED -> "";
            case UNENFORCED -> "the network plugin " + plugin + " does not enforce NetworkPolicies";
            case UNBOUND -> standing.unbound().map(UnboundWording::of).orElse("an end matches nothing");
            case UNDETERMINED -> undetermined(standing, namespace);
            case BROKEN ->
                standing.flow().flow().expectation() == Expectation.BLOCKED
                        ? "must stay blocked, and is not: " + pairs(standing, namespace)
                        : waiting(standing) + pairs(standing, namespace);
        };
    }

    private String undetermined(FlowStanding standing, String namespace) {
        if (!standing.partial()) {
            return pairs(standing, namespace);
        }
        String judged = standing.pairs() == 0
                ? "none of its pairs was judged"
                : "not judged beyond the first " + Names.count(standing.pairs(), "pair");
        return judged + ", as the contract speaks of too many" + (standing.amiss() > 0 ? "; " : "")
                + pairs(standing, namespace);
    }

    private String waiting(FlowStanding standing) {
        return IncompleteSets.blocking(standing, cluster).stream()
                .map(sentence -> sentence + "; ")
                .collect(Collectors.joining());
    }

    private String pairs(FlowStanding standing, String namespace) {
        return StandingWording.examples(standing, namespace, served).stream()
                .map(StandingWording.Example::line)
                .collect(Collectors.joining("; "));
    }

    /** How a contract stands as a whole, and what to do about it. */
    String of(StatusSummary summary, List<FlowStatus> flows, List<ContractProblem> problems, boolean tooLarge) {
        List<String> sentences = new ArrayList<>();
        sentences.add(counts(summary));
        if (tooLarge) {
            sentences.add(TOO_LARGE);
        }
        flows.stream().filter(FlowStatus::isBroken).limit(MOST_NAMED).forEach(flow -> sentences.add(told(flow)));
        int more = summary.of(FlowState.BROKEN) - MOST_NAMED;
        if (more > 0) {
            sentences.add("And " + more + " more");
        }
        problems.stream()
                .limit(MOST_NAMED)
                .forEach(problem -> sentences.add(Ellipsis.shorten(problem.toString(), LONGEST_REASON)));
        if (summary.of(FlowState.BROKEN) > 0) {
            sentences.add("Correct the policies, or the contract if it asks for too much");
        } else if (problems.isEmpty() && !tooLarge) {
            flows.stream()
                    .filter(flow -> flow.state() != FlowState.SATISFIED)
                    .limit(1)
                    .forEach(flow -> sentences.add(told(flow)));
        }
        return String.join(". ", sentences);
    }

    private static String told(FlowStatus flow) {
        return flow.name() + ": " + Ellipsis.shorten(flow.message(), LONGEST_REASON);
    }

    /** {@code 3 of 5 flows satisfied, 1 broken, 1 unbound}. */
    private static String counts(StatusSummary summary) {
        StringBuilder text = new StringBuilder()
                .append(summary.of(FlowState.SATISFIED))
                .append(" of ")
                .append(Names.count(summary.declared(), "flow"))
                .append(" satisfied");
        Stream.of(FlowState.values())
                .filter(state -> state != FlowState.SATISFIED && summary.of(state) > 0)
                .forEach(state ->
                        text.append(", ").append(summary.of(state)).append(' ').append(state.word()));
        int unread = summary.declared()
                - summary.byState().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum();
        return text.append(unread > 0 ? ", " + unread + " not understood" : "").toString();
    }
}
