package dev.flowguard.wording;

import dev.flowguard.assess.FlowStanding;
import dev.flowguard.assess.finding.flow.Advice;
import dev.flowguard.assess.finding.flow.FlowDiagnosis;
import dev.flowguard.binding.Unbound;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.FlowEnd;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why a declared flow speaks of nothing in this cluster. */
public final class UnboundWording {
    private UnboundWording() {}

    /** As {@link #of(Unbound)}, with what was probably meant where something there is called nearly like it; empty for a flow that is bound. */
    public static Optional<String> of(FlowStanding standing, Snapshot cluster) {
        return standing.unbound().map(unbound -> {
            List<Advice> advice =
                    new FlowDiagnosis(cluster, "").examine(standing.flow().flow());
            return advice.isEmpty()
                    ? of(unbound)
                    : advice.stream()
                            .map(each ->
                                    name(each.end()) + ": " + each.summaries().get(0))
                            .collect(Collectors.joining("; "));
        });
    }

    private static String name(Unbound.End end) {
        return end == Unbound.End.FROM ? "from" : "to";
    }

    public static String of(Unbound unbound) {
        String end = name(unbound.end());
        return switch (unbound.reason()) {
            case NO_WORKLOAD -> end + ": nothing matches " + unbound.subject();
            case ONLY_HOST_NETWORK ->
                end + ": only pods on the host network match " + unbound.subject() + ", and no policy selects those";
            case NO_SUCH_SERVICE -> end + ": there is no Service " + unbound.subject();
            case SERVICE_IS_ALIAS ->
                end + ": Service " + unbound.subject()
                        + " is an ExternalName, another name in DNS; name the Service or the cidr that it leads to";
            case NO_PODS_BEHIND_SERVICE -> end + ": no pod stands behind Service " + unbound.subject();
            case NO_SUCH_SERVICE_PORT -> end + ": Service " + unbound.subject().replaceFirst(" ", " lacks ");
            case NO_SUCH_NAMED_PORT -> end + ": no matching pod declares the port " + unbound.subject();
            case NOT_DISCOVERED ->
                end + ": " + unbound.subject() + " was not found in this cluster" + looked(unbound.subject());
            case NO_COMMON_FAMILY -> "the ends have no address family in common";
            case NOTHING_OUTSIDE -> "every address of the block belongs to the cluster itself";
            case ONLY_ITSELF -> "the only pair is one pod with itself";
        };
    }

    /** Manifests that are of applications alone have neither. */
    private static String looked(String wellKnown) {
        if (wellKnown.equals(FlowEnd.WellKnown.Name.NODES.spelling())) {
            return ": no Node with an address is known";
        }
        return wellKnown.equals(FlowEnd.WellKnown.Name.CLUSTER_DNS.spelling())
                ? ": no Service of it is known, and flowguard.dns.addresses names none"
                : ": Service default/kubernetes is not known";
    }
}
