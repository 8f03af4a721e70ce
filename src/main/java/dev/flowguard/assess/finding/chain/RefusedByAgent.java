package dev.flowguard.assess.finding.chain;

import dev.flowguard.assess.Severity;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.policy.chain.Mapping;
import dev.flowguard.policy.cilium.CiliumPolicy;
import java.util.stream.Stream;

/** The API server takes the policy, and the agents ignore the whole of it (OTHER-POLICIES L27). */
final class RefusedByAgent implements ChainDiagnosis {
    private static final FindingKind KIND =
            FindingKind.of("ignored-by-agent", Severity.ERROR, "The agents ignore the whole policy", """
            The schema of Cilium's policies is loose: the API server takes an object with which the agents can do nothing. They ignore
            *all* of it then, its other rules included, and say so only in its status, as the condition `Valid=False`.

            Correct the field that is named. Until then the policy isolates nobody and allows nothing.
            """);

    @Override
    public FindingKind kind() {
        return KIND;
    }

    @Override
    public Stream<Remark> examine(ExaminedPolicy policy) {
        return Ignorance.of(policy, Mapping.Ignored.Cause.REFUSED)
                .map(ignored -> Remark.of(
                        KIND,
                        ignored.place(),
                        "The policy has no effect at all: " + ignored.why() + ".",
                        "no effect: " + ignored.why(),
                        "no effect, since " + because(policy, ignored.place()),
                        because(policy, ignored.place()),
                        "refused by Cilium's agent for " + ignored.place()));
    }

    /** The reason without the remedy: {@code ingress[0] fromEndpoints and fromCIDR stand in one rule}. */
    private static String because(ExaminedPolicy policy, String place) {
        String reason = policy.as(CiliumPolicy.class)
                .flatMap(cilium -> cilium.refusals().stream())
                .filter(refusal -> refusal.field().equals(place))
                .map(refusal -> refusal.reason().split("[,:] ", 2)[0])
                .findFirst()
                .orElse("is refused by Cilium's agent");
        return (place.startsWith("spec.") ? place.substring("spec.".length()) : place) + " " + reason;
    }
}
