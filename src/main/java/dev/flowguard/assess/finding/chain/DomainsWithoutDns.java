package dev.flowguard.assess.finding.chain;

import dev.flowguard.assess.Severity;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.policy.chain.RuledPolicy;
import dev.flowguard.policy.cilium.CiliumPeers;
import dev.flowguard.policy.cilium.CiliumPolicy;
import dev.flowguard.policy.cilium.CiliumPorts;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names of domains where Cilium never sees what DNS answers (OTHER-POLICIES L22). */
final class DomainsWithoutDns implements ChainDiagnosis {
    private static final FindingKind KIND = FindingKind.of(
            "fqdn-without-dns-rule", Severity.WARNING, "Domain names are allowed, and DNS is not looked at", """
            `toFQDNs` matches addresses that Cilium saw in answers of DNS. It sees them only where a rule sends DNS through its proxy:
            `toPorts` for port 53 with `rules: {dns: [{matchPattern: "*"}]}`. Without one for the same pods the rule matches nothing, and
            as it isolates egress, the pods cannot even ask.

            Add such a rule beside it. One in another policy for the same pods counts.
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
                        .filter(cilium -> !seesNames(cilium))
                        .filter(cilium -> namesDomains(cilium) && !anotherSeesNames(policy))
                        .flatMap(DomainsWithoutDns::remarks);
    }

    private static boolean namesDomains(CiliumPolicy cilium) {
        return remarks(cilium).findAny().isPresent();
    }

    private static boolean seesNames(CiliumPolicy cilium) {
        return cilium.specs().stream()
                .flatMap(spec -> spec.rules().stream())
                .flatMap(rule -> rule.ports().groups().stream())
                .anyMatch(CiliumPorts.Group::seesNames);
    }

    /** Of all pods that the policy selects. */
    private static boolean anotherSeesNames(ExaminedPolicy policy) {
        Set<Object> seeing = policy.others(CiliumPolicy.class)
                .filter(DomainsWithoutDns::seesNames)
                .map(CiliumPolicy::ref)
                .collect(Collectors.toSet());
        Set<Workload> left = policy.ruled().stream().flatMap(policy::selected).collect(Collectors.toSet());
        Stream<RuledPolicy> others = policy.inForce().stream().filter(other -> seeing.contains(other.ref()));
        others.forEach(other -> left.removeIf(workload -> policy.selects(other, workload)));
        return left.isEmpty() && !seeing.isEmpty();
    }

    private static Stream<Remark> remarks(CiliumPolicy cilium) {
        return cilium.specs().stream()
                .flatMap(spec -> spec.rules().stream()
                        .filter(rule -> rule.peers() instanceof CiliumPeers.Domains)
                        .map(rule -> {
                            String place = rule.section() + "[" + rule.index() + "]";
                            return Remark.of(
                                    KIND,
                                    spec.path() + "." + place,
                                    "No rule for the pods lets Cilium see what DNS answers, so that the names match nothing. Add one:"
                                            + "  toPorts: [{ports: [{port: \"53\", protocol: ANY}], rules: {dns: [{matchPattern: \"*\"}]}}]",
                                    place + " names domains, and no rule lets Cilium see what DNS answers",
                                    place + " names domains without a DNS rule");
                        }));
    }
}
