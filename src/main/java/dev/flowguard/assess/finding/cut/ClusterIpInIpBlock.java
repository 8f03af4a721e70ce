package dev.flowguard.assess.finding.cut;

import dev.flowguard.assess.Severity;
import dev.flowguard.assess.finding.diagnosis.BlockPeer;
import dev.flowguard.assess.finding.diagnosis.Diagnosis;
import dev.flowguard.assess.finding.diagnosis.Examination;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.assess.finding.diagnosis.WideBlock;
import dev.flowguard.assess.finding.diagnosis.Wording;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.net.Cidr;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.RuleYaml;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An ipBlock is meant for ClusterIPs, which are translated before policies look at a packet (SEMANTICS B6). */
public final class ClusterIpInIpBlock implements Diagnosis {
    private static final FindingKind KIND = FindingKind.of(
            "cluster-ip-in-ip-block", Severity.ERROR, "An ipBlock holds the ClusterIP of a Service", """
            The ClusterIP of a Service never arrives anywhere: it is translated to the address of a pod, and almost every network
            plugin applies policies after that. A rule with an `ipBlock` for a ClusterIP, or for the range of them, opens
            nothing.

            Allow the pods behind the Service: a podSelector with the Service's selector, a namespaceSelector for its namespace,
            and the target ports. For the API server, which has no pods to select, allow the addresses behind
            `default/kubernetes`. Wide blocks that hold ClusterIPs among much else (0.0.0.0/0, the private networks) are not
            reported.
            """);

    @Override
    public FindingKind kind() {
        return KIND;
    }

    @Override
    public Stream<Remark> examine(Examination examination) {
        if (examination.cluster().cni().ipBlockMatchesClusterIps().isYes()) {
            return Stream.empty();
        }
        return examination
                .blockPeers()
                .flatMap(block ->
                        service(block, examination).map(service -> remark(block, service, examination)).stream());
    }

    private static Optional<ServiceEntry> service(BlockPeer block, Examination examination) {
        Snapshot cluster = examination.cluster();
        if (block.isSingle()) {
            return cluster.serviceAt(block.block().cidr().base());
        }
        return WideBlock.isOfOneNetwork(block) && !WideBlock.holdsPodOrNode(block, examination)
                ? WideBlock.nearbyServices(examination)
                        .filter(service -> service.clusterIps().stream().anyMatch(block::covers))
                        .findFirst()
                : Optional.empty();
    }

    private static Remark remark(BlockPeer block, ServiceEntry service, Examination examination) {
        Cidr cidr = block.block().cidr();
        String name = service.toString();
        boolean surely = examination.cluster().cni().ipBlockMatchesClusterIps().isNo();
        String opens = surely ? "opens nothing" : "opens nothing with most network plugins";
        String briefly = surely ? "it opens nothing" : "few plugins match it";
        String what = block.isSingle() ? "is a ClusterIP" : "is a range of ClusterIPs";
        String holds = block.isSingle()
                ? cidr + " is the ClusterIP of Service " + name
                : cidr + " is a range of ClusterIPs, that of Service " + name + " among them";
        String why = block.rule().direction() == Direction.INGRESS
                ? ": nobody sends from a ClusterIP. "
                : ": a ClusterIP is translated to the address of a pod before policies are applied. ";
        return Remark.of(
                KIND,
                block.place() + ".cidr",
                holds + ", and the block " + opens + why + remedy(block, service, examination),
                block.shortPlace() + ": " + holds + "; " + briefly,
                block.shortPlace() + ": " + cidr + " " + what + "; " + briefly,
                cidr + " " + what + "; " + briefly);
    }

    private static String remedy(BlockPeer block, ServiceEntry service, Examination examination) {
        if (!service.hasSelector()) {
            List<String> addresses = WideBlock.published(service, examination).stream()
                    .map(address -> Cidr.of(address).toString())
                    .toList();
            return "Write the addresses behind the Service"
                    + (addresses.isEmpty() ? "." : ": " + Wording.all(addresses) + ".");
        }
        return block.isSingle()
                ? "Select the pods behind the Service, with their own ports:  "
                        + RuleYaml.peer(CutOff.podsBehind(service))
                : "Select the pods behind the Services that are meant, with their own ports; for " + service + ":  "
                        + RuleYaml.peer(CutOff.podsBehind(service));
    }
}
