package dev.flowguard.assess.finding.chain;

import dev.flowguard.assess.finding.diagnosis.CommonKinds;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.chain.PluginFamily;
import dev.flowguard.policy.cilium.CiliumPolicy;
import dev.flowguard.policy.cnp.AdminPeer;
import dev.flowguard.policy.cnp.AdminPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A selector of peers that only excludes, which to Cilium matches the outside too (OTHER-POLICIES L11). */
final class OnlyExcludes implements ChainDiagnosis {
    @Override
    public FindingKind kind() {
        return CommonKinds.ONLY_EXCLUDES;
    }

    @Override
    public Stream<Remark> examine(ExaminedPolicy policy) {
        if (policy.ruled().isEmpty()
                || policy.cluster().cni().family() != PluginFamily.CILIUM
                || !CiliumPolicy.exclusionsReachBeyondPods(policy.cluster().surroundings())) {
            return Stream.empty();
        }
        return Stream.concat(
                policy.as(CiliumPolicy.class).flatMap(OnlyExcludes::ofCilium),
                policy.as(AdminPolicy.class)
                        .flatMap(admin ->
                                Stream.of(Direction.values()).flatMap(direction -> ofAdmin(admin, direction))));
    }

    private static Stream<Remark> ofCilium(CiliumPolicy cilium) {
        return cilium.specs().stream()
                .flatMap(spec -> spec.rules().stream()
                        .flatMap(rule -> rule.peers()
                                .podSelectors()
                                .filter(cilium::reachesBeyondPods)
                                .map(selector -> remark(
                                        spec.path() + ".",
                                        rule.section() + "[" + rule.index() + "]",
                                        selector.toString(),
                                        "one such as  k8s:io.kubernetes.pod.namespace Exists"))));
    }

    private static Stream<Remark> ofAdmin(AdminPolicy admin, Direction direction) {
        List<Remark> remarks = new ArrayList<>();
        for (int i = 0; i < admin.rules(direction).size(); i++) {
            String rule = direction.section() + "[" + i + "]";
            admin.rules(direction).get(i).peers().stream()
                    .flatMap(OnlyExcludes::pods)
                    .filter(AdminPeer.Pods::onlyExcludes)
                    .map(peer -> remark(
                            "spec.",
                            rule,
                            peer.namespaces().toString(),
                            "one such as  kubernetes.io/metadata.name Exists"))
                    .forEach(remarks::add);
        }
        return remarks.stream();
    }

    private static Stream<AdminPeer.Pods> pods(AdminPeer peer) {
        return peer.match(
                Stream::of,
                networks -> Stream.empty(),
                nodes -> Stream.empty(),
                domains -> Stream.empty(),
                unknown -> Stream.empty(),
                unreadable -> Stream.empty());
    }

    private static Remark remark(String spec, String rule, String selector, String term) {
        return Remark.of(
                CommonKinds.ONLY_EXCLUDES,
                spec + rule,
                "The selector " + selector
                        + " only excludes, and so matches to Cilium what has no such label at all: nodes, and"
                        + " everything outside of the cluster. Add a term that includes, " + term + ".",
                rule + " only excludes (" + selector + "), which matches the outside of the cluster too",
                rule + " only excludes, which matches the outside of the cluster too");
    }
}
