package dev.flowguard.assess.finding;

import static dev.flowguard.assess.finding.FindingsAssert.assertThat;
import static dev.flowguard.testing.Given.block;
import static dev.flowguard.testing.Given.create;
import static dev.flowguard.testing.Given.from;
import static dev.flowguard.testing.Given.namespace;
import static dev.flowguard.testing.Given.namespaces;
import static dev.flowguard.testing.Given.otherPolicy;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.service;
import static dev.flowguard.testing.Given.tcp;
import static dev.flowguard.testing.Given.to;
import static dev.flowguard.testing.Given.udp;
import static dev.flowguard.testing.Given.unknownField;
import static dev.flowguard.testing.Given.update;

import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.CniProfile;
import dev.flowguard.net.Address;
import dev.flowguard.net.Protocol;
import dev.flowguard.testing.PolicyPart;
import dev.flowguard.testing.PolicyPart.Term;
import dev.flowguard.testing.TestCluster;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DnsEgressCutTest {
    private static final PolicyPart TO_POSTGRES = policy("shop/database-clients")
            .selects("app in (orders,checkout)")
            .egress(namespaces("team=data", "app=postgres"), tcp(5432));

    private static PolicyPart dns(Term... ports) {
        return policy("shop/allow-dns")
                .egress(Stream.concat(
                                Stream.of(namespaces("kubernetes.io/metadata.name=kube-system", "k8s-app=kube-dns")),
                                Stream.of(ports))
                        .toArray(Term[]::new));
    }

    @Test
    void theFirstEgressPolicy() {
        assertThat(Shop.CLUSTER.assess(create(TO_POSTGRES))).read("""
            error, Warn, spec.egress
            dns-egress-cut: database-clients: cuts off checkout and orders from DNS over UDP and TCP
            checkout and orders may send only what egress rules allow, and no rule of a policy in force reaches the
            cluster's DNS over UDP and TCP. Names do not resolve there, so connections by name fail before they
            begin. Add to this policy, or to one that selects all pods of shop: egress: [{to: [{namespaceSelector:
            {matchLabels: {kubernetes.io/metadata.name: kube-system}}, podSelector: {matchLabels: {k8s-app:
            kube-dns}}}], ports: [{protocol: UDP, port: 53}, {protocol: TCP, port: 53}]}]
            """);
    }

    @Test
    void onlyUdpIsForgotten() {
        TestCluster cluster = Shop.with(policy("shop/default-deny").isolatesEgress(), dns(udp(53), tcp(53)));

        assertThat(cluster.assess(update(dns(udp(53), tcp(53)), dns(tcp(53))))).read("""
            error, Warn, spec.egress
            dns-egress-cut: allow-dns: cuts off checkout, orders and storefront from DNS over UDP
            checkout, orders and storefront may send only what egress rules allow, and no rule of a policy in force
            reaches the cluster's DNS over UDP. Names do not resolve there, so connections by name fail before they
            begin. Add to this policy, or to one that selects all pods of shop: egress: [{to: [{namespaceSelector:
            {matchLabels: {kubernetes.io/metadata.name: kube-system}}, podSelector: {matchLabels: {k8s-app:
            kube-dns}}}], ports: [{protocol: UDP, port: 53}]}]
            """);
    }

    @Test
    void onlyTcpIsForgotten() {
        assertThat(Shop.CLUSTER.assess(create(dns(udp(53))))).read("""
            note, Warn, spec.egress
            dns-egress-cut: allow-dns: cuts off checkout, orders and storefront from DNS over TCP
            checkout, orders and storefront may send only what egress rules allow, and no rule of a policy in force
            reaches the cluster's DNS over TCP. Most answers come over UDP; those that do not fit into one datagram
            are asked for again over TCP, and get lost. Add to this policy, or to one that selects all pods of shop:
            egress: [{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}},
            podSelector: {matchLabels: {k8s-app: kube-dns}}}], ports: [{protocol: TCP, port: 53}]}]
            """);
    }

    @Test
    void thePortOfTheServiceInPlaceOfThePods() {
        TestCluster openShift = TestCluster.with(
                        namespace("shop", "team=shop"),
                        pods("shop", "app=orders").port("http", 8080),
                        pods("openshift-dns", "dns=default")
                                .port("dns", 5353, Protocol.UDP)
                                .port("dns-tcp", 5353),
                        service("openshift-dns/dns-default")
                                .selects("dns=default")
                                .port("dns", Protocol.UDP, 53, "dns")
                                .port("dns-tcp", Protocol.TCP, 53, "dns-tcp"))
                .on("ovn-kubernetes");
        PolicyPart policy = policy("shop/allow-dns").egress(namespaces("", "dns=default"), udp(53), tcp(53));

        assertThat(openShift.assess(create(policy)))
                .have("dns-egress-cut: allow-dns: cuts off orders from DNS over UDP and TCP")
                .have("service-port-not-target-port: allow-dns: egress[0].ports[0]: 53 is a Service's port; the pods"
                        + " listen on 5353");
    }

    @Test
    void aResolverOnTheNode() {
        TestCluster nodeLocal = TestCluster.with(namespace("shop", "team=shop"), pods("shop", "app=orders"))
                .configured(new ClusterSettings(
                        CniProfile.CALICO, false, "", Set.of(Address.parse("169.254.20.10")), true));

        assertThat(nodeLocal.assess(
                        create(policy("shop/p").selects("app=orders").egress(to("app=orders")))))
                .read("""
                    error, Warn, spec.egress
                    dns-egress-cut: p: cuts off orders from DNS over UDP and TCP
                    orders may send only what egress rules allow, and no rule of a policy in force reaches the cluster's DNS
                    over UDP and TCP. Names do not resolve there, so connections by name fail before they begin. Add to this
                    policy, or to one that selects all pods of shop: egress: [{to: [{ipBlock: {cidr: 169.254.20.10/32}}],
                    ports: [{protocol: UDP, port: 53}, {protocol: TCP, port: 53}]}]
                    """);
    }

    @Test
    void saysItOncePerPolicyAndOfEachWorkloadOnce() {
        TestCluster cluster = Shop.with(
                TO_POSTGRES,
                policy("shop/storefront-egress").selects("app=storefront").egress(to("app=checkout"), tcp(8080)),
                policy("shop/default-deny").isolatesEgress());

        assertThat(Findings.inForce(cluster.snapshot(), FindingLevels.USUAL).stream()
                        .filter(finding -> finding.id().equals("dns-egress-cut"))
                        .toList())
                .have("dns-egress-cut: database-clients: cuts off checkout and orders from DNS over UDP and TCP")
                .have("dns-egress-cut: default-deny: cuts off storefront from DNS over UDP and TCP")
                .areAt("dns-egress-cut spec.egress", "dns-egress-cut spec.policyTypes");
    }

    @Test
    void isSilentAboutAPolicyThatOnlyAddsToWhatIsCutAlready() {
        TestCluster cluster = Shop.with(policy("shop/default-deny").isolatesEgress());

        assertThat(cluster.assess(create(TO_POSTGRES))).areNone();
    }

    @Test
    void repeatsItWhileThePolicyThatCutsIsNotRepaired() {
        PolicyPart better = policy("shop/database-clients")
                .selects("app in (orders,checkout)")
                .egress(namespaces("team=data", "app=postgres"), tcp("postgres"));

        assertThat(Shop.with(TO_POSTGRES).assess(update(TO_POSTGRES, better))).areAt("dns-egress-cut spec.egress");
    }

    static Stream<Arguments> lookAlikes() {
        PolicyPart anywhere = policy("shop/p").selects("app=orders").egress(block("0.0.0.0/0"));
        return Stream.of(
                Arguments.of("another policy allows it", Shop.with(Shop.ALLOW_DNS), TO_POSTGRES),
                Arguments.of("the policy that allows it comes first", Shop.CLUSTER, Shop.ALLOW_DNS),
                Arguments.of(
                        "I1: only ingress is isolated",
                        Shop.CLUSTER,
                        policy("shop/p").selects("app=orders").ingress(from("app=checkout"), tcp(8080))),
                Arguments.of(
                        "every port of all pods", Shop.CLUSTER, policy("shop/p").egress(namespaces(""))),
                Arguments.of("B7: all addresses, on a plugin that matches pods by address", Shop.CLUSTER, anywhere),
                Arguments.of("B4: all addresses, where the plugin is not known", Shop.CLUSTER.on("generic"), anywhere),
                Arguments.of(
                        "another policy kind may allow it",
                        Shop.with(otherPolicy("CiliumNetworkPolicy", "shop", "dns")),
                        TO_POSTGRES),
                Arguments.of(
                        "a rule with an unknown field may allow it",
                        Shop.CLUSTER,
                        policy("shop/p").selects("app=orders").egress(to(""), unknownField("egress[0].future"))),
                Arguments.of(
                        "the resolver on the node is allowed, and may be the one that is asked",
                        Shop.CLUSTER.configured(new ClusterSettings(
                                CniProfile.CALICO, false, "", Set.of(Address.parse("169.254.20.10")), true)),
                        policy("shop/p").selects("app=orders").egress(block("169.254.20.10/32"), udp(53), tcp(53))),
                Arguments.of(
                        "no DNS is known",
                        TestCluster.with(pods("shop", "app=orders")),
                        policy("shop/p").selects("app=orders").egress(to(""))),
                Arguments.of(
                        "the DNS pods themselves ask others",
                        Shop.CLUSTER,
                        policy("kube-system/upstream")
                                .selects("k8s-app=kube-dns")
                                .egress(block("203.0.113.53/32"), udp(53))
                                .egress(block("192.168.10.10/32"), tcp(6443))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lookAlikes")
    void saysNothing(String why, TestCluster cluster, PolicyPart policy) {
        assertThat(cluster.assess(create(policy))).haveNone("dns-egress-cut");
    }
}
