package dev.flowguard.kubernetes;

import static dev.flowguard.kubernetes.Facts.only;
import static dev.flowguard.kubernetes.Facts.shape;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.NamedPort;
import dev.flowguard.cluster.object.NamedPort.Container;
import dev.flowguard.cluster.object.Owner;
import dev.flowguard.cluster.object.PerPodLabels;
import dev.flowguard.net.Address;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WorkloadReaderTest {
    private static final String TEMPLATE = "template: {metadata: {labels: {app: a}}, spec: {containers: []}}";

    @Nested
    @DisplayName("A Pod")
    class OfPod {
        @Test
        @DisplayName("N8: is told by its controller, its shape and, apart, the labels that only it has")
        void controlled() {
            assertThat(facts("""
                metadata:
                  name: db-0
                  namespace: data
                  labels: {app: db, statefulset.kubernetes.io/pod-name: db-0, controller-revision-hash: x}
                  ownerReferences: [{kind: Cluster, name: c}, {kind: StatefulSet, name: db, controller: true}]
                spec: {containers: [{ports: [{name: pg, containerPort: 5432}, {containerPort: 1}]}]}
                status: {phase: Running, podIP: 10.0.0.1, podIPs: [{ip: 10.0.0.1}, {ip: '2001:db8::1'}]}
                """))
                    .containsExactly(new Fact.Pod(
                            "data",
                            "db-0",
                            new Owner("StatefulSet", "db"),
                            shape(Map.of("app", "db"), port("pg", 5432, Container.REGULAR)),
                            Labels.of(Map.of(
                                    PerPodLabels.STATEFUL_SET_POD_NAME, "db-0", "controller-revision-hash", "x")),
                            List.of(Address.parse("10.0.0.1"), Address.parse("2001:db8::1"))));
        }

        @Test
        @DisplayName("B9: has the addresses of all its families, or the one that older API servers give")
        void addresses() {
            assertThat(pod("status: {podIPs: [{ip: '2001:db8::1'}, {ip: 10.0.0.1}], podIP: '2001:db8::1'}")
                            .addresses())
                    .containsExactly(Address.parse("2001:db8::1"), Address.parse("10.0.0.1"));
            assertThat(pod("status: {podIP: 10.0.0.1}").addresses()).containsExactly(Address.parse("10.0.0.1"));
        }

        @ParameterizedTest(name = "{0}: in phase {1}: {2} facts")
        @CsvSource({"N1, Succeeded, 0", "N1, Failed, 0", "N2, Pending, 1", "N2, Running, 1", "N2, Unknown, 1"})
        void phases(String id, String phase, int facts) {
            assertThat(facts("{metadata: {name: a}, status: {phase: " + phase + "}}"))
                    .hasSize(facts);
        }

        @Test
        @DisplayName("N2: counts before it has an address, even before it has a status")
        void pending() {
            assertThat(pod("spec: {}").addresses()).isEmpty();
        }

        @Test
        @DisplayName("N3: counts while it is being deleted")
        void terminating() {
            assertThat(facts("""
                metadata: {name: a, deletionTimestamp: '2026-01-01T00:00:00Z'}
                status: {podIP: 10.0.0.1}
                """)).hasSize(1);
        }

        @Test
        @DisplayName("P16: without a namespace is in default, without a controller is its own owner")
        void bare() {
            Fact.Pod pod = pod("spec: {}");
            assertThat(pod.namespace()).isEqualTo("default");
            assertThat(pod.owner()).isEqualTo(new Owner("Pod", "a"));
        }

        @Test
        @DisplayName("that a node made of its own manifests is bare")
        void mirror() {
            Fact.Pod pod = only(Fact.Pod.class, facts("""
                metadata: {name: etcd-n1, ownerReferences: [{kind: Node, name: n1, controller: true}]}
                spec: {hostNetwork: true}
                """)).get(0);
            assertThat(pod.owner()).isEqualTo(new Owner("Pod", "etcd-n1"));
            assertThat(pod.shape().hostNetwork()).isTrue();
        }

        @ParameterizedTest(name = "of ReplicaSet {0} with hash {1}: {2}")
        @CsvSource({
            "orders-7c9d5b6f48, 7c9d5b6f48, orders",
            "orders, 7c9d5b6f48, ''",
            "-7c9d5b6f48, 7c9d5b6f48, ''",
            "orders-x, '', ''"
        })
        @DisplayName("names its Deployment even where the ReplicaSet is not seen")
        void deployment(String replicaSet, String hash, String deployment) {
            List<Fact.Owned> owned = only(Fact.Owned.class, facts("""
                metadata:
                  name: p
                  labels: {pod-template-hash: '%s'}
                  ownerReferences: [{kind: ReplicaSet, name: '%s', controller: true}]
                """.formatted(hash, replicaSet)));
            assertThat(owned)
                    .isEqualTo(
                            deployment.isEmpty()
                                    ? List.of()
                                    : List.of(new Fact.Owned(
                                            "default",
                                            new Owner("ReplicaSet", replicaSet),
                                            new Owner("Deployment", deployment))));
        }

        @Test
        @DisplayName(
                "Q14: has the ports of its containers, then of its init containers, told apart by whether they keep"
                        + " running")
        void ports() {
            assertThat(pod("""
                spec:
                  initContainers:
                  - {name: prepare, ports: [{name: setup, containerPort: 1}]}
                  - {name: proxy, restartPolicy: Always, ports: [{name: http, containerPort: 2}]}
                  containers:
                  - {name: app, ports: [{name: http, containerPort: 3}, {name: dns, containerPort: 53, protocol: UDP}]}
                  - null
                """).shape().ports())
                    .containsExactly(
                            port("http", 3, Container.REGULAR),
                            new NamedPort("dns", Protocol.UDP, 53, Container.REGULAR),
                            port("setup", 1, Container.INIT),
                            port("http", 2, Container.SIDECAR));
        }

        @Test
        @DisplayName("speaks by its annotations for all pods of its controller")
        void declares() {
            List<Fact.Declared> declared = only(Fact.Declared.class, facts("""
                metadata:
                  name: orders-1
                  namespace: shop
                  ownerReferences: [{kind: ReplicaSet, name: orders, controller: true}]
                  annotations: {flowguard.dev/egress-to: dns}
                """));
            assertThat(declared)
                    .singleElement()
                    .satisfies(each -> assertThat(each.contract().source())
                            .hasToString("ReplicaSet shop/orders, annotation flowguard.dev/egress-to"));
        }

        @ParameterizedTest(name = "{1}")
        @CsvSource(delimiter = '|', textBlock = """
            spec: {containers: [{ports: [{containerPort: 0}]}]}          | spec.containers[0].ports[0].containerPort: 0 is not a port: expected a number from 1 to 65535
            spec: {containers: [{ports: [{name: a}]}]}                   | spec.containers[0].ports[0].containerPort: is missing: expected a number from 1 to 65535
            spec: {initContainers: [{ports: [{name: A, containerPort: 1}]}]} | spec.initContainers[0].ports[0].name: "A" is not a port name: expected 1 to 15 lower-case letters, digits and single "-" between them, at least one a letter
            spec: {containers: [{ports: [{containerPort: 1, protocol: X}]}]} | spec.containers[0].ports[0].protocol: "X" is not one of TCP, UDP, SCTP
            status: {podIPs: [{ip: 10.0.0}]}                             | status.podIPs[0].ip: "10.0.0" is not an IP address: expected something like 192.0.2.7 or 2001:db8::7
            """)
        @DisplayName("with a mistake in what is read of it is refused")
        void refused(String rest, String problem) {
            assertThat(Facts.problems(Pod.class, "metadata: {name: a}\n" + rest))
                    .containsExactly(problem);
        }

        private static List<Fact> facts(String yaml) {
            return Facts.of(Pod.class, yaml);
        }

        private static Fact.Pod pod(String rest) {
            return only(Fact.Pod.class, facts("metadata: {name: a}\n" + rest)).get(0);
        }
    }

    @Nested
    @DisplayName("A controller")
    class OfController {
        static Stream<Arguments> templates() {
            String job = "{metadata: {name: w}, spec: {" + TEMPLATE + "}}";
            return Stream.of(
                    template(
                            "N7: with no replicas",
                            Deployment.class,
                            "replicas: 0, " + TEMPLATE,
                            PerPodLabels.Unforeseen.OF_DEPLOYMENT),
                    template("N8", Deployment.class, TEMPLATE, PerPodLabels.Unforeseen.OF_DEPLOYMENT),
                    template("N8", DaemonSet.class, TEMPLATE, PerPodLabels.Unforeseen.OF_DAEMON_SET),
                    template("N8", ReplicationController.class, TEMPLATE, unforeseen()),
                    template("N8", ReplicaSet.class, TEMPLATE, unforeseen()),
                    template(
                            "N7: with no replicas, of nobody",
                            ReplicaSet.class,
                            "replicas: 0, " + TEMPLATE,
                            unforeseen()),
                    template("N8", Job.class, TEMPLATE, new PerPodLabels.OfJob("w")),
                    template("N8", CronJob.class, "jobTemplate: " + job, PerPodLabels.Unforeseen.OF_CRON_JOB),
                    template("N8", StatefulSet.class, TEMPLATE, new PerPodLabels.Ordinals("w", 0, 1)),
                    template(
                            "N8: numbered from 5",
                            StatefulSet.class,
                            "replicas: 3, ordinals: {start: 5}, " + TEMPLATE,
                            new PerPodLabels.Ordinals("w", 5, 3)),
                    template(
                            "N7", StatefulSet.class, "replicas: 0, " + TEMPLATE, new PerPodLabels.Ordinals("w", 0, 0)));
        }

        private static Arguments template(
                String id, Class<? extends HasMetadata> type, String spec, PerPodLabels perPod) {
            return Arguments.of(id, type, spec, perPod);
        }

        private static PerPodLabels unforeseen() {
            return new PerPodLabels.Unforeseen();
        }

        @ParameterizedTest(name = "{0}: {1}")
        @MethodSource
        @DisplayName("tells the template of its pods, whether or not there are any")
        void templates(String id, Class<? extends HasMetadata> type, String spec, PerPodLabels perPod) {
            List<Fact> facts = Facts.of(type, "{metadata: {name: w, namespace: shop}, spec: {" + spec + "}}");
            assertThat(only(Fact.Template.class, facts))
                    .containsExactly(new Fact.Template(
                            "shop", new Owner(type.getSimpleName(), "w"), shape(Map.of("app", "a")), perPod));
        }

        @Test
        @DisplayName("N8: that is a ReplicaSet has the hash of its revision set aside, but known")
        void replicaSetOfDeployment() {
            assertThat(Facts.of(ReplicaSet.class, """
                metadata: {name: w-1, ownerReferences: [{kind: Deployment, name: w, controller: true}]}
                spec: {replicas: 1, template: {metadata: {labels: {app: a, pod-template-hash: '1'}}}}
                """))
                    .containsExactly(
                            new Fact.Owned("default", new Owner("ReplicaSet", "w-1"), new Owner("Deployment", "w")),
                            new Fact.Template(
                                    "default",
                                    new Owner("ReplicaSet", "w-1"),
                                    shape(Map.of("app", "a")),
                                    new PerPodLabels.Written(Labels.of(Map.of("pod-template-hash", "1")))));
        }

        @Test
        @DisplayName("N9: that is a ReplicaSet which a rollout left without replicas tells nothing")
        void replicaSetLeftBehind() {
            assertThat(Facts.of(ReplicaSet.class, """
                metadata: {name: w-1, ownerReferences: [{kind: Deployment, name: w, controller: true}]}
                spec: {replicas: 0, template: {metadata: {labels: {app: a}}}}
                """)).isEmpty();
        }

        @Test
        @DisplayName(
                "N7: that is a ReplicaSet without replicas still counts if its own controller's template is not read")
        void replicaSetOfRollout() {
            assertThat(Facts.of(ReplicaSet.class, """
                metadata: {name: w-1, ownerReferences: [{kind: Rollout, name: w, controller: true}]}
                spec: {replicas: 0, template: {metadata: {labels: {app: a}}}}
                """)).hasSize(2);
        }

        @ParameterizedTest(name = "with the condition {0}={1}: {2} templates")
        @CsvSource({"Complete, True, 0", "Failed, True, 0", "Failed, False, 1", "Suspended, True, 1"})
        @DisplayName("N7: that is a Job which has finished tells nothing")
        void jobs(String condition, String status, int templates) {
            List<Fact> facts = Facts.of(
                    Job.class,
                    "{metadata: {name: j}, spec: {" + TEMPLATE + "}, status: {conditions: [{type: " + condition
                            + ", status: '" + status + "'}]}}");
            assertThat(only(Fact.Template.class, facts)).hasSize(templates);
        }

        @Test
        @DisplayName("is told with its own controller where it is one revision or run of that")
        void owned() {
            String owner = "ownerReferences: [{kind: CronJob, name: nightly, controller: true}]";
            assertThat(Facts.of(Job.class, "{metadata: {name: j, " + owner + "}, spec: {" + TEMPLATE + "}}"))
                    .contains(new Fact.Owned("default", new Owner("Job", "j"), new Owner("CronJob", "nightly")));
            String operator = "ownerReferences: [{kind: ClusterVersion, name: version, controller: true}]";
            assertThat(only(
                            Fact.Owned.class,
                            Facts.of(
                                    Deployment.class,
                                    "{metadata: {name: d, " + operator + "}, spec: {" + TEMPLATE + "}}")))
                    .as("a Deployment is what people know, even if an operator made it")
                    .isEmpty();
        }

        @Test
        @DisplayName("that is a DaemonSet may be the agent of the network plugin")
        void nodeAgent() {
            assertThat(Facts.of(
                            DaemonSet.class,
                            "{metadata: {name: calico-node, namespace: kube-system}, spec: {" + TEMPLATE + "}}"))
                    .contains(new Fact.NodeAgent("kube-system", "calico-node"));
        }

        @Test
        @DisplayName("declares by the annotations on itself and on its template, each flow once")
        void declares() {
            List<Fact.Declared> declared = only(Fact.Declared.class, Facts.of(Deployment.class, """
                metadata:
                  name: w
                  namespace: shop
                  annotations: {flowguard.dev/egress-to: dns, flowguard.dev/enforcement: Warn}
                spec:
                  template:
                    metadata:
                      annotations: {flowguard.dev/egress-to: dns, flowguard.dev/ingress-from: pods port 80}
                """));
            assertThat(declared)
                    .extracting(each ->
                            each.contract().source() + " " + each.contract().enforcement())
                    .containsExactly(
                            "Deployment shop/w, annotation flowguard.dev/egress-to Warn",
                            "Deployment shop/w, annotation flowguard.dev/ingress-from Warn");
        }

        @Test
        @DisplayName("that is a CronJob declares by all three of its levels")
        void cronJobDeclares() {
            List<Fact.Declared> declared = only(Fact.Declared.class, Facts.of(CronJob.class, """
                metadata: {name: w, annotations: {flowguard.dev/egress-to: dns}}
                spec:
                  jobTemplate:
                    metadata: {annotations: {flowguard.dev/egress-to: kubernetes-api}}
                    spec:
                      template:
                        metadata: {annotations: {flowguard.dev/egress-to: service orders}}
                """));
            assertThat(declared)
                    .flatExtracting(each -> each.contract().flows())
                    .extracting(flow -> flow.name())
                    .containsExactly("dns", "kubernetes-api", "service orders");
        }

        @Test
        @DisplayName("without a template is refused")
        void withoutTemplate() {
            assertThat(Facts.problems(Deployment.class, "{metadata: {name: w}}"))
                    .containsExactly("spec.template: is missing: a Deployment needs a template for its pods");
            assertThat(Facts.problems(CronJob.class, "{metadata: {name: w}}"))
                    .containsExactly(
                            "spec.jobTemplate.spec.template: is missing: a CronJob needs a template for its pods");
        }

        @Test
        @DisplayName("with a label that the API server would refuse is refused")
        void labels() {
            assertThat(Facts.problems(
                            Deployment.class,
                            "{metadata: {name: w}, spec: {template: {metadata: {labels: {app: a b}}}}}"))
                    .singleElement()
                    .asString()
                    .startsWith("spec.template.metadata.labels.app: \"a b\" is not a label value");
        }
    }

    private static NamedPort port(String name, int number, Container container) {
        return new NamedPort(name, Protocol.TCP, number, container);
    }
}
