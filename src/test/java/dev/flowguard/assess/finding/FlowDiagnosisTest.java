package dev.flowguard.assess.finding;

import static dev.flowguard.testing.FlowPart.ownedBy;
import static dev.flowguard.testing.FlowPart.pods;
import static dev.flowguard.testing.FlowPart.service;
import static dev.flowguard.testing.Given.contract;
import static dev.flowguard.testing.Given.flow;
import static dev.flowguard.testing.Given.name;
import static dev.flowguard.testing.Given.number;
import static dev.flowguard.testing.Given.range;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.assess.finding.flow.FlowDiagnosis;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.testing.FlowPart;
import dev.flowguard.testing.Given;
import dev.flowguard.testing.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("What of a declared flow is not there")
class FlowDiagnosisTest {
    static Stream<Arguments> missing() {
        return Stream.of(
                Arguments.of(
                        fromCheckout().to("shop", "app=ordres").on(number(Protocol.TCP, 8080)),
                        "TO: no pod in shop has app=ordres; did you mean app=orders?"),
                Arguments.of(
                        fromCheckout().to("shop", "app=postgres"),
                        "TO: no pod in shop has app=postgres; such pods run in data: name that namespace"),
                Arguments.of(fromCheckout().to("shop", "app=warehouse"), "TO: no pod in shop has app=warehouse yet"),
                Arguments.of(fromCheckout().to("default", ""), "TO: there is no pod in default yet"),
                Arguments.of(
                        fromCheckout().to(pods(LabelSelector.EVERYTHING, "app=warehouse")),
                        "TO: no pod of any namespace has app=warehouse yet"),
                Arguments.of(
                        fromCheckout().to(pods(LabelSelector.parse("team=platform"), "app=orders")),
                        "TO: no pod in namespaces with team=platform has app=orders; such pods run in shop: name that"
                                + " namespace"),
                Arguments.of(
                        fromCheckout().to(pods(LabelSelector.parse("team=platfrom"), "")),
                        "TO: no namespace has team=platfrom; did you mean team=platform?"),
                Arguments.of(
                        fromCheckout().to(pods(LabelSelector.parse("name=data"), "")),
                        "TO: no namespace has name=data; use kubernetes.io/metadata.name=data"),
                Arguments.of(fromCheckout().to("warehouse", ""), "TO: no namespace is named warehouse"),
                Arguments.of(
                        fromCheckout().to(service("shop/order")),
                        "TO: there is no Service order in shop; did you mean orders?"),
                Arguments.of(
                        fromCheckout().to(service("shop/kube-dns")),
                        "TO: there is no Service kube-dns in shop; did you mean kube-system/kube-dns?"),
                Arguments.of(
                        fromCheckout().to(service("shopp/orders")),
                        "TO: there is no namespace shopp with a Service orders; did you mean shop?"),
                Arguments.of(
                        flow("f").from(service("shop/warehouse")).to("shop", "app=orders"),
                        "FROM: there is no Service warehouse in shop"),
                Arguments.of(
                        fromCheckout().to(service("shop/orders")).onService(number(Protocol.TCP, 8080)),
                        "TO: 8080 is the port of the pods behind Service orders; write the Service's own port, 80"),
                Arguments.of(
                        fromCheckout().to(service("kube-system/kube-dns")).onService(number(Protocol.TCP, 54)),
                        "TO: Service kube-system/kube-dns has no port 54, only 53/TCP (dns-tcp) and 53/UDP (dns)"),
                Arguments.of(
                        fromCheckout().to(service("kube-system/kube-dns")).onService(name(Protocol.TCP, "dns")),
                        "TO: port dns of Service kube-system/kube-dns is UDP, not TCP"),
                Arguments.of(
                        fromCheckout().to(service("kube-system/kube-dns")).onService(name(Protocol.TCP, "dns-tpc")),
                        "TO: Service kube-system/kube-dns has no port dns-tpc; did you mean dns-tcp?"),
                Arguments.of(
                        fromCheckout().to(service("shop/orders")).onService(number(Protocol.UDP, 80)),
                        "TO: port 80 of Service orders is TCP, not UDP"),
                Arguments.of(
                        fromCheckout().to("shop", "app=orders").on(number(Protocol.TCP, 80)),
                        "TO: 80 is the port of Service orders; its pods listen on 8080"),
                Arguments.of(
                        fromCheckout().to("shop", "app=orders").on(number(Protocol.UDP, 8080)),
                        "TO: port 8080 of orders is TCP, not UDP"),
                Arguments.of(
                        fromCheckout().to("shop", "app=orders").on(name(Protocol.TCP, "htpp")),
                        "TO: no port of orders is named htpp; did you mean http?"),
                Arguments.of(
                        fromCheckout().to("shop", "app in (orders,checkout)").on(name(Protocol.TCP, "metrics")),
                        "TO: no port of orders is named metrics, which leaves it out of the flow"),
                Arguments.of(
                        fromCheckout().to(ownedBy("Deployment", "shop/orders")).on(name(Protocol.UDP, "http")),
                        "TO: port http of orders is TCP, not UDP"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("missing")
    void told(FlowPart flow, String advice) {
        assertThat(examined(flow)).containsExactly(advice);
    }

    static Stream<Arguments> there() {
        return Stream.of(
                Arguments.of(
                        "everything", fromCheckout().to("shop", "app=orders").on(number(Protocol.TCP, 8080))),
                Arguments.of(
                        "a port of a Service",
                        fromCheckout().to(service("shop/orders")).onService(number(Protocol.TCP, 80))),
                Arguments.of(
                        "a number that nobody declares: pods may listen there all the same",
                        fromCheckout().to("shop", "app=orders").on(number(Protocol.TCP, 9999))),
                Arguments.of("a range", fromCheckout().to("shop", "app=orders").on(range(80, 81))),
                Arguments.of(
                        "a name that some of all pods have",
                        fromCheckout().to("shop", "").on(name(Protocol.TCP, "metrics"))),
                Arguments.of(
                        "addresses",
                        fromCheckout().to(FlowPart.outside("203.0.113.0/24")).on(number(Protocol.TCP, 443))),
                Arguments.of("the cluster's DNS", fromCheckout().to(FlowPart.clusterDns())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("there")
    void silent(String what, FlowPart flow) {
        assertThat(examined(flow)).isEmpty();
    }

    @Test
    @DisplayName("is told of both ends at once")
    void bothEnds() {
        assertThat(examined(flow("f").from("shop", "app=chekout").to(service("shop/order"))))
                .hasSize(2)
                .satisfiesExactly(
                        from -> assertThat(from).startsWith("FROM: "),
                        to -> assertThat(to).startsWith("TO: "));
    }

    @Test
    @DisplayName("is also a Service whose selector matches no pod")
    void selector() {
        Part ledger = Given.service("shop/ledger").selects("app=order").port(80, 8080);
        assertThat(examined(fromCheckout().to(service("shop/ledger")), ledger))
                .containsExactly(
                        "TO: no pod stands behind Service ledger; its selector asks for app=order; did you mean"
                                + " app=orders?");
    }

    @Test
    @DisplayName("is also the name of a target port, where the Service calls it otherwise")
    void nameOfTarget() {
        Part web = Given.service("shop/web").selects("app=storefront").port("web", Protocol.TCP, 80, "http");
        assertThat(examined(fromCheckout().to(service("shop/web")).onService(name(Protocol.TCP, "http")), web))
                .containsExactly(
                        "TO: http names the port of the pods behind Service web; write the Service's own port, 80");
        assertThat(examined(fromCheckout().to(service("shop/web")).onService(number(Protocol.TCP, 8080)), web))
                .containsExactly(
                        "TO: 8080 is the port of the pods behind Service web; write the Service's own port, 80");
    }

    private static FlowPart fromCheckout() {
        return flow("f").from("shop", "app=checkout");
    }

    private static List<String> examined(FlowPart flow, Part... more) {
        List<Part> parts = new ArrayList<>(List.of(more));
        parts.add(contract("shop/c", flow));
        Snapshot cluster = Shop.with(parts.toArray(Part[]::new)).snapshot();
        return new FlowDiagnosis(cluster, "shop")
                .examine(cluster.flows().get(0).flow()).stream()
                        .map(advice -> advice.end() + ": " + advice.summaries().get(0))
                        .toList();
    }
}
