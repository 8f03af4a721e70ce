package dev.flowguard.kubernetes.core;

import dev.flowguard.cluster.CniProfile;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.kubernetes.field.Absent;
import dev.flowguard.kubernetes.field.FieldPath;
import dev.flowguard.kubernetes.field.Metadata;
import dev.flowguard.kubernetes.field.Notes;
import dev.flowguard.net.Address;
import dev.flowguard.net.Cidr;
import dev.flowguard.policy.Labels;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeSpec;
import io.fabric8.kubernetes.api.model.NodeStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads nodes: what traffic may seem to come from. */
public final class NodeReader {
    /** The others are names. */
    private static final Set<String> ADDRESS_TYPES = Set.of("InternalIP", "ExternalIP");

    /** With what agents annotate the nodes on which they run. */
    private static final Map<String, CniProfile> ANNOTATIONS = Map.of(
            "flannel.alpha.coreos.com/", CniProfile.FLANNEL,
            "projectcalico.org/", CniProfile.CALICO,
            "network.cilium.io/", CniProfile.CILIUM,
            "k8s.ovn.org/", CniProfile.OVN_KUBERNETES,
            "node.antrea.io/", CniProfile.ANTREA);

    /** And what they say of the condition {@value #NETWORK} when it is over. */
    private static final Map<String, CniProfile> REASONS = Map.of(
            "FlannelIsUp", CniProfile.FLANNEL,
            "CalicoIsUp", CniProfile.CALICO,
            "CiliumIsUp", CniProfile.CILIUM,
            "WeaveIsUp", CniProfile.WEAVE);

    private static final String NETWORK = "NetworkUnavailable";

    private NodeReader() {}

    public static List<Fact> facts(Node node, Metadata metadata, Notes notes) {
        NodeStatus status = Absent.asBlank(node.getStatus(), NodeStatus::new);
        List<NodeAddress> given = Absent.asEmpty(status.getAddresses(), NodeAddress::new);
        List<Address> addresses = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            NodeAddress address = given.get(i);
            if (ADDRESS_TYPES.contains(Absent.asEmpty(address.getType()))) {
                FieldPath path = FieldPath.of("status", "addresses").item(i).field("address");
                notes.parsed(path, () -> Address.parse(Absent.asEmpty(address.getAddress())))
                        .ifPresent(addresses::add);
            }
        }
        NodeSpec spec = Absent.asBlank(node.getSpec(), NodeSpec::new);
        return List.of(new Fact.Node(
                metadata.name(),
                Labels.of(metadata.labels()),
                addresses,
                podRanges(spec, notes),
                plugins(metadata, status)));
    }

    /** Only nodes themselves and those who run the cluster can annotate them, or say of one that its network is up. */
    private static Set<String> plugins(Metadata metadata, NodeStatus status) {
        Set<String> plugins = new TreeSet<>();
        ANNOTATIONS.forEach((prefix, plugin) -> {
            if (metadata.annotations().keySet().stream().anyMatch(key -> key.startsWith(prefix))) {
                plugins.add(plugin.configuredName());
            }
        });
        Absent.asEmpty(status.getConditions(), NodeCondition::new).stream()
                .filter(condition -> NETWORK.equals(condition.getType()))
                .map(condition -> REASONS.get(Absent.asEmpty(condition.getReason())))
                .filter(Objects::nonNull)
                .forEach(plugin -> plugins.add(plugin.configuredName()));
        return plugins;
    }

    /** A node of an older cluster has only the one. */
    private static List<Cidr> podRanges(NodeSpec spec, Notes notes) {
        List<String> all = Absent.asEmpty(spec.getPodCIDRs());
        @Nullable String only = spec.getPodCIDR();
        List<String> given = all.isEmpty() && only != null ? List.of(only) : all;
        List<Cidr> ranges = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            String text = given.get(i);
            notes.parsed(FieldPath.of("spec", "podCIDRs").item(i), () -> Cidr.parse(text))
                    .ifPresent(ranges::add);
        }
        return ranges;
    }
}
