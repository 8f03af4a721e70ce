package dev.flowguard.assess.finding.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.wording.SetAsideWording;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is not evaluated is named by kind and object")
class SetAsideTest {
    @Test
    @DisplayName("K25, K26: untracked and pre-DNAT policies, and host endpoints, as none for pods")
    void notForPods() {
        assertThat(SetAsideWording.of(Warehouse.with(
                                "calico",
                                List.of(
                                        "{apiVersion: projectcalico.org/v3, kind: GlobalNetworkPolicy, metadata: {name: fast},"
                                                + " spec: {doNotTrack: true, applyOnForward: true, types: [Ingress]}}",
                                        "{apiVersion: projectcalico.org/v3, kind: HostEndpoint, metadata: {name: node-a-eth0},"
                                                + " spec: {node: node-a, interfaceName: eth0}}"))
                        .ruled()))
                .containsExactlyInAnyOrder(
                        "no effect on pods: GlobalNetworkPolicy fast (untracked and pre-DNAT policies act on host endpoints, not on pods)",
                        "no effect on pods: HostEndpoint node-a-eth0 (host endpoints are for the traffic of nodes, which is"
                                + " undetermined where a global policy could select them)");
    }

    @Test
    @DisplayName("N-A1: Antrea's kinds, with their group where another kind is called so too")
    void antrea() {
        assertThat(SetAsideWording.of(Warehouse.with(
                                "antrea",
                                List.of(
                                        "{apiVersion: crd.antrea.io/v1beta1, kind: ClusterNetworkPolicy, metadata: {name: guard}, spec: {priority: 1}}",
                                        "{apiVersion: crd.antrea.io/v1beta1, kind: NetworkPolicy, metadata: {name: own, namespace: shop}, spec: {priority: 1}}"))
                        .ruled()))
                .singleElement()
                .asString()
                .contains("ClusterNetworkPolicy.crd.antrea.io guard")
                .contains("NetworkPolicy.crd.antrea.io shop/own")
                .endsWith("are undetermined");
    }
}
