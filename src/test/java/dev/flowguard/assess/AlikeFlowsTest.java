package dev.flowguard.assess;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.cluster.ClusterModel;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.kubernetes.ObjectReader;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PolicyRef;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Many flows between the same ends, on ports of which a policy names some: together against each by itself. */
@DisplayName("Flows that differ only in ports which no policy tells apart")
class AlikeFlowsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WORKLOADS = 20;

    /** Below, in and above what the policies of the cluster name, by number and by name. */
    private static final List<String> PORTS = List.of(
            "{\"port\":1000}",
            "{\"port\":1001}",
            "{\"port\":8080}",
            "{\"port\":8081}",
            "{\"port\":8085}",
            "{\"port\":8086}",
            "{\"port\":8090}",
            "{\"port\":8091}",
            "{\"port\":9000}",
            "{\"port\":9001},{\"port\":9003}",
            "{\"port\":9003},{\"port\":9001}",
            "{\"port\":9002},{\"port\":9002}",
            "{\"port\":9002},{\"port\":9004,\"protocol\":\"UDP\"}");

    private static final Change DENIAL = new Change.Create(new Policy(
            new PolicyRef("many", "deny"),
            LabelSelector.EVERYTHING,
            Policy.Section.isolating(List.of()),
            Policy.Section.isolating(List.of())));

    @Test
    @DisplayName("stand as each of them does by itself, with its own ports in what is told of it")
    void standings() {
        Snapshot cluster = cluster(PORTS);
        StateAssessor together = new StateAssessor(cluster);
        List<FlowStanding> standings = together.assess();
        assertThat(standings).hasSizeGreaterThanOrEqualTo(PORTS.size());
        StateAssessor inPortions = new StateAssessor(cluster);
        for (FlowStanding standing : standings) {
            DeclaredFlow flow = standing.flow();
            assertThat(standing).isEqualTo(new StateAssessor(cluster).assess(flow));
            StandingWalk walk = inPortions.begin(flow);
            StandingWalk alone = new StateAssessor(cluster).begin(flow);
            assertThat(steps(walk)).as("work, %s", flow).isEqualTo(steps(alone));
            assertThat(walk.standing()).isEqualTo(standing).isEqualTo(alone.standing());
        }
    }

    private static long steps(StandingWalk walk) {
        long steps = 0;
        while (!walk.isOver()) {
            steps += walk.goOn(100);
        }
        walk.standing();
        return steps;
    }

    @Test
    @DisplayName("are changed as each of them is by itself")
    void changes() {
        List<FlowAssessment> together =
                new Assessor(cluster(PORTS)).assess(DENIAL).flows().subList(0, PORTS.size());
        for (int i = 0; i < PORTS.size(); i++) {
            FlowAssessment alone = new Assessor(cluster(List.of(PORTS.get(i))))
                    .assess(DENIAL)
                    .flows()
                    .get(0);
            assertThat(together.get(i).counts()).as(PORTS.get(i)).isEqualTo(alone.counts());
            assertThat(together.get(i).namespaces()).as(PORTS.get(i)).isEqualTo(alone.namespaces());
            assertThat(told(together.get(i))).as(PORTS.get(i)).isEqualTo(told(alone));
        }
    }

    private static List<String> told(FlowAssessment flow) {
        return flow.examples().stream()
                .map(example -> example.effect() + " " + example.pair().traffic() + " "
                        + example.pair().source() + " " + example.pair().destination() + " " + example.before()
                        + example.after())
                .toList();
    }

    /** Two namespaces of pods that differ by name alone; who comes in to one of them is a matter of its policy. */
    private static Snapshot cluster(List<String> ports) {
        List<String> objects = new ArrayList<>();
        Stream.of("many", "others").forEach(namespace -> {
            objects.add("{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"" + namespace + "\"}}");
            for (int i = 0; i < WORKLOADS; i++) {
                objects.add("{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"w" + i
                        + "\",\"namespace\":\"" + namespace + "\"},\"spec\":{\"template\":{\"metadata\":{\"labels\":"
                        + "{\"app\":\"w" + i + "\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"ports\":"
                        + "[{\"name\":\"web\",\"containerPort\":" + (i % 2 == 0 ? 8_090 : 8_091) + "}]}]}}}}");
            }
        });
        objects.add("{\"apiVersion\":\"networking.k8s.io/v1\",\"kind\":\"NetworkPolicy\",\"metadata\":{\"name\":\"p\","
                + "\"namespace\":\"others\"},\"spec\":{\"podSelector\":{},\"policyTypes\":[\"Ingress\"],\"ingress\":[{"
                + "\"from\":[{\"namespaceSelector\":{}}],\"ports\":[{\"port\":8081,\"endPort\":8085},{\"port\":\"web\"},"
                + "{\"port\":9002}]}]}}");
        StringBuilder flows = new StringBuilder();
        for (String some : ports) {
            flows.append(flows.isEmpty() ? "" : ",")
                    .append("{\"name\":\"f")
                    .append(flows.length())
                    .append("\",\"from\":{\"podSelector\":{}},\"to\":{\"namespaceSelector\":{}},\"ports\":[")
                    .append(some)
                    .append("]}");
        }
        objects.add("{\"apiVersion\":\"flowguard.dev/v1alpha1\",\"kind\":\"FlowContract\",\"metadata\":{\"name\":\"c\","
                + "\"namespace\":\"many\"},\"spec\":{\"flows\":[" + flows + "]}}");
        return new ClusterModel(ClusterSettings.DEFAULT)
                .apply(objects.stream().map(AlikeFlowsTest::observation).toList());
    }

    private static Observation observation(String json) {
        try {
            return ObjectReader.read((ObjectNode) JSON.readTree(json))
                    .match(
                            read -> read.observation(),
                            refused -> {
                                throw new AssertionError(json + ": " + refused.problems());
                            },
                            notRead -> {
                                throw new AssertionError(json + " is not read");
                            });
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }
}
