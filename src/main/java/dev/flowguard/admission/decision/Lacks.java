package dev.flowguard.admission.decision;

import dev.flowguard.admission.decision.ClusterState.Lack;
import dev.flowguard.assess.Effect;
import dev.flowguard.assess.FlowAssessment;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.verdict.pair.Endpoint;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/** Which flows need what is out of touch: about these nothing is certain, and about no others. */
final class Lacks {
    private final Set<Lack> lacks;
    private final Snapshot cluster;

    Lacks(Set<Lack> lacks, Snapshot cluster) {
        this.lacks = lacks;
        this.cluster = cluster;
    }

    boolean concern(FlowAssessment flow) {
        return !lacks.isEmpty() && needs(flow).stream().anyMatch(lacks::contains);
    }

    private Set<Lack> needs(FlowAssessment assessed) {
        Set<Lack> needs = EnumSet.noneOf(Lack.class);
        Flow flow = assessed.flow().flow();
        Stream.of(flow.from(), flow.to()).forEach(end -> addNeeds(end, needs));
        boolean someAreTemplates = assessed.examples(Effect.NEWLY_BROKEN).stream()
                .flatMap(example ->
                        Stream.of(example.pair().source(), example.pair().destination()))
                .anyMatch(Lacks::isTemplate);
        if (someAreTemplates) {
            needs.add(Lack.TEMPLATES);
        }
        return needs;
    }

    private void addNeeds(FlowEnd end, Set<Lack> needs) {
        if (end instanceof FlowEnd.ServicePods service) {
            needs.add(Lack.SERVICES);
            if (!cluster.service(service.namespace(), service.name())
                    .map(ServiceEntry::hasSelector)
                    .orElse(false)) {
                needs.add(Lack.ENDPOINTS);
            }
        } else if (end instanceof FlowEnd.WellKnown wellKnown) {
            needs.add(wellKnown.name() == FlowEnd.WellKnown.Name.CLUSTER_DNS ? Lack.SERVICES : Lack.ENDPOINTS);
        } else if (end instanceof FlowEnd.Outside) {
            needs.add(Lack.NODES);
        }
    }

    /** Whether the workload is known by its template alone, which may be gone. */
    private static boolean isTemplate(Endpoint end) {
        return end.match(pods -> pods.workload().livePods() == 0, addresses -> false);
    }
}
