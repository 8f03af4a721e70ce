package dev.flowguard.admission.declaration;

import dev.flowguard.admission.decision.Wording;
import dev.flowguard.assess.FlowStanding;
import dev.flowguard.assess.FlowState;
import dev.flowguard.assess.StateAssessor;
import dev.flowguard.assess.finding.diagnosis.Message;
import dev.flowguard.assess.finding.flow.Advice;
import dev.flowguard.assess.finding.flow.FlowDiagnosis;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.Contract;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.wording.DoubtWording;
import dev.flowguard.wording.Names;
import dev.flowguard.wording.StandingWording;
import dev.flowguard.wording.UnboundWording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What the author of a declaration is warned of, in a cluster of which it is part. */
final class DeclarationWarnings {
    /** For all flows together: enough for those between applications; one from everybody to everybody must not take all the time there is. */
    private static final long MOST_PAIRS = 100_000;

    private final Observation observation;
    private final Snapshot cluster;
    private final List<FlowStanding> standings;

    /** @param cluster with the observation in it */
    DeclarationWarnings(Observation observation, Snapshot cluster) {
        this.observation = observation;
        this.cluster = cluster;
        StateAssessor assessor = new StateAssessor(cluster);
        List<DeclaredFlow> flows = observation.contracts().stream()
                .flatMap(DeclarationWarnings::flows)
                .toList();
        long pairsEach = MOST_PAIRS / Math.max(1, flows.size());
        this.standings =
                flows.stream().map(flow -> assessor.assess(flow, pairsEach)).toList();
    }

    /** Mistakes first, then what is not there, then what of the rest is blocked. */
    List<String> problems() {
        List<String> problems = new ArrayList<>(DeclarationMistakes.of(observation));
        observation.namespaces().forEach(namespace -> problems.addAll(NamespaceMistakes.of(namespace, cluster)));
        List<String> broken = new ArrayList<>();
        for (FlowStanding standing : standings) {
            List<String> notThere = notThere(standing);
            problems.addAll(notThere);
            if (notThere.isEmpty() && standing.state() == FlowState.BROKEN) {
                broken.add(broken(standing));
            }
        }
        problems.addAll(broken);
        return problems.stream().distinct().toList();
    }

    /** At most a line each on what cannot be known and on a cluster where no contract holds. */
    List<String> remarks() {
        List<FlowStanding> unclear = in(FlowState.UNDETERMINED);
        List<String> remarks = new ArrayList<>();
        if (!in(FlowState.UNENFORCED).isEmpty()) {
            remarks.add("the network plugin (" + cluster.cni().configuredName()
                    + ") enforces no policies, so nothing protects or blocks these flows");
        }
        if (!unclear.isEmpty()) {
            String why = unclear.get(0).examples().stream()
                    .findFirst()
                    .map(example -> example.verdict()
                            .match(() -> "", blocked -> "", undetermined -> DoubtWording.of(undetermined.doubts())))
                    .orElse("");
            remarks.add("cannot tell about " + Names.count(unclear.size(), "flow") + (why.isEmpty() ? "" : ": " + why));
        }
        return remarks;
    }

    private List<FlowStanding> in(FlowState state) {
        return standings.stream().filter(standing -> standing.state() == state).toList();
    }

    private List<String> notThere(FlowStanding standing) {
        List<Advice> advice = new FlowDiagnosis(cluster, home(standing))
                .examine(standing.flow().flow());
        if (!advice.isEmpty()) {
            return advice.stream()
                    .map(each -> line(FlowBeginning.of(standing.flow(), each.end()), each.summaries()))
                    .toList();
        }
        return standing.unbound().stream()
                .map(unbound -> line(FlowBeginning.of(standing.flow()), List.of(UnboundWording.of(unbound))))
                .toList();
    }

    private String broken(FlowStanding standing) {
        return line(
                FlowBeginning.of(standing.flow()), StandingWording.inShort(standing, home(standing), narrowestFirst()));
    }

    /** A policy for few pods is more likely the one to amend than one for the whole namespace. */
    private Comparator<PolicyRef> narrowestFirst() {
        return Comparator.<PolicyRef>comparingInt(ref -> cluster.policiesIn(ref.namespace()).stream()
                        .filter(policy -> policy.policy().ref().equals(ref))
                        .mapToInt(policy -> policy.selected().size())
                        .sum())
                .thenComparing(PolicyRef::toString);
    }

    private static String line(List<String> beginnings, List<String> summaries) {
        return Message.fitting(beginnings, summaries, Wording.MOST_CHARACTERS_OF_WARNING);
    }

    private static String home(FlowStanding standing) {
        return standing.flow().contract().source().homeNamespace();
    }

    private static Stream<DeclaredFlow> flows(Contract contract) {
        return contract.flows().stream().map(flow -> new DeclaredFlow(contract, flow));
    }
}
