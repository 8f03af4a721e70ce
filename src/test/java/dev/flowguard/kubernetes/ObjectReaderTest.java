package dev.flowguard.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.NamespaceEntry;
import dev.flowguard.kubernetes.field.FieldProblem;
import dev.flowguard.kubernetes.field.Reading;
import dev.flowguard.net.Address;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectReaderTest {
    @Nested
    @DisplayName("A Namespace")
    class OfNamespace {
        @Test
        @DisplayName("P13: has its name as a label, its own labels, and Flowguard's settings")
        void labels() {
            NamespaceEntry entry = entry("""
                metadata:
                  name: shop
                  labels: {flowguard.dev/mode: Warn}
                  annotations: {flowguard.dev/accept-contracts-from: 'web, ci', note: x}
                """);
            assertThat(entry.labels()).hasToString("flowguard.dev/mode=Warn,kubernetes.io/metadata.name=shop");
            assertThat(entry.mode()).isEqualTo("Warn");
            assertThat(entry.settings()).containsOnlyKeys("flowguard.dev/accept-contracts-from");
            assertThat(entry.acceptsContractsFrom("ci")).isTrue();
            assertThat(entry.assumed()).isFalse();
        }

        @ParameterizedTest(name = "N13: {0}: {1}")
        @CsvSource(delimiter = '|', textBlock = """
            {metadata: {name: a}}                                                 | false
            {metadata: {name: a}, status: {phase: Active}}                        | false
            {metadata: {name: a}, status: {phase: Terminating}}                   | true
            {metadata: {name: a, deletionTimestamp: '2026-01-01T00:00:00Z'}}      | true
            """)
        @DisplayName("is terminating by its phase or once its deletion has begun")
        void terminating(String namespace, boolean terminating) {
            assertThat(entry(namespace).terminating()).isEqualTo(terminating);
        }

        @Test
        @DisplayName("declares flows for all its pods")
        void declares() {
            assertThat(Facts.only(
                            Fact.Declared.class,
                            Facts.of(
                                    Namespace.class,
                                    "{metadata: {name: shop, annotations: {flowguard.dev/egress-to: dns}}}")))
                    .singleElement()
                    .satisfies(
                            declared -> assertThat(declared.contract().source().homeNamespace())
                                    .isEqualTo("shop"));
        }

        private static NamespaceEntry entry(String yaml) {
            return Facts.only(NamespaceEntry.class, Facts.of(Namespace.class, yaml))
                    .get(0);
        }
    }

    @Test
    @DisplayName("B5: A Node tells its addresses, not its names")
    void node() {
        assertThat(Facts.of(Node.class, """
            metadata: {name: n1}
            status:
              addresses:
              - {type: InternalIP, address: 192.168.0.1}
              - {type: ExternalIP, address: '2001:db8::1'}
              - {type: Hostname, address: n1}
            """))
                .containsExactly(
                        new Fact.Node("n1", List.of(Address.parse("192.168.0.1"), Address.parse("2001:db8::1"))));
    }

    @Nested
    @DisplayName("A parsed object")
    class OfTree {
        @ParameterizedTest(name = "{0} {1}: {2}")
        @CsvSource({
            "v1, Pod, Pod shop/a",
            "v1, Namespace, Namespace a",
            "v1, Node, Node a",
            "networking.k8s.io/v1, NetworkPolicy, NetworkPolicy shop/a",
            "networking.gke.io/v1alpha1, FQDNNetworkPolicy, FQDNNetworkPolicy.networking.gke.io shop/a",
            "networking.k8s.aws/v1alpha1, ClusterNetworkPolicy, ClusterNetworkPolicy.networking.k8s.aws a",
            "crd.projectcalico.org/v1, NetworkPolicy, NetworkPolicy.projectcalico.org shop/a",
            "projectcalico.org/v3, GlobalNetworkPolicy, GlobalNetworkPolicy.projectcalico.org a",
            "policy.networking.k8s.io/v9, AdminNetworkPolicy, AdminNetworkPolicy.policy.networking.k8s.io a",
            "crd.antrea.io/v1beta1, ClusterNetworkPolicy, ClusterNetworkPolicy.crd.antrea.io a",
            "flowguard.dev/v1alpha1, FlowContract, FlowContract shop/a",
            "flowguard.dev/v1alpha1, ClusterFlowContract, ClusterFlowContract a",
        })
        @DisplayName("is named by its kind, and in its scope")
        void scopes(String apiVersion, String kind, String expected) {
            assertThat(nameOf(read(apiVersion, kind, "{'name': 'a', 'namespace': 'shop'}")))
                    .isEqualTo(expected);
        }

        @Test
        @DisplayName("of another kind of policy is told by its name alone")
        void otherPolicy() {
            List<Fact> facts = factsOf(read("k8s.ovn.org/v1", "EgressFirewall", "{'name': 'a', 'namespace': 'shop'}"));
            assertThat(facts).singleElement().isInstanceOf(Fact.OtherPolicy.class);
        }

        @Test
        @DisplayName("by which Calico shows a NetworkPolicy once more tells nothing new")
        void mirror() {
            Reading shown =
                    read("projectcalico.org/v3", "NetworkPolicy", "{'name': 'knp.default.a', 'namespace': 'shop'}");
            assertThat(factsOf(shown)).isEmpty();
        }

        @ParameterizedTest(name = "{0} {1}: {2}")
        @CsvSource({
            "v1, ConfigMap, ConfigMap",
            "example.com/v1, Service, Service.example.com",
            "cilium.io/v2, CiliumEndpoint, CiliumEndpoint.cilium.io",
            "projectcalico.org/v3, BGPPeer, BGPPeer.projectcalico.org",
            "networking.k8s.io/v1, ServiceCIDR, ServiceCIDR.networking.k8s.io",
            "apps/v1, ControllerRevision, ControllerRevision.apps",
            "batch.volcano.sh/v1alpha1, Job, Job.batch.volcano.sh",
        })
        @DisplayName("of a kind that tells nothing about traffic is left alone, under the name that kubectl has for it")
        void notRead(String apiVersion, String kind, String expected) {
            assertThat(read(apiVersion, kind, "{'name': 'a'}")).isEqualTo(new Reading.NotRead(expected));
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"metadata": {"name": "a"}} | has neither apiVersion nor kind: expected a Kubernetes object, which states both
            {"kind": "Pod", "metadata": {"name": "a"}} | apiVersion: is missing: every Kubernetes object states it
            {"apiVersion": "v1", "kind": 1} | kind: is missing: every Kubernetes object states it
            {"apiVersion": "flowguard.dev/v1alpha1", "kind": "FlowContact"} | kind: "FlowContact" is not one of FlowContract, ClusterFlowContract; did you mean "FlowContract"?
            {"apiVersion": "v1", "kind": "Pod"} | metadata.name: is missing: every object needs a name
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "A"}} | metadata.name: "A" is not a name: expected at most 253 lower-case letters, digits, "-" and ".", the first and last a letter or digit
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a", "namespace": "a.b"}} | metadata.namespace: "a.b" is not the name of a namespace: expected at most 63 lower-case letters, digits and "-", the first and last a letter or digit
            {"apiVersion": "extensions/v1beta1", "kind": "NetworkPolicy", "metadata": {"name": "a"}} | apiVersion: clusters no longer serve extensions/v1beta1 NetworkPolicy: write apiVersion: networking.k8s.io/v1
            {"apiVersion": "batch/v1beta1", "kind": "CronJob", "metadata": {"name": "a"}} | apiVersion: clusters no longer serve batch/v1beta1 CronJob: write apiVersion: batch/v1
            {"apiVersion": "networking.k8s.io/v2", "kind": "NetworkPolicy", "metadata": {"name": "a"}} | apiVersion: there is no NetworkPolicy in "networking.k8s.io/v2": write apiVersion: networking.k8s.io/v1
            {"apiVersion": "v1", "kind": "NetworkPolicy", "metadata": {"name": "a"}} | apiVersion: there is no NetworkPolicy in "v1": write apiVersion: networking.k8s.io/v1
            {"apiVersion": "v1", "kind": "Deployment", "metadata": {"name": "a"}} | apiVersion: there is no Deployment in "v1": write apiVersion: apps/v1
            {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolcy", "metadata": {"name": "a"}} | kind: "NetworkPolcy" is no kind in networking.k8s.io; did you mean "NetworkPolicy"?
            """)
        @DisplayName("without type or name, or of a version of the past, is refused")
        void refused(String json, String expected) {
            assertThat(problems(json)).contains(expected);
        }

        @ParameterizedTest(name = "{1}")
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"podSelector": {"matchLabels": {"app": true}}}   | spec.podSelector.matchLabels.app: expected a string, found the boolean true (an unquoted y, yes or on is a boolean in YAML): put it in quotes
            {"podSelector": {"matchLabels": {"app": false}}}  | spec.podSelector.matchLabels.app: expected a string, found the boolean false (an unquoted n, no or off is a boolean in YAML): put it in quotes
            {"podSelector": {"matchLabels": {"app": 1}}}      | spec.podSelector.matchLabels.app: expected a string, found the number 1: put it in quotes
            {"podSelector": {"matchLabels": {"app": 1.5}}}    | spec.podSelector.matchLabels.app: expected a string, found the number 1.5: put it in quotes
            {"podSelector": {"matchLabels": {"a.b/c": ["x"]}}} | spec.podSelector.matchLabels["a.b/c"]: expected a string, found a list
            {"podSelector": [{"matchLabels": {}}]}            | spec.podSelector: expected a mapping, found a list: write its fields without "- " before them
            {"podSelector": "app=a"}                          | spec.podSelector: expected a mapping, found the string "app=a"
            {"podSelector": ""}                               | spec.podSelector: expected a mapping, found the string ""
            {"policyTypes": "Ingress"}                        | spec.policyTypes: expected a list, found the string "Ingress": begin each entry with "- "
            {"ingress": {"from": []}}                         | spec.ingress: expected a list, found a mapping: begin each entry with "- "
            {"ingress": [{"from": [[]]}]}                     | spec.ingress[0].from[0]: expected a mapping, found a list: write its fields without "- " before them
            {"ingress": [{"ports": [{"port": true}]}]}        | spec.ingress[0].ports[0].port: expected a port number or name, found the boolean true
            {"ingress": [{"ports": [{"port": 80.5}]}]}        | spec.ingress[0].ports[0].port: expected a port number or name, found the number 80.5
            {"ingress": [{"ports": [{"port": 1, "endPort": "90"}]}]} | spec.ingress[0].ports[0].endPort: expected a whole number, found the string "90": write it without quotes
            {"ingress": [{"ports": [{"port": 1, "endPort": 99999999999}]}]} | spec.ingress[0].ports[0].endPort: expected a whole number, found the number 99999999999
            {"ingress": [{"ports": [{"port": 1, "endPort": 1.5}]}]} | spec.ingress[0].ports[0].endPort: expected a whole number, found the number 1.5
            """)
        @DisplayName("with a value of the wrong type is refused with the way to write it")
        void types(String spec, String expected) {
            assertThat(problems("""
                {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "a"}, "spec": %s}
                """.formatted(spec))).containsExactly(expected);
        }

        @Test
        @DisplayName("with many values of the wrong type is refused with all of them")
        void manyTypes() {
            assertThat(problems("""
                {"apiVersion": "v1", "kind": "Pod",
                 "metadata": {"name": 1, "labels": {"a": true, "b": "x", "c": 2}},
                 "spec": {"hostNetwork": "true",
                          "containers": ["x", {"ports": [{"containerPort": "80"}]}],
                          "priority": "not read, so not looked at"}}
                """))
                    .containsExactlyInAnyOrder(
                            "metadata.name: expected a string, found the number 1: put it in quotes",
                            "metadata.labels.a: expected a string, found the boolean true (an unquoted y, yes or on is"
                                    + " a boolean in YAML): put it in quotes",
                            "metadata.labels.c: expected a string, found the number 2: put it in quotes",
                            "spec.hostNetwork: expected true or false, found the string \"true\": write it without"
                                    + " quotes",
                            "spec.containers[0]: expected a mapping, found the string \"x\"",
                            "spec.containers[1].ports[0].containerPort: expected a whole number, found the string"
                                    + " \"80\": write it without quotes");
        }

        @Test
        @DisplayName(
                "with a value of the wrong type is refused for its other mistakes as well, not for lack of that value")
        void typesAndMore() {
            assertThat(problems("""
                {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",
                 "metadata": {"name": 1, "namespace": "A"},
                 "spec": {"ingress": [{"from": ["x", {}]}]}}
                """))
                    .extracting(problem -> problem.substring(0, problem.indexOf(": ")))
                    .containsExactlyInAnyOrder(
                            "metadata.name",
                            "metadata.namespace",
                            "spec.ingress[0].from[0]",
                            "spec.ingress[0].from[1]");
        }

        private static List<String> problems(String json) {
            return ObjectReader.read(tree(json))
                    .match(
                            observed -> List.of(),
                            refused -> refused.problems().stream()
                                    .map(FieldProblem::toString)
                                    .toList(),
                            notRead -> List.of());
        }

        private static Reading read(String apiVersion, String kind, String metadata) {
            return ObjectReader.read(tree("{'apiVersion': '%s', 'kind': '%s', 'metadata': %s}"
                    .formatted(apiVersion, kind, metadata)
                    .replace('\'', '"')));
        }
    }

    @Test
    @DisplayName("An object of a kind without a model class is read like a parsed one")
    void generic() {
        GenericKubernetesResource resource = Given.object(
                GenericKubernetesResource.class,
                "{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {name: a, namespace: shop},"
                        + " spec: {endpointSelector: {}, ingress: [{}]}}");
        assertThat(nameOf(ObjectReader.read(resource))).isEqualTo("CiliumNetworkPolicy.cilium.io shop/a");
    }

    private static String nameOf(Reading reading) {
        return reading.match(
                observed -> observed.observation().object().toString(),
                refused -> "refused " + refused,
                notRead -> "not read " + notRead);
    }

    private static List<Fact> factsOf(Reading reading) {
        return reading.match(
                observed -> observed.observation().facts(),
                refused -> fail("refused: " + refused),
                notRead -> fail("not read: " + notRead));
    }

    private static ObjectNode tree(String json) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
