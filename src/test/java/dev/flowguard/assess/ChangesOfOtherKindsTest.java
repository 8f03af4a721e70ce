package dev.flowguard.assess;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.flowguard.assess.finding.FindingLevels;
import dev.flowguard.cluster.ClusterModel;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.kubernetes.ObjectReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Changes of policies of other kinds than NetworkPolicy, which may be for the whole cluster. */
class ChangesOfOtherKindsTest {
    private static final ObjectMapper YAML = new YAMLMapper();
    private static final int NAMESPACES = 40;

    @Test
    @DisplayName(
            "a Service of another namespace leads elsewhere: a flow to an address is judged again where a rule means it by the Service")
    void serviceElsewhere() {
        ClusterModel model = new ClusterModel(ClusterSettings.DEFAULT.withCni("calico"));
        Snapshot earlier = model.apply(List.of(
                namespace("shop"),
                namespace("data"),
                deployment("shop", "cart"),
                read("{apiVersion: v1, kind: Service, metadata: {name: partner, namespace: data},"
                        + " spec: {ports: [{port: 443}]}}"),
                slice("198.51.100.9"),
                read("{apiVersion: projectcalico.org/v3, kind: GlobalNetworkPolicy, metadata: {name: cart},"
                        + " spec: {selector: \"app == 'cart'\", types: [Egress], egress: [{action: Allow,"
                        + " destination: {services: {name: partner, namespace: data}}}]}}"),
                read("{apiVersion: flowguard.dev/v1alpha1, kind: FlowContract, metadata: {name: c, namespace: shop},"
                        + " spec: {flows: [{name: pays, from: {podSelector: {matchLabels: {app: cart}}},"
                        + " to: {ipBlock: {cidr: 198.51.100.9/32}}, ports: [{port: 443}]}]}}")));
        List<FlowStanding> standings = new StateAssessor(earlier).assess();
        assertThat(standings).extracting(FlowStanding::state).containsExactly(FlowState.SATISFIED);

        Snapshot now = model.apply(List.of(slice("198.51.100.10")));

        assertThat(new StateAssessor(now).assess(earlier, standings))
                .isEqualTo(new StateAssessor(now).assess())
                .extracting(FlowStanding::state)
                .containsExactly(FlowState.BROKEN);
    }

    @Test
    @DisplayName(
            "K26: a global policy of Calico that may select host endpoints leaves flows to nodes and pods on their network open")
    void onNodes() {
        Snapshot cluster = new ClusterModel(ClusterSettings.DEFAULT.withCni("calico"))
                .apply(List.of(
                        read("{apiVersion: v1, kind: Node, metadata: {name: a, labels: {zone: a}},"
                                + " status: {addresses: [{type: InternalIP, address: 172.18.0.2}]}}"),
                        namespace("shop"),
                        deployment("shop", "cart"),
                        read(
                                "{apiVersion: v1, kind: Pod, metadata: {name: agent, namespace: shop, labels: {app: agent}},"
                                        + " spec: {hostNetwork: true, containers: [{name: c, image: i}]},"
                                        + " status: {phase: Running, podIPs: [{ip: 172.18.0.2}]}}"),
                        read("{apiVersion: v1, kind: Service, metadata: {name: agent, namespace: shop},"
                                + " spec: {selector: {app: agent}, ports: [{port: 9100}]}}"),
                        read(
                                "{apiVersion: flowguard.dev/v1alpha1, kind: FlowContract, metadata: {name: c, namespace: shop},"
                                        + " spec: {flows: [{name: metrics, from: {podSelector: {matchLabels: {app: cart}}},"
                                        + " to: {service: {name: agent}}, ports: [{port: 9100}]},"
                                        + " {name: kubelet, from: {podSelector: {matchLabels: {app: cart}}},"
                                        + " to: {wellKnown: Nodes}, ports: [{port: 10250}]}]}}")));

        assertThat(undetermined(cluster, "selector: \"zone == 'a'\"")).containsExactly("metrics", "kubelet");
        assertThat(undetermined(cluster, "selector: \"zone == 'b'\"")).isEmpty();
        assertThat(undetermined(cluster, "selector: \"zone == 'a'\", namespaceSelector: all()"))
                .isEmpty();
    }

    /** The flows that a policy so selecting would leave open. */
    private static List<String> undetermined(Snapshot cluster, String selecting) {
        Observation policy =
                read("{apiVersion: projectcalico.org/v3, kind: GlobalNetworkPolicy, metadata: {name: guard}, spec: {"
                        + selecting + ", types: [Ingress], ingress: [{action: Deny}]}}");
        Change change = new Change.OfOther(policy.object(), Observation.gone(policy.object()), policy);
        return assess(cluster, change, Effort.unlimited()).flows(Effect.UNDETERMINED).stream()
                .map(flow -> flow.flow().flow().name())
                .toList();
    }

    @Test
    @DisplayName(
            "a policy of the whole cluster for which time runs out: nothing more is looked at, and what was found is told")
    void timeRunsOut() {
        Snapshot cluster = new ClusterModel(ClusterSettings.DEFAULT.withCni("calico")).apply(everybodyAsks());
        Observation denial =
                read("{apiVersion: projectcalico.org/v3, kind: GlobalNetworkPolicy, metadata: {name: closed},"
                        + " spec: {selector: all(), types: [Egress], egress: [{action: Deny}]}}");
        Change change = new Change.OfOther(denial.object(), Observation.gone(denial.object()), denial);
        Assessment whole = assess(cluster, change, Effort.unlimited());
        assertThat(whole.isComplete()).isTrue();
        AtomicLong looks = new AtomicLong();
        assess(cluster, change, Effort.ofNanos(1, () -> looks.incrementAndGet() < 0 ? 1 : 0));
        long all = looks.get();

        List<Integer> found = new ArrayList<>();
        for (long until = 1; until < all; until++) {
            long end = until;
            looks.set(0);
            Assessment some = assess(cluster, change, Effort.ofNanos(1, () -> looks.incrementAndGet() > end ? 1 : 0));
            assertThat(some.isComplete()).isFalse();
            assertThat(looks.get()).as("looks at the clock after it is over").isEqualTo(end + 1);
            assertThat(some.flows()).hasSizeLessThanOrEqualTo(whole.flows().size());
            found.add(some.flows(Effect.NEWLY_BROKEN).size());
        }
        assertThat(found)
                .as("flows that were found broken, with more time")
                .contains(0, 1)
                .isSorted();
    }

    /** A pod in each namespace calls one that is in the first. */
    private static List<Observation> everybodyAsks() {
        List<Observation> observations = new ArrayList<>();
        for (int i = 0; i < NAMESPACES; i++) {
            observations.add(namespace("team-" + i));
            observations.add(deployment("team-" + i, "cart"));
        }
        observations.add(deployment("team-0", "base"));
        observations.add(
                read(
                        "{apiVersion: flowguard.dev/v1alpha1, kind: ClusterFlowContract, metadata: {name: c},"
                                + " spec: {flows: [{name: asks, from: {podSelector: {matchLabels: {app: cart}}, namespaceSelector: {}},"
                                + " to: {podSelector: {matchLabels: {app: base}}, namespaceSelector: {}}, ports: [{port: 80}, {port: 81}]}]}}"));
        return observations;
    }

    private static Assessment assess(Snapshot cluster, Change change, Effort effort) {
        return new Assessor(cluster, Map.of(), FindingLevels.USUAL, effort).assess(change);
    }

    private static Observation namespace(String name) {
        return read("{apiVersion: v1, kind: Namespace, metadata: {name: " + name + "}}");
    }

    private static Observation deployment(String namespace, String app) {
        return read("{apiVersion: apps/v1, kind: Deployment, metadata: {name: " + app + ", namespace: " + namespace
                + "}, spec: {selector: {matchLabels: {app: " + app + "}}, template: {metadata: {labels: {app: " + app
                + "}}, spec: {containers: [{name: c, image: i}]}}}}");
    }

    private static Observation slice(String address) {
        return read("{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, addressType: IPv4,"
                + " metadata: {name: partner-1, namespace: data, labels: {kubernetes.io/service-name: partner}},"
                + " endpoints: [{addresses: [" + address + "]}], ports: [{port: 443, protocol: TCP}]}");
    }

    private static Observation read(String yaml) {
        try {
            ObjectNode object = (ObjectNode) YAML.readTree(yaml);
            return ObjectReader.read(object)
                    .match(
                            read -> read.observation(),
                            refused -> {
                                throw new AssertionError(yaml + ": " + refused.problems());
                            },
                            notRead -> {
                                throw new AssertionError(yaml + " is not read");
                            });
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
