package dev.flowguard.admission.decision;

import dev.flowguard.assess.Finding;
import dev.flowguard.assess.FlowAssessment;
import dev.flowguard.contract.ImpliedKind;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which findings say of a policy what an implied flow would say of it again. */
final class ImpliedByFinding {
    private static final Map<ImpliedKind, Set<String>> SAME = Map.of(
            ImpliedKind.CLUSTER_DNS, Set.of("dns-egress-cut", "dns-ingress-cut"),
            ImpliedKind.KUBERNETES_API, Set.of("kubernetes-api-cut"));

    private ImpliedByFinding() {}

    static boolean says(List<Finding> told, FlowAssessment flow) {
        Set<String> ids = flow.flow()
                .contract()
                .source()
                .impliedKind()
                .map(kind -> SAME.getOrDefault(kind, Set.of()))
                .orElse(Set.of());
        return told.stream().anyMatch(finding -> ids.contains(finding.id()));
    }
}
