package dev.flowguard.kubernetes;

import dev.flowguard.cluster.Fact;
import dev.flowguard.net.Address;
import dev.flowguard.policy.Labels;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.NodeStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads nodes: what traffic may seem to come from. */
final class NodeReader {
    /** The others are names. */
    private static final Set<String> ADDRESS_TYPES = Set.of("InternalIP", "ExternalIP");

    private NodeReader() {}

    static List<Fact> facts(Node node, Metadata metadata, Notes notes) {
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
        return List.of(new Fact.Node(metadata.name(), Labels.of(metadata.labels()), addresses));
    }
}
