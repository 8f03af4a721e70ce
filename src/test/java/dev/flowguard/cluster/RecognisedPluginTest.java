package dev.flowguard.cluster;

import static dev.flowguard.testing.Given.daemonSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.cluster.object.Fact;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.calico.Tier;
import dev.flowguard.testing.Part;
import dev.flowguard.testing.TestCluster;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What is taken for the network plugin")
class RecognisedPluginTest {
    private static final Part NODE = node();
    private static final Part TIER =
            Part.of(new ObjectRef("Tier", "", "default"), new Fact.Input(new Tier("default", 1_000_000, false)));

    @ParameterizedTest(name = "{0}, nodes {1}: {2}, as {3}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        kube-system/calico-node                        | plain   | calico  | DaemonSet kube-system/calico-node
        calico-system/calico-node                      | calico  | calico  | DaemonSet calico-system/calico-node
        calico-system/calico-node                      | none    | calico  | DaemonSet calico-system/calico-node
        calico-system/calico-node                      | tier    | calico  | DaemonSet calico-system/calico-node
        calico-system/calico-node                      | flannel | generic | no agent of a known one was found; DaemonSet calico-system/calico-node is not believed, as no Node tells of calico: set flowguard.cni if it is right
        cilium/cilium kube-system/aws-node             | plain   | aws-vpc-cni | DaemonSet kube-system/aws-node; DaemonSet cilium/cilium is not believed, as no Node tells of cilium: set flowguard.cni if it is right
        kube-system/kube-flannel-ds                    | plain   | flannel | DaemonSet kube-system/kube-flannel-ds
        kube-flannel/kube-flannel-ds                   | flannel | flannel | DaemonSet kube-flannel/kube-flannel-ds
        kube-flannel/kube-flannel-ds                   | none    | flannel | DaemonSet kube-flannel/kube-flannel-ds
        kube-flannel/kube-flannel-ds                   | plain   | generic | no agent of a known one was found; DaemonSet kube-flannel/kube-flannel-ds is not believed, as no Node tells of flannel: set flowguard.cni if it is right
        cilium/kube-flannel                            | plain   | generic | no agent of a known one was found; DaemonSet cilium/kube-flannel is not believed, as no Node tells of flannel: set flowguard.cni if it is right
        shop/kube-flannel                              | none    | generic | no agent of a known one was found
        openshift-ovn-kubernetes/ovnkube-node          | plain   | ovn-kubernetes | DaemonSet openshift-ovn-kubernetes/ovnkube-node
        openshift-ovn-kubernetes/ovnkube-node kube-system/kindnet | plain | kindnet | DaemonSet kube-system/kindnet; DaemonSet openshift-ovn-kubernetes/ovnkube-node is not believed, as no Node tells of ovn-kubernetes: set flowguard.cni if it is right
        kube-flannel/kube-flannel-ds kube-system/cilium | plain  | cilium  | DaemonSet kube-system/cilium; DaemonSet kube-flannel/kube-flannel-ds is not believed, as no Node tells of flannel: set flowguard.cni if it is right
        """)
    void recognised(String daemonSets, String nodes, String profile, String why) {
        Part[] agents = Stream.of(daemonSets.split(" "))
                .map(name -> (Part) daemonSet(name))
                .toArray(Part[]::new);
        TestCluster cluster = TestCluster.with(agents);
        Snapshot snapshot = switch (nodes) {
            case "plain" -> cluster.and(NODE).snapshot();
            case "flannel", "calico" -> cluster.and(NODE, node(nodes)).snapshot();
            case "tier" -> cluster.and(NODE, TIER).snapshot();
            default -> cluster.snapshot();
        };
        assertThat(snapshot.cni().configuredName()).isEqualTo(profile);
        assertThat(snapshot.plugin().why()).isEqualTo(why);
    }

    @Test
    @DisplayName("is what was configured, whatever is found")
    void configured() {
        Snapshot snapshot = TestCluster.with(daemonSet("kube-system/calico-node"), NODE)
                .on("cilium")
                .snapshot();
        assertThat(snapshot.cni()).isEqualTo(CniProfile.CILIUM);
        assertThat(snapshot.plugin().why()).isEqualTo("flowguard.cni");
    }

    private static Part node(String... plugins) {
        String name = "node-" + plugins.length;
        return Part.of(
                new ObjectRef("Node", "", name),
                new Fact.Node(name, Labels.NONE, List.of(), List.of(), Set.of(plugins)));
    }
}
