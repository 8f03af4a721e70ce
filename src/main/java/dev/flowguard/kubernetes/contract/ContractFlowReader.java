package dev.flowguard.kubernetes.contract;

import dev.flowguard.contract.ContractProblem;
import dev.flowguard.contract.ContractSource;
import dev.flowguard.contract.DnsLabel;
import dev.flowguard.contract.Expectation;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.PortRule;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.PortMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one flow of a contract. */
final class ContractFlowReader {
    private static final List<String> FIELDS = List.of("name", "expect", "from", "to", "ports");

    private final ContractSource source;
    private final ContractEndReader ends;

    ContractFlowReader(ContractSource source) {
        this.source = source;
        this.ends = new ContractEndReader(source.homeNamespace());
    }

    /** The flow, if there is no mistake in it. */
    Optional<Flow> read(ContractField flow) {
        List<ContractProblem> mistakes = new ArrayList<>();
        Optional<Flow> read = readable(flow.telling(mistakes));
        flow.problems().addAll(mistakes);
        return mistakes.isEmpty() ? read : Optional.empty();
    }

    private Optional<Flow> readable(ContractField flow) {
        if (!flow.isMapOf(FIELDS)) {
            return Optional.empty();
        }
        ContractField name = flow.get("name");
        Optional<String> named =
                name.requiredText().filter(text -> name.isRight(DnsLabel.mistakeIn(text, "the name of a flow")));
        Optional<Expectation> expectation = expectation(flow.get("expect"));
        Optional<FlowEnd> from = ends.source(flow.get("from"));
        Optional<FlowEnd> to = ends.destination(flow.get("to"));
        Optional<PortRule> rule = to.map(PortRule::towards);
        List<PortMatch> ports = new ContractPortReader(port -> rule.flatMap(towards -> towards.objectionTo(port)))
                .read(flow.get("ports"));
        if (named.isEmpty() || expectation.isEmpty() || from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        if (flow.problems().isEmpty()) {
            checkEnds(flow, from.get(), to.get());
        }
        PortRule towards = PortRule.towards(to.get());
        ContractField list = flow.get("ports");
        if (list.isEmpty() && !towards.mayBeLeftOut() && expectation.get() == Expectation.ALLOWED) {
            list.tell("is missing: expected a list such as [{port: 5432}]; it may be left out towards a service or"
                    + " wellKnown, and where the flow must be Blocked");
        }
        return Optional.of(new Flow(named.get(), expectation.get(), from.get(), to.get(), towards.declare(ports)));
    }

    private static Optional<Expectation> expectation(ContractField field) {
        return field.isPresent()
                ? field.choice(Expectation.values(), Expectation::spelling)
                : Optional.of(Expectation.ALLOWED);
    }

    private void checkEnds(ContractField flow, FlowEnd from, FlowEnd to) {
        if (isNoPod(from) && isNoPod(to)) {
            flow.tell(
                    "has no pod at either end: no NetworkPolicy stands between addresses outside the cluster, of nodes"
                            + " or of the API server");
        } else if (!source.isClusterWide() && !isAtHome(from) && !isAtHome(to)) {
            flow.tell("has no end that is surely in the namespace " + source.homeNamespace()
                    + " of this contract: leave out the namespaceSelector of one, or declare the flow in a "
                    + ContractSource.CLUSTER_FLOW_CONTRACT);
        }
    }

    private boolean isAtHome(FlowEnd end) {
        String home = source.homeNamespace();
        return end.match(
                pods -> pods.namespaces().requires(LabelSelector.NAMESPACE_NAME, home),
                ownedBy -> ownedBy.owner().namespace().equals(home),
                service -> service.namespace().equals(home),
                outside -> false,
                wellKnown -> false);
    }

    private static boolean isNoPod(FlowEnd end) {
        return end.match(
                pods -> false,
                ownedBy -> false,
                service -> false,
                outside -> true,
                wellKnown -> wellKnown.name() != FlowEnd.WellKnown.Name.CLUSTER_DNS);
    }
}
