package dev.flowguard.assess.finding;

import static dev.flowguard.assess.finding.FindingsAssert.assertThat;
import static dev.flowguard.testing.Given.block;
import static dev.flowguard.testing.Given.contract;
import static dev.flowguard.testing.Given.create;
import static dev.flowguard.testing.Given.flow;
import static dev.flowguard.testing.Given.namespaces;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.roleBinding;
import static dev.flowguard.testing.Given.runningAs;
import static dev.flowguard.testing.Given.tcp;
import static dev.flowguard.testing.Given.udp;

import dev.flowguard.testing.FlowPart;
import dev.flowguard.testing.PolicyPart;
import dev.flowguard.testing.PolicyPart.Term;
import dev.flowguard.testing.TestCluster;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KubernetesApiCutTest {
    private static final TestCluster CLUSTER = Shop.with(
            pods("shop", "app.kubernetes.io/name=cert-manager").of("Deployment", "cert-manager"),
            runningAs("shop", "cert-manager", "cert-manager"),
            roleBinding("shop/cert-manager", "cert-manager"));

    private static final PolicyPart TO_THE_INTERNET = egress(block("203.0.113.0/24"), tcp(443));

    /** A policy for all pods, with DNS beside what is said. */
    private static PolicyPart egress(Term... terms) {
        return policy("shop/egress")
                .egress(namespaces("kubernetes.io/metadata.name=kube-system", "k8s-app=kube-dns"), udp(53), tcp(53))
                .egress(terms);
    }

    @Test
    void whoHasARole() {
        assertThat(CLUSTER.assess(create(TO_THE_INTERNET))).read("""
            warning, Warn, spec.egress
            kubernetes-api-cut: egress: cuts off cert-manager from the Kubernetes API
            cert-manager may send only what egress rules allow, and no rule of a policy in force reaches the API
            server. Add to this policy: egress: [{to: [{ipBlock: {cidr: 192.168.10.10/32}}], ports: [{protocol: TCP,
            port: 6443}]}]
            """);
    }

    @Test
    void whatAContractSays() {
        TestCluster declared = Shop.with(contract(
                "shop/watch", flow("orders-watches").from("shop", "app=orders").to(FlowPart.kubernetesApi())));

        assertThat(declared.assess(create(TO_THE_INTERNET)))
                .have("kubernetes-api-cut: egress: cuts off orders from the Kubernetes API");
    }

    @Test
    void whereBlocksDoNotMatchNodes() {
        PolicyPart policy = egress(block("192.168.10.10/32"), tcp(6443));

        assertThat(CLUSTER.on("cilium").assess(create(policy))).read("""
            warning, Warn, spec.egress
            kubernetes-api-cut: egress: cuts off cert-manager from the Kubernetes API
            cert-manager may send only what egress rules allow, and no rule of a policy in force reaches the API
            server. With cilium an ipBlock does not match nodes: allow the API server with the plugin's own kind of
            policy.
            """);
    }

    static Stream<Arguments> lookAlikes() {
        return Stream.of(
                Arguments.of("nobody is known to talk to it", Shop.CLUSTER, TO_THE_INTERNET),
                Arguments.of("it is allowed by address", CLUSTER, egress(block("192.168.10.10/32"), tcp(6443))),
                Arguments.of("it is allowed with all nodes", CLUSTER, egress(block("192.168.0.0/16"), tcp(6443))),
                Arguments.of(
                        "B5: whether the plugin matches nodes is not known",
                        CLUSTER.on("generic"),
                        egress(block("192.168.10.0/24"))),
                Arguments.of(
                        "another policy allows it",
                        CLUSTER.and(policy("shop/api").egress(block("192.168.10.10/32"), tcp(6443))),
                        TO_THE_INTERNET),
                Arguments.of(
                        "a role that is another account's",
                        Shop.with(
                                pods("shop", "app=ui"),
                                runningAs("shop", "ui", "ui"),
                                roleBinding("shop/cert-manager", "cert-manager")),
                        TO_THE_INTERNET));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lookAlikes")
    void saysNothing(String why, TestCluster cluster, PolicyPart policy) {
        assertThat(cluster.assess(create(policy))).areNone();
    }
}
