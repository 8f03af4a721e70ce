package dev.flowguard.kubernetes.model;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceCondition;
import io.fabric8.kubernetes.api.model.NamespaceSpec;
import io.fabric8.kubernetes.api.model.NamespaceStatus;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.NodeSpec;
import io.fabric8.kubernetes.api.model.NodeStatus;

/** Where pods live: Namespaces and Nodes. */
public final class PlaceModel {
    private PlaceModel() {}

    public static Namespace namespace(Fields fields) {
        Namespace namespace = MetaModel.described(new Namespace(), fields);
        namespace.setSpec(fields.object("spec", PlaceModel::namespaceSpec));
        namespace.setStatus(fields.object("status", PlaceModel::namespaceStatus));
        return namespace;
    }

    private static NamespaceSpec namespaceSpec(Fields fields) {
        NamespaceSpec spec = new NamespaceSpec();
        spec.setFinalizers(fields.texts("finalizers"));
        return spec;
    }

    private static NamespaceStatus namespaceStatus(Fields fields) {
        NamespaceStatus status = new NamespaceStatus();
        status.setPhase(fields.text("phase"));
        status.setConditions(fields.list("conditions", PlaceModel::namespaceCondition));
        return status;
    }

    private static NamespaceCondition namespaceCondition(Fields fields) {
        NamespaceCondition condition = new NamespaceCondition();
        condition.setLastTransitionTime(fields.text("lastTransitionTime"));
        condition.setMessage(fields.text("message"));
        condition.setReason(fields.text("reason"));
        condition.setStatus(fields.text("status"));
        condition.setType(fields.text("type"));
        return condition;
    }

    public static Node node(Fields fields) {
        Node node = MetaModel.described(new Node(), fields);
        node.setSpec(fields.object("spec", PlaceModel::nodeSpec));
        node.setStatus(fields.object("status", PlaceModel::nodeStatus));
        return node;
    }

    private static NodeSpec nodeSpec(Fields fields) {
        NodeSpec spec = new NodeSpec();
        spec.setPodCIDR(fields.text("podCIDR"));
        spec.setPodCIDRs(fields.texts("podCIDRs"));
        return spec;
    }

    private static NodeStatus nodeStatus(Fields fields) {
        NodeStatus status = new NodeStatus();
        status.setAddresses(fields.list("addresses", PlaceModel::nodeAddress));
        return status;
    }

    private static NodeAddress nodeAddress(Fields fields) {
        NodeAddress address = new NodeAddress();
        address.setAddress(fields.text("address"));
        address.setType(fields.text("type"));
        return address;
    }
}
