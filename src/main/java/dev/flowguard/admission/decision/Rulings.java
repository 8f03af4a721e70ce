package dev.flowguard.admission.decision;

import dev.flowguard.assess.FlowAssessment;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.NamespaceEntry;
import dev.flowguard.contract.ContractSource;
import dev.flowguard.contract.Enforcement;
import dev.flowguard.contract.NamespaceMode;
import java.util.Optional;

/** How far a contract may go against a change: the weakest of all that have a say (DESIGN 3.5). */
final class Rulings {
    private final DecisionSettings settings;
    private final Requester requester;
    private final NamespaceEntry namespace;
    private final boolean enforcing;
    private final Snapshot cluster;

    /** @param namespace the namespace of the policy that is changed */
    Rulings(DecisionSettings settings, Requester requester, NamespaceEntry namespace, Snapshot cluster) {
        this.settings = settings;
        this.requester = requester;
        this.namespace = namespace;
        this.cluster = cluster;
        this.enforcing = cluster.cni().enforcesPolicies();
    }

    FlowRuling rule(FlowAssessment flow) {
        ContractSource source = flow.flow().contract().source();
        FlowRuling ruling = new FlowRuling(flow, enforcement(flow), FlowRuling.DecidedBy.CONTRACT);
        if (!source.isClusterWide() && !namespace.acceptsContractsFrom(source.homeNamespace())) {
            ruling = weaken(
                    ruling,
                    Enforcement.WARN,
                    namespace.name().isEmpty() ? FlowRuling.DecidedBy.SCOPE : FlowRuling.DecidedBy.OWNERSHIP);
        }
        Optional<Enforcement> mode = namespaceMode();
        if (mode.isPresent() && flow.flow().contract().namespaceMode() == NamespaceMode.HONOUR) {
            ruling = weaken(ruling, mode.get(), FlowRuling.DecidedBy.NAMESPACE_MODE);
        }
        if (settings.onlyWarns(requester)) {
            ruling = weaken(ruling, Enforcement.WARN, FlowRuling.DecidedBy.REQUESTER);
        }
        ruling = weaken(ruling, settings.mode(), FlowRuling.DecidedBy.GLOBAL_MODE);
        return enforcing ? ruling : weaken(ruling, Enforcement.WARN, FlowRuling.DecidedBy.CNI);
    }

    /** That of the contract; for an implied flow the level of its kind in the namespace of the change. */
    private Enforcement enforcement(FlowAssessment flow) {
        ContractSource source = flow.flow().contract().source();
        return source.impliedKind()
                .map(kind -> cluster.impliedLevel(kind, namespace).orElse(Enforcement.AUDIT))
                .orElse(flow.flow().contract().enforcement());
    }

    /** The most that a finding may do: the weakest of all that have a say, but for contracts, which have none. */
    Enforcement mostOfFindings() {
        Enforcement most = settings.mode().weaker(namespaceMode().orElse(Enforcement.DENY));
        return settings.onlyWarns(requester) || !enforcing ? most.weaker(Enforcement.WARN) : most;
    }

    private Optional<Enforcement> namespaceMode() {
        return modeOf(namespace);
    }

    /** The mode label where it is one that can be read. */
    static Optional<Enforcement> modeOf(NamespaceEntry namespace) {
        for (Enforcement known : Enforcement.values()) {
            if (known.spelling().equals(namespace.mode())) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }

    /** Whether the namespace carries a mode label that means nothing. */
    static boolean isModeUnreadable(NamespaceEntry namespace) {
        return !namespace.mode().isEmpty() && modeOf(namespace).isEmpty();
    }

    private static FlowRuling weaken(FlowRuling ruling, Enforcement most, FlowRuling.DecidedBy by) {
        return most.compareTo(ruling.enforcement()) < 0 ? new FlowRuling(ruling.flow(), most, by) : ruling;
    }
}
