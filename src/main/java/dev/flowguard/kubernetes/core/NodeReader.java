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
import io.fabric8.kubernetes.api.model.NodeSpec;
import io.fabric8.kubernetes.api.model.NodeStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads nodes: what traffic may seem to come from. */
public final class NodeReader {
    /** The others are names. */
    private static final Set<String> ADDRESS_TYPES = Set.of("InternalIP", "ExternalIP");

    private static final String FLANNEL = "flannel.alpha.coreos.com/";

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
                metadata.name(), Labels.of(metadata.labels()), addresses, podRanges(spec, notes), plugins(metadata)));
    }

    /** Only nodes themselves and those who run the cluster can annotate them. */
    private static Set<String> plugins(Metadata metadata) {
        boolean flannel = metadata.annotations().keySet().stream().anyMatch(key -> key.startsWith(FLANNEL));
        return flannel ? Set.of(CniProfile.FLANNEL.configuredName()) : Set.of();
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
