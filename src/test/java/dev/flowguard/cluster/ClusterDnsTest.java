package dev.flowguard.cluster;

import static dev.flowguard.testing.Given.daemonSet;
import static dev.flowguard.testing.Given.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.net.Address;
import dev.flowguard.net.Protocol;
import dev.flowguard.testing.Part;
import dev.flowguard.testing.TestCluster;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterDnsTest {
    private static Part dns(String service) {
        return service(service).selects("app=dns").port("dns", Protocol.UDP, 53, 53);
    }

    private static ClusterDns discovered(Part... parts) {
        return TestCluster.with(parts).snapshot().dns();
    }

    private static ClusterSettings configured(String service, String... resolvers) {
        Set<Address> addresses =
                java.util.stream.Stream.of(resolvers).map(Address::parse).collect(java.util.stream.Collectors.toSet());
        return new ClusterSettings(CniProfile.GENERIC, true, service, addresses, true);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"kube-system/kube-dns", "openshift-dns/dns-default", "kube-system/coredns"})
    @DisplayName("the DNS Service is found where the common distributions have it")
    void usualPlaces(String service) {
        assertThat(discovered(dns("shop/web"), dns(service)).services())
                .extracting(ServiceEntry::toString)
                .containsExactly(service);
    }

    @Test
    @DisplayName("or by the label that they all give it, but only in kube-system")
    void byLabel() {
        Part labelled = service("kube-system/rke2-coredns")
                .labelled("k8s-app=kube-dns")
                .selects("app=dns")
                .port("dns", Protocol.UDP, 53, 53);
        Part pretended =
                service("shop/rke2-coredns").labelled("k8s-app=kube-dns").port("dns", Protocol.UDP, 53, 53);
        assertThat(discovered(labelled, dns("kube-system/aaa")).services())
                .extracting(ServiceEntry::toString)
                .containsExactly("kube-system/rke2-coredns");
        assertThat(discovered(pretended).services()).isEmpty();
    }

    @Test
    @DisplayName("configuration comes first, and nothing is guessed in its place")
    void configuration() {
        TestCluster cluster = TestCluster.with(dns("kube-system/kube-dns"), dns("infra/resolver"));
        assertThat(cluster.configured(configured("infra/resolver"))
                        .snapshot()
                        .dns()
                        .services())
                .extracting(ServiceEntry::toString)
                .containsExactly("infra/resolver");
        assertThat(cluster.configured(configured("infra/missing"))
                        .snapshot()
                        .dns()
                        .services())
                .isEmpty();
    }

    @Test
    @DisplayName("the resolver on the node is known by its DaemonSet in kube-system; others are added by configuration")
    void resolvers() {
        assertThat(discovered(dns("kube-system/kube-dns")).resolvers()).isEmpty();
        assertThat(discovered(daemonSet("kube-system/node-local-dns")).resolvers())
                .containsExactly(Address.parse("169.254.20.10"));
        assertThat(discovered(daemonSet("shop/node-local-dns")).resolvers()).isEmpty();
        assertThat(TestCluster.with(daemonSet("kube-system/node-local-dns"))
                        .configured(configured("", "169.254.25.10"))
                        .snapshot()
                        .dns()
                        .resolvers())
                .containsExactlyInAnyOrder(Address.parse("169.254.20.10"), Address.parse("169.254.25.10"));
    }

    @Test
    @DisplayName("the plugin is recognised by its node agents where only administrators put them")
    void cni() {
        assertThat(TestCluster.with(daemonSet("kube-system/calico-node"))
                        .snapshot()
                        .cni())
                .isEqualTo(CniProfile.CALICO);
        assertThat(TestCluster.with(daemonSet("calico-system/calico-node"))
                        .snapshot()
                        .cni())
                .isEqualTo(CniProfile.CALICO);
        assertThat(TestCluster.with(daemonSet("shop/kube-flannel-ds"))
                        .snapshot()
                        .cni())
                .isEqualTo(CniProfile.GENERIC);
        assertThat(TestCluster.with(daemonSet("kube-system/calico-node"))
                        .on("cilium")
                        .snapshot()
                        .cni())
                .isEqualTo(CniProfile.CILIUM);
    }
}
