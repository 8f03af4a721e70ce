package dev.flowguard.assess.finding.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A field that its kind does not have is told with what was perhaps meant at that place")
class UnknownFieldsTest {
    private static final String ADMIN = "policy.networking.k8s.io/";
    private static final String CALICO = "projectcalico.org/v3";

    /** @param told the field below the spec, and what was perhaps meant; empty where nothing is near */
    record Row(String cni, String api, String kind, String namespace, String spec, String told, String meant) {
        String object() {
            return "{apiVersion: " + api + ", kind: " + kind + ", metadata: {name: "
                    + (kind.startsWith("Baseline") ? "default" : "p")
                    + (namespace.isEmpty() ? "" : ", namespace: " + namespace) + "}, spec: {" + spec + "}}";
        }

        @Override
        public String toString() {
            return kind + " " + told;
        }
    }

    static Stream<Row> rows() {
        String rest = "priority: 1, subject: {namespaces: {}}, ";
        String cluster = "tier: Admin, " + rest;
        return Stream.of(
                cluster(cluster + "ingres: []", "ingres", "ingress"),
                cluster(
                        cluster + "ingress: [{action: Deny, form: [], from: [{namespaces: {}}]}]",
                        "ingress[0].form",
                        "from"),
                cluster(
                        cluster
                                + "egress: [{action: Deny, to: [{namespaces: {}}], protocols: [{tcp: {destinationPort: {number: 80, nr: 1}}}]}]",
                        "egress[0].protocols[0].tcp.destinationPort.nr",
                        ""),
                cluster(
                        cluster + "ingress: [{action: Deny, from: [{namespaces: {matchLabel: {a: b}}}]}]",
                        "ingress[0].from[0].namespaces.matchLabel",
                        "matchLabels"),
                new Row(
                        "kindnet",
                        ADMIN + "v1alpha1",
                        "AdminNetworkPolicy",
                        "",
                        rest + "ingress: [{action: Deny, port: [], from: [{namespaces: {}}]}]",
                        "ingress[0].port",
                        "ports"),
                new Row(
                        "kindnet",
                        ADMIN + "v1alpha1",
                        "BaselineAdminNetworkPolicy",
                        "",
                        "subject: {namespaces: {}}, egres: []",
                        "egres",
                        "egress"),
                cilium("endpointSelector: {}, ingress: [{}], ingresDeny: []", "ingresDeny", "ingressDeny"),
                cilium(
                        "endpointSelector: {}, ingress: [{fromEndpoint: [{}], fromEntities: [world]}]",
                        "ingress[0].fromEndpoint",
                        "fromEndpoints"),
                cilium(
                        "endpointSelector: {}, egress: [{toPorts: [{port: [], ports: [{port: '80'}]}]}]",
                        "egress[0].toPorts[0].port",
                        "ports"),
                new Row(
                        "cilium",
                        "cilium.io/v2",
                        "CiliumClusterwideNetworkPolicy",
                        "",
                        "endpointSelector: {}, ingress: [{fromCIDRSets: [], fromEntities: [world]}]",
                        "ingress[0].fromCIDRSets",
                        "fromCIDRSet"),
                calico("NetworkPolicy", "shop", "selecter: all(), types: [Ingress]", "selecter", "selector"),
                calico(
                        "NetworkPolicy",
                        "shop",
                        "types: [Ingress], ingress: [{action: Deny, source: {net: [10.0.0.0/8]}}]",
                        "ingress[0].source.net",
                        "nets"),
                calico(
                        "GlobalNetworkPolicy",
                        "",
                        "types: [Egress], egress: [{action: Deny, destinations: {}}]",
                        "egress[0].destinations",
                        "destination"),
                calico("GlobalNetworkPolicy", "", "types: [Egress], whenever: 1", "whenever", ""));
    }

    private static Row cluster(String spec, String told, String meant) {
        return new Row("kindnet", ADMIN + "v1alpha2", "ClusterNetworkPolicy", "", spec, told, meant);
    }

    private static Row cilium(String spec, String told, String meant) {
        return new Row("cilium", "cilium.io/v2", "CiliumNetworkPolicy", "shop", spec, told, meant);
    }

    private static Row calico(String kind, String namespace, String spec, String told, String meant) {
        return new Row("calico", CALICO, kind, namespace, spec, told, meant);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void told(Row row) {
        assertThat(Warehouse.findings(row.cni(), List.of(row.object())))
                .filteredOn(finding -> finding.id().equals("unknown-field"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.place()).isEqualTo("spec." + row.told()))
                .satisfies(finding -> assertThat(finding.summary())
                        .endsWith(row.told() + " is no field"
                                + (row.meant().isEmpty() ? "" : "; did you mean " + row.meant() + "?")));
    }
}
