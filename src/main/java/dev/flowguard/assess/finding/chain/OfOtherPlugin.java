package dev.flowguard.assess.finding.chain;

import dev.flowguard.assess.Severity;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.policy.chain.Mapping;
import java.util.stream.Stream;

/** A policy of a network plugin that the cluster does not have (OTHER-POLICIES X3). */
final class OfOtherPlugin implements ChainDiagnosis {
    private static final FindingKind KIND = FindingKind.of(
            "policy-of-other-plugin",
            Severity.WARNING,
            "The cluster's network plugin does not read this kind of policy",
            """
            The policy is of a kind that only another network plugin reads. The API server keeps it, nothing enforces it: it neither
            opens nor closes anything here.

            Write it as a policy of the cluster's own plugin, or as a NetworkPolicy, and remove this one. If the plugin was not recognised
            rightly, say which it is with `flowguard.cni`.
            """);

    @Override
    public FindingKind kind() {
        return KIND;
    }

    @Override
    public Stream<Remark> examine(ExaminedPolicy policy) {
        return Ignorance.of(policy, Mapping.Ignored.Cause.OTHER_PLUGIN)
                .map(ignored -> Remark.of(
                        KIND,
                        "spec",
                        "It has no effect: " + ignored.why()
                                + ". Write it as a policy that this plugin reads, or remove it.",
                        "no effect: " + ignored.why(),
                        "no effect on " + policy.cluster().cni().configuredName()));
    }
}
