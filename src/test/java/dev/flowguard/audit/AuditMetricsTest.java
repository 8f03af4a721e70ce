package dev.flowguard.audit;

import static dev.flowguard.testing.Given.annotated;
import static dev.flowguard.testing.Given.clusterContract;
import static dev.flowguard.testing.Given.contract;
import static dev.flowguard.testing.Given.flow;
import static dev.flowguard.testing.Given.namespace;
import static dev.flowguard.testing.Given.number;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.assess.finding.FindingLevels;
import dev.flowguard.audit.metrics.FindingMetrics;
import dev.flowguard.audit.status.ContractObjects;
import dev.flowguard.net.Protocol;
import dev.flowguard.testing.FlowPart;
import dev.flowguard.testing.TestCluster;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The metrics of an audit")
class AuditMetricsTest {
    private static final TestCluster SHOP = TestCluster.with(
            namespace("shop", ""),
            namespace("empty", ""),
            namespace("open", ""),
            pods("open", "app=alone"),
            pods("shop", "app=checkout"),
            pods("shop", "app=orders"),
            contract("shop/orders", calls("a", "orders"), calls("b", "checkout")),
            clusterContract("everywhere", calls("c", "orders")),
            annotated("Deployment", "shop/checkout", "flowguard.dev/egress-to", calls("d", "nobody")));
    private static final TestCluster BROKEN =
            SHOP.and(policy("shop/deny").selects("app=orders").isolatesIngress());

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ManualTime time = new ManualTime();

    @Test
    @DisplayName("count flows and contracts by namespace, kind and state, with no series that counts nothing")
    void standings() {
        StandingMetrics metrics = new StandingMetrics(registry, ContractObjects.NONE, time);
        metrics.audited(Audits.of(SHOP.snapshot()));
        assertThat(values("flowguard.flows"))
                .containsExactlyInAnyOrder(
                        "FlowContract shop satisfied 2",
                        "ClusterFlowContract * satisfied 1",
                        "annotation shop unbound 1");
        assertThat(values("flowguard.contracts"))
                .containsExactlyInAnyOrder(
                        "FlowContract shop satisfied 1",
                        "ClusterFlowContract * satisfied 1",
                        "annotation shop unbound 1");
        assertThat(registry.find("flowguard.contract.broken.timestamp").gauges())
                .isEmpty();

        metrics.audited(Audits.of(BROKEN.snapshot()));
        assertThat(values("flowguard.contracts"))
                .containsExactlyInAnyOrder(
                        "FlowContract shop broken 1", "ClusterFlowContract * broken 1", "annotation shop unbound 1");
    }

    @Test
    @DisplayName("tell since when a contract is broken, which does not change with later audits")
    void since() {
        StandingMetrics metrics = new StandingMetrics(registry, ContractObjects.NONE, time);
        metrics.audited(Audits.of(BROKEN.snapshot()));
        time.passes(Duration.ofHours(1));
        metrics.audited(Audits.of(BROKEN.snapshot()));
        assertThat(registry.get("flowguard.contract.broken.timestamp")
                        .tag("contract", "orders")
                        .gauge()
                        .value())
                .isEqualTo(ManualTime.START.getEpochSecond());
    }

    @Test
    @DisplayName("tell how much no policy covers, of what policies can cover")
    void coverage() {
        CoverageMetrics metrics = new CoverageMetrics(registry);
        metrics.audited(Audits.of(BROKEN.snapshot()));
        assertThat(value("flowguard.namespaces", Map.of())).isEqualTo(2);
        assertThat(value("flowguard.workloads", Map.of())).isEqualTo(3);
        assertThat(value("flowguard.policies", Map.of())).isEqualTo(1);
        assertThat(value("flowguard.namespaces.uncovered", Map.of("direction", "ingress")))
                .isEqualTo(1);
        assertThat(value("flowguard.namespaces.uncovered", Map.of("direction", "egress")))
                .isEqualTo(2);
        assertThat(value("flowguard.workloads.uncovered", Map.of("direction", "ingress")))
                .isEqualTo(2);
        assertThat(value("flowguard.workloads.uncovered", Map.of("direction", "egress")))
                .isEqualTo(3);
    }

    @Test
    @DisplayName("count as covered what policies of other kinds isolate")
    void coverageByOtherKinds() {
        CoverageMetrics metrics = new CoverageMetrics(registry);
        metrics.audited(Audits.of(OfOtherKinds.blocking()));
        assertThat(value("flowguard.workloads.uncovered", Map.of("direction", "egress")))
                .isEqualTo(1);
        assertThat(value("flowguard.namespaces.uncovered", Map.of("direction", "egress")))
                .isZero();
        assertThat(value("flowguard.workloads.uncovered", Map.of("direction", "ingress")))
                .as("what a ClusterNetworkPolicy denies isolates nobody")
                .isEqualTo(2);
    }

    @Test
    @DisplayName("count policies of other kinds by what becomes of them")
    void otherKinds() {
        CoverageMetrics metrics = new CoverageMetrics(registry);
        metrics.audited(Audits.of(OfOtherKinds.blocking()));
        assertThat(value(
                        "flowguard.other.policies",
                        Map.of("kind", "CiliumNetworkPolicy.cilium.io", "effect", "evaluated")))
                .isEqualTo(1);
    }

    @Test
    @DisplayName("count policies by finding, once a minute at most")
    void findings() {
        FindingMetrics metrics = new FindingMetrics(registry, FindingLevels.USUAL, time);
        Map<String, String> selectsNothing = Map.of("finding", "selects-nothing");
        metrics.update(SHOP.snapshot());
        assertThat(value("flowguard.policies.with.finding", selectsNothing)).isZero();

        AuditedCluster changed = new AuditedCluster();
        changed.has(namespace("shop", ""), pods("shop", "app=orders"));
        changed.has(policy("shop/lost").selects("app=nobody").isolatesIngress());
        metrics.update(changed.known().orElseThrow().snapshot());
        assertThat(value("flowguard.policies.with.finding", selectsNothing))
                .as("too soon")
                .isZero();

        time.passes(Duration.ofMinutes(1));
        metrics.update(changed.known().orElseThrow().snapshot());
        assertThat(value("flowguard.policies.with.finding", selectsNothing)).isEqualTo(1);
    }

    private double value(String name, Map<String, String> tags) {
        var search = registry.get(name);
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            search = search.tag(tag.getKey(), tag.getValue());
        }
        return search.gauge().value();
    }

    /** {@code FlowContract shop broken 1}. */
    private List<String> values(String name) {
        return registry.find(name).gauges().stream()
                .map(gauge -> {
                    Meter.Id id = gauge.getId();
                    return id.getTag("kind") + " " + id.getTag("namespace") + " " + id.getTag("state") + " "
                            + (int) gauge.value();
                })
                .toList();
    }

    private static FlowPart calls(String name, String destination) {
        return flow(name)
                .from("shop", "app=checkout")
                .to("shop", "app=" + destination)
                .on(number(Protocol.TCP, 8080));
    }
}
