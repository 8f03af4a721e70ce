package dev.flowguard.kubernetes.model;

import io.fabric8.kubernetes.api.model.networking.v1.IPBlock;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;

/** NetworkPolicies, with the names of fields that the model does not have. */
public final class PolicyModel {
    private PolicyModel() {}

    public static NetworkPolicy networkPolicy(Fields fields) {
        NetworkPolicy policy = MetaModel.described(new NetworkPolicy(), fields);
        policy.setSpec(fields.object("spec", PolicyModel::spec));
        fields.others().forEach(policy::setAdditionalProperty);
        return policy;
    }

    private static NetworkPolicySpec spec(Fields fields) {
        NetworkPolicySpec spec = new NetworkPolicySpec();
        spec.setPodSelector(fields.object("podSelector", MetaModel::labelSelector));
        spec.setPolicyTypes(fields.texts("policyTypes"));
        spec.setIngress(fields.list("ingress", PolicyModel::ingressRule));
        spec.setEgress(fields.list("egress", PolicyModel::egressRule));
        fields.others().forEach(spec::setAdditionalProperty);
        return spec;
    }

    private static NetworkPolicyIngressRule ingressRule(Fields fields) {
        NetworkPolicyIngressRule rule = new NetworkPolicyIngressRule();
        rule.setFrom(fields.list("from", PolicyModel::peer));
        rule.setPorts(fields.list("ports", PolicyModel::port));
        fields.others().forEach(rule::setAdditionalProperty);
        return rule;
    }

    private static NetworkPolicyEgressRule egressRule(Fields fields) {
        NetworkPolicyEgressRule rule = new NetworkPolicyEgressRule();
        rule.setTo(fields.list("to", PolicyModel::peer));
        rule.setPorts(fields.list("ports", PolicyModel::port));
        fields.others().forEach(rule::setAdditionalProperty);
        return rule;
    }

    private static NetworkPolicyPeer peer(Fields fields) {
        NetworkPolicyPeer peer = new NetworkPolicyPeer();
        peer.setPodSelector(fields.object("podSelector", MetaModel::labelSelector));
        peer.setNamespaceSelector(fields.object("namespaceSelector", MetaModel::labelSelector));
        peer.setIpBlock(fields.object("ipBlock", PolicyModel::ipBlock));
        fields.others().forEach(peer::setAdditionalProperty);
        return peer;
    }

    private static IPBlock ipBlock(Fields fields) {
        IPBlock block = new IPBlock();
        block.setCidr(fields.text("cidr"));
        block.setExcept(fields.texts("except"));
        fields.others().forEach(block::setAdditionalProperty);
        return block;
    }

    private static NetworkPolicyPort port(Fields fields) {
        NetworkPolicyPort port = new NetworkPolicyPort();
        port.setPort(fields.port("port"));
        port.setEndPort(fields.integer("endPort"));
        port.setProtocol(fields.text("protocol"));
        fields.others().forEach(port::setAdditionalProperty);
        return port;
    }
}
