package dev.flowguard.assess.suggest;

import static dev.flowguard.testing.Given.block;
import static dev.flowguard.testing.Given.every;
import static dev.flowguard.testing.Given.from;
import static dev.flowguard.testing.Given.ingress;
import static dev.flowguard.testing.Given.namespaces;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.service;
import static dev.flowguard.testing.Given.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.assess.FlowState;
import dev.flowguard.assess.StateAssessor;
import dev.flowguard.cluster.ClusterModel;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.cluster.object.ServiceEntry.Exposure;
import dev.flowguard.contract.Contract;
import dev.flowguard.net.Protocol;
import dev.flowguard.testing.Part;
import dev.flowguard.testing.Scenario;
import dev.flowguard.testing.TestCluster;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SuggestionsTest {
    private static final Part[] SHOP = {
        pods("shop", "app=web"),
        pods("shop", "app=orders").port("http", 8080).port("metrics", 9090),
        pods("mon", "app=prom"),
        pods("mon", "app=grafana"),
        service("shop/orders").selects("app=orders").port(80, 8080)
    };

    @Test
    @DisplayName(
            "who reaches a Service is named by a label; a whole namespace as such; everybody as such, to be narrowed down")
    void senders() {
        TestCluster open = TestCluster.with(SHOP);
        assertThat(flows(open)).containsExactly("shop: anybody-to-orders (open)");
        assertThat(flows(open.and(policy("shop/orders").selects("app=orders").ingress(from("app=web"), tcp(8080)))))
                .containsExactly("shop: web-to-orders");
        assertThat(flows(open.and(policy("shop/orders")
                        .selects("app=orders")
                        .ingress(namespaces("kubernetes.io/metadata.name=mon"), tcp(8080)))))
                .containsExactly("shop: mon-to-orders");
    }

    @Test
    @DisplayName(
            "all namespaces are never made of those that there are: what policies admit today is written, and no more")
    void noMoreNamespacesThanAdmitted() {
        TestCluster closed = TestCluster.with(SHOP)
                .and(policy("shop/orders")
                        .selects("app=orders")
                        .ingress(namespaces("kubernetes.io/metadata.name in (mon,shop)"), tcp(8080)));
        assertThat(flows(closed)).containsExactly("shop: mon-to-orders", "shop: neighbours-to-orders");
    }

    @Test
    @DisplayName("a named port without a Service is suggested to those whom a policy lets in")
    void namedPorts() {
        assertThat(flows(TestCluster.with(SHOP)
                        .and(policy("shop/orders")
                                .selects("app=orders")
                                .ingress(namespaces("", "app=prom"), tcp("metrics")))))
                .containsExactly("shop: mon-prom-to-orders-metrics");
    }

    @Test
    @DisplayName("outside addresses that a policy names, with their ports, for the pods that it selects")
    void outside() {
        assertThat(flows(TestCluster.with(pods("shop", "app=web"))
                        .and(policy("shop/provider")
                                .selects("app=web")
                                .egress(block("203.0.113.0/24"), tcp(443))
                                .egress(block("0.0.0.0/0"), tcp(25))
                                .egress(block("198.51.100.0/24"), every(Protocol.UDP)))))
                .containsExactly("shop: provider-to-203-0-113-0-24", "shop: provider-to-198-51-100-0-24");
    }

    @Test
    @DisplayName("a Service that is exposed is reached from outside, and who serves its Ingress is named")
    void exposed() {
        assertThat(flows(TestCluster.with(
                        pods("shop", "app=web"),
                        service("shop/web").selects("app=web").port(80, 8080).exposed(Exposure.SOURCE_KEPT))))
                .contains("shop: outside-to-web (open)");
        assertThat(flows(TestCluster.with(
                        pods("shop", "app=web"),
                        pods("edge", "app.kubernetes.io/name=traefik"),
                        service("shop/web").selects("app=web").port(80, 8080),
                        ingress("shop/web", "web", 80))))
                .contains("shop: edge-traefik-to-web");
    }

    @Test
    @DisplayName("name resolution is declared for the namespace, or for those workloads of it that can")
    void dns() {
        TestCluster cluster = TestCluster.with(
                pods("shop", "app=web"),
                pods("shop", "app=batch"),
                pods("kube-system", "k8s-app=kube-dns"),
                service("kube-system/kube-dns")
                        .selects("k8s-app=kube-dns")
                        .port("dns", Protocol.UDP, 53, 53)
                        .port("dns-tcp", Protocol.TCP, 53, 53));
        assertThat(flows(cluster)).containsExactly("shop: pods-resolve-names");
        assertThat(flows(cluster.and(policy("shop/batch").selects("app=batch").isolatesEgress())))
                .containsExactly("shop: web-resolves-names");
    }

    @Test
    @DisplayName("the platform's own namespaces are left out, unless one is asked for")
    void platform() {
        Snapshot cluster = TestCluster.with(
                        pods("kube-system", "app=metrics"),
                        pods("shop", "app=web"),
                        service("kube-system/metrics").selects("app=metrics").port(443, 4443))
                .snapshot();
        assertThat(Suggestions.of(cluster)).isEmpty();
        assertThat(Suggestions.of(cluster, "kube-system")).hasSize(1);
    }

    @Test
    @DisplayName("on clusters out of seeds: added to the state they were made from, all suggested flows are satisfied")
    void satisfied() {
        int[] suggested = new int[1];
        for (long seed = 0; seed < 1_000; seed++) {
            Scenario.check(seed, scenario -> {
                List<Observation> observations = new ArrayList<>(scenario.observations());
                List<Contract> contracts = new ArrayList<>();
                Suggestions.of(scenario.snapshot()).forEach(each -> contracts.add(each.contract()));
                contracts.forEach(contract -> observations.add(
                        new Observation(contract.source().object(), List.of(new Fact.Declared(contract)))));
                Snapshot with = new ClusterModel(scenario.settings()).apply(observations);
                StateAssessor assessor = new StateAssessor(with);
                with.flows().stream()
                        .filter(flow -> flow.contract().source().object().name().startsWith(SuggestedContract.NAME))
                        .forEach(flow -> {
                            suggested[0]++;
                            assertThat(assessor.assess(flow).state())
                                    .as("%s: %s", flow, flow.flow())
                                    .isIn(FlowState.SATISFIED, FlowState.UNENFORCED);
                        });
            });
        }
        assertThat(suggested[0]).isGreaterThan(1_000);
    }

    private static List<String> flows(TestCluster cluster) {
        return Suggestions.of(cluster.snapshot()).stream()
                .flatMap(contract -> contract.flows().stream()
                        .map(flow -> contract.namespace() + ": " + flow.flow().name() + (flow.open() ? " (open)" : "")))
                .toList();
    }
}
