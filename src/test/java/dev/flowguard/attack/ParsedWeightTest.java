package dev.flowguard.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.admission.ReviewMapping;
import dev.flowguard.admission.decision.PolicyReview;
import dev.flowguard.admission.http.ReviewOutline;
import dev.flowguard.admission.http.ReviewReader;
import dev.flowguard.admission.http.WeightBudget;
import dev.flowguard.admission.http.WorkLimit;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import java.io.BufferedReader;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What bodies become is weighed: read and mapped, with all that they hold on to, after a collection. The budget counts tokens before there is
 * anything to weigh, so each kind of token must weigh less than it reckons.
 */
@DisplayName("Read and mapped, a body weighs no more than was reckoned,")
class ParsedWeightTest {
    private static final int ITEMS = 4_000;
    private static final int BODIES = 12;
    private static final ReviewReader READER = new ReviewReader(new WorkLimit(2_000_000, 200, 250_000));
    private static final ReviewMapping MAPPING = new ReviewMapping(ref -> Optional.empty());

    private static final String ROWS = """
        the shortest ports    | networking.k8s.io/v1 NetworkPolicy | "ingress": [{"ports": [@]}]    | {"protocol": "TCP"}
        ports                 | networking.k8s.io/v1 NetworkPolicy | "ingress": [{"ports": [@]}]    | {"protocol": "UDP", "port": #, "endPort": 65000}
        named ports           | networking.k8s.io/v1 NetworkPolicy | "ingress": [{"ports": [@]}]    | {"port": "p#"}
        empty rules           | networking.k8s.io/v1 NetworkPolicy | "ingress": [@]                 | {}
        empty peers           | networking.k8s.io/v1 NetworkPolicy | "egress": [{"to": [@]}]        | {"podSelector": {}}
        peers by label        | networking.k8s.io/v1 NetworkPolicy | "ingress": [{"from": [@]}]     | {"podSelector": {"matchLabels": {"app": "a#"}}, "namespaceSelector": {}}
        peers by expression   | networking.k8s.io/v1 NetworkPolicy | "ingress": [{"from": [@]}]     | {"podSelector": {"matchExpressions": [{"key": "k", "operator": "In", "values": ["a", "b#"]}]}}
        peers without meaning | networking.k8s.io/v1 NetworkPolicy | "ingress": [{"from": [@]}]     | {"x": {}}
        blocks                | networking.k8s.io/v1 NetworkPolicy | "ingress": [{"from": [@]}]     | {"ipBlock": {"cidr": "10.0.0.0/8", "except": ["10.1.0.0/16"]}}
        blocks of IPv6        | networking.k8s.io/v1 NetworkPolicy | "ingress": [{"from": [@]}]     | {"ipBlock": {"cidr": "2001:db8::/32"}}
        empty objects         | networking.k8s.io/v1 NetworkPolicy | "x": [@]                       | {}
        empty lists           | networking.k8s.io/v1 NetworkPolicy | "x": [@]                       | []
        nested objects        | networking.k8s.io/v1 NetworkPolicy | "x": [@]                       | {"a": {"a": {}}}
        numbers               | networking.k8s.io/v1 NetworkPolicy | "x": [@]                       | #
        fractions             | networking.k8s.io/v1 NetworkPolicy | "x": [@]                       | #.5
        short texts           | networking.k8s.io/v1 NetworkPolicy | "x": [@]                       | "a#"
        nulls                 | networking.k8s.io/v1 NetworkPolicy | "x": [@]                       | null
        labels                | networking.k8s.io/v1 NetworkPolicy | "podSelector": {"matchLabels": {@}} | "k#": "v"
        rules of Cilium       | cilium.io/v2 CiliumNetworkPolicy   | "endpointSelector": {}, "ingress": [@] | {"fromEndpoints": [{"matchLabels": {"app": "a#"}}], "toPorts": [{"ports": [{"port": "80", "protocol": "TCP"}]}]}
        empty rules of Cilium | cilium.io/v2 CiliumNetworkPolicy   | "endpointSelector": {}, "ingress": [@] | {}
        blocks of Cilium      | cilium.io/v2 CiliumNetworkPolicy   | "endpointSelector": {}, "egress": [{"toCIDR": [@]}] | "10.0.0.0/8"
        rules of Calico       | projectcalico.org/v3 GlobalNetworkPolicy | "selector": "all()", "ingress": [@] | {"action": "Allow", "protocol": "TCP", "source": {"selector": "app == 'a#'"}, "destination": {"ports": [80]}}
        short rules of Calico | projectcalico.org/v3 GlobalNetworkPolicy | "selector": "all()", "ingress": [@] | {"action": "Allow"}
        rules of a tier       | policy.networking.k8s.io/v1alpha1 AdminNetworkPolicy | "priority": 1, "subject": {"namespaces": {}}, "ingress": [@] | {"name": "r#", "action": "Allow", "from": [{"namespaces": {}}]}
        """;

    /** What one body of that kind became, and what it was reckoned to become, in bytes. */
    record Weight(String what, long retained, long reckoned) {
        @Override
        public String toString() {
            return what;
        }
    }

    static List<Weight> weights() throws Exception {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Scales.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<Weight> weights = new ArrayList<>();
        try (BufferedReader lines = program.inputReader(StandardCharsets.UTF_8)) {
            for (String line : lines.lines().toList()) {
                String[] words = line.split(";", -1);
                weights.add(new Weight(words[0], Long.parseLong(words[1]), Long.parseLong(words[2])));
            }
        }
        assertThat(program.waitFor()).isZero();
        assertThat(weights).hasSameSizeAs(ROWS.lines().toList());
        return weights;
    }

    @ParameterizedTest(name = "full of {0}")
    @MethodSource("weights")
    void weighs(Weight weight) {
        assertThat(weight.retained()).isPositive().isLessThan(weight.reckoned());
    }

    /** A program of its own, since everything else that this one has in memory makes each collection slow. */
    static final class Scales {
        private record Parsed(AdmissionRequest request, PolicyReview review) {}

        private Scales() {}

        public static void main(String[] arguments) {
            for (String row : ROWS.lines().toList()) {
                String[] cells = row.split("\\|");
                weigh(cells[0].strip(), cells[1].strip(), cells[2].strip(), cells[3].strip());
            }
        }

        private static void weigh(String what, String kind, String spec, String item) {
            byte[] body = body(kind, spec, item);
            ReviewOutline outline = READER.outline(body);
            if (outline.isTooLarge()) {
                throw new IllegalStateException(what + ": too large to be weighed");
            }
            List<Parsed> held = new ArrayList<>();
            held.add(parse(body));
            long before = used();
            for (int i = 0; i < BODIES; i++) {
                held.add(parse(body));
            }
            long retained = (used() - before) / BODIES;
            Reference.reachabilityFence(held);
            System.out.println(what + ";" + retained + ";" + WeightBudget.weight(outline, body.length));
        }

        private static Parsed parse(byte[] body) {
            AdmissionRequest request = READER.read(body);
            return new Parsed(request, MAPPING.map(request));
        }

        private static long used() {
            System.gc();
            return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        }
    }

    private static byte[] body(String apiVersionAndKind, String spec, String item) {
        String[] words = apiVersionAndKind.split("[ /]");
        String items = IntStream.range(0, ITEMS)
                .mapToObj(i -> item.replace("#", Integer.toString(i)))
                .collect(Collectors.joining(","));
        return """
                {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {"uid": "u", "operation": "CREATE",
                 "kind": {"group": "%1$s", "version": "%2$s", "kind": "%3$s"}, "namespace": "shop", "userInfo": {"username": "jane"},
                 "object": {"apiVersion": "%1$s/%2$s", "kind": "%3$s", "metadata": {"name": "p", "namespace": "shop"}, "spec": {%4$s}}}}""".formatted(words[0], words[1], words[2], spec.replace("@", items))
                .getBytes(StandardCharsets.UTF_8);
    }
}
