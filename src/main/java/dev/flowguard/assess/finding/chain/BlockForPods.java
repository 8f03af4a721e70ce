package dev.flowguard.assess.finding.chain;

import dev.flowguard.assess.finding.diagnosis.CommonKinds;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.assess.finding.diagnosis.WideBlock;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.net.Cidr;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.chain.ChainRule;
import dev.flowguard.policy.chain.Ends;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Address blocks that hold pods, on a plugin that never matches pods by their addresses (OTHER-POLICIES L20). */
final class BlockForPods implements ChainDiagnosis {
    @Override
    public FindingKind kind() {
        return CommonKinds.BLOCK_COVERS_PODS;
    }

    @Override
    public Stream<Remark> examine(ExaminedPolicy policy) {
        return policy.ruled().stream()
                .flatMap(own ->
                        Stream.of(Direction.values()).flatMap(direction -> own.section(direction).rules().stream()))
                .flatMap(rule -> blocks(rule.peer())
                        .filter(block -> block.range().isSingle() || WideBlock.isOfOneNetwork(block))
                        .flatMap(block -> pod(policy, block).map(pod -> remark(policy, rule, block, pod)).stream()))
                .distinct();
    }

    /** The blocks in it that match no pods. */
    private static Stream<Cidr> blocks(Ends ends) {
        if (ends instanceof Ends.Addresses addresses) {
            return addresses.pods().isNo() ? addresses.blocks().stream().map(block -> block.cidr()) : Stream.empty();
        }
        List<Ends> parts = ends instanceof Ends.AnyOf any
                ? any.parts()
                : ends instanceof Ends.AllOf all ? all.parts() : List.<Ends>of();
        return parts.stream().flatMap(BlockForPods::blocks);
    }

    private static Optional<Workload> pod(ExaminedPolicy policy, Cidr block) {
        return policy.cluster().namespaces().stream()
                .flatMap(shard -> shard.workloads(shard.podNetwork()).stream())
                .filter(workload -> workload.addresses().stream().anyMatch(block::contains))
                .findFirst();
    }

    private static Remark remark(ExaminedPolicy policy, ChainRule rule, Cidr block, Workload pod) {
        String plugin = policy.cluster().cni().configuredName();
        return Remark.of(
                CommonKinds.BLOCK_COVERS_PODS,
                ExaminedPolicy.place(rule),
                block + " holds addresses of pods, those of " + pod + " among them, and " + plugin
                        + " does not match pods by address blocks. Select pods by their labels.",
                rule.path() + ": " + block + " holds pods, and " + plugin + " does not match pods by address",
                rule.path() + ": " + block + " holds pods; select them by label",
                block + " holds pods; select them by label");
    }
}
