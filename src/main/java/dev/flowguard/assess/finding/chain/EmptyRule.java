package dev.flowguard.assess.finding.chain;

import dev.flowguard.assess.Severity;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.cilium.CiliumPeers;
import dev.flowguard.policy.cilium.CiliumPolicy;
import dev.flowguard.policy.cilium.CiliumPolicy.Rule;
import java.util.stream.Stream;

/** An empty rule of Cilium, which is easily taken for that of a NetworkPolicy (OTHER-POLICIES L2). */
final class EmptyRule implements ChainDiagnosis {
    private static final FindingKind KIND =
            FindingKind.of("empty-rule-allows-nothing", Severity.WARNING, "An empty rule allows nothing", """
            In a NetworkPolicy `ingress: [{}]` allows everything. In a policy of Cilium it is the opposite: the rule isolates the pods and, as
            it names neither a peer nor a port, allows nothing.

            To allow everything write `fromEntities: [all]` or `toEntities: [all]`; to isolate on purpose write `ingress: []` beside
            `enableDefaultDeny: {ingress: true}` or `fromEndpoints: []`, which cannot be mistaken and are not reported.
            """);

    @Override
    public FindingKind kind() {
        return KIND;
    }

    @Override
    public Stream<Remark> examine(ExaminedPolicy policy) {
        return policy.ruled().isEmpty()
                ? Stream.empty()
                : policy.as(CiliumPolicy.class)
                        .flatMap(cilium -> cilium.specs().stream())
                        .flatMap(spec -> spec.rules().stream()
                                .filter(EmptyRule::isEmpty)
                                .map(rule ->
                                        remark(spec.path() + "." + rule.section() + "[" + rule.index() + "]", rule)));
    }

    private static boolean isEmpty(Rule rule) {
        return !rule.denies()
                && rule.peers() instanceof CiliumPeers.Nobody nobody
                && !nobody.written()
                && rule.unknownFields().isEmpty()
                && rule.ports().everything();
    }

    private static Remark remark(String place, Rule rule) {
        String everything = (rule.direction() == Direction.INGRESS ? "fromEntities" : "toEntities") + ": [all]";
        String shortPlace = rule.section() + "[" + rule.index() + "]";
        return Remark.of(
                KIND,
                place,
                "The rule is empty, which isolates the pods and allows nothing, unlike the empty rule of a NetworkPolicy. To allow"
                        + " everything write  " + everything,
                shortPlace + " is empty, which allows nothing here; to allow everything write " + everything,
                shortPlace + " is empty, which allows nothing here");
    }
}
