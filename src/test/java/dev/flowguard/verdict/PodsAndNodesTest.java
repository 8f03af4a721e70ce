package dev.flowguard.verdict;

import static dev.flowguard.testing.FlowguardAssertions.assertThat;
import static dev.flowguard.testing.Given.block;
import static dev.flowguard.testing.Given.create;
import static dev.flowguard.testing.Given.flow;
import static dev.flowguard.testing.Given.from;
import static dev.flowguard.testing.Given.namespaces;
import static dev.flowguard.testing.Given.number;
import static dev.flowguard.testing.Given.owned;
import static dev.flowguard.testing.Given.pod;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.service;
import static dev.flowguard.testing.Given.tcp;
import static dev.flowguard.testing.Given.to;

import dev.flowguard.cluster.ClusterModel;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.cluster.object.Owner;
import dev.flowguard.cluster.object.PerPodLabels;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Labels;
import dev.flowguard.testing.Given;
import dev.flowguard.testing.Part;
import dev.flowguard.testing.TestCluster;
import dev.flowguard.verdict.match.PeerOutcome;
import dev.flowguard.verdict.trace.Doubt;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SEMANTICS, "Pods, nodes, workloads". */
class PodsAndNodesTest {
    private static final String CLIENT = "shop/client";
    private static final String SERVER = "shop/server";

    private final TestCluster cluster = TestCluster.with(
            pods("shop", "app=client").ip("10.0.0.1"),
            pods("shop", "app=server").ip("10.0.0.2"));

    @Test
    @DisplayName("N1: a pod that has ended is no workload, and its address is free for another")
    void endedPods() {
        ClusterModel model = new ClusterModel(ClusterSettings.DEFAULT);
        Snapshot running = model.apply(pod("shop/job", "app=job").ip("10.0.0.5").observations());
        Assertions.assertThat(running.namespaceOrAssumed("shop").workloads()).hasSize(1);
        Snapshot ended = model.apply(List.of(new Observation(new ObjectRef("Pod", "shop", "job"), List.of())));
        Assertions.assertThat(ended.namespaceOrAssumed("shop").workloads()).isEmpty();
        Assertions.assertThat(ended.isClusterAddress(dev.flowguard.net.Address.parse("10.0.0.5")))
                .isFalse();
    }

    @Test
    @DisplayName("N2: a pending pod counts for selectors; for an ipBlock nothing is known of it")
    void pendingPods() {
        TestCluster pending = cluster.and(pod("shop/pending", "app=pending").ip());
        assertThat(pending.and(policy("shop/p").selects("app=server").ingress(from("app=pending"))))
                .allows("shop/pending", SERVER, "80");
        assertThat(pending.and(policy("shop/p").selects("app=server").ingress(block("10.0.0.0/24")))
                        .on("calico"))
                .leavesOpen("shop/pending", SERVER, "80")
                .because(PeerOutcome.POD_ADDRESS_NOT_KNOWN)
                .allows(CLIENT, SERVER, "80");
        assertThat(pending.and(policy("shop/p").selects("app=server").ingress(block("10.0.0.0/24")))
                        .on("cilium"))
                .blocks("shop/pending", SERVER, "80")
                .by("shop/p");
    }

    @Test
    @DisplayName("N4: a hostNetwork pod is never isolated, and a policy for it alone changes nothing")
    void hostNetworkIsNotIsolated() {
        TestCluster host = cluster.and(
                pods("shop", "app=agent").onHostNetwork().ip("192.168.0.1"),
                Given.contract(
                        "shop/c",
                        flow("probe")
                                .from("shop", "app=client")
                                .to("shop", "app=agent")
                                .on(number(Protocol.TCP, 80))));
        assertThat(host.and(
                        policy("shop/p").selects("app=agent").isolatesIngress().isolatesEgress()))
                .allows(CLIENT, "shop/agent", "80")
                .allows("shop/agent", CLIENT, "80");
        assertThat(host.assess(create(policy("shop/p").selects("app=agent").isolatesIngress())))
                .changesNothing();
    }

    @Test
    @DisplayName("N5: selectors do not surely match a hostNetwork pod; it may also be the own node")
    void hostNetworkAsPeer() {
        TestCluster host = cluster.and(pods("shop", "app=agent").onHostNetwork().ip("192.168.0.1"));
        assertThat(host.and(policy("shop/p").selects("app=server").ingress(from("app=agent"))))
                .leavesOpen("shop/agent", SERVER, "80")
                .because(PeerOutcome.POD_ON_HOST_NETWORK);
        assertThat(host.and(policy("shop/p").selects("app=server").ingress(from("app=client"))))
                .leavesOpen("shop/agent", SERVER, "80")
                .because(Doubt.LeftOpen.Question.NODE_TRAFFIC);
        assertThat(host.and(policy("shop/p").selects("app=server").ingress(block("192.168.0.0/24")))
                        .on("calico"))
                .allows("shop/agent", SERVER, "80");
        assertThat(host.and(policy("shop/p").selects("app=server").egress(to("app=agent"))))
                .leavesOpen(SERVER, "shop/agent", "80")
                .because(PeerOutcome.POD_ON_HOST_NETWORK);
        assertThat(host.and(policy("shop/p").selects("app=server").ingress(tcp(80))))
                .allows("shop/agent", SERVER, "80");
    }

    @Test
    @DisplayName(
            "N6: a pod that reaches itself through its own Service: exempt, or undetermined where policies are in the"
                    + " way")
    void hairpin() {
        TestCluster lone = TestCluster.with(
                pod("shop/lone", "app=lone").ip("10.0.0.3"),
                service("shop/lone").selects("app=lone").port(80, 8080).clusterIp("10.96.0.3"));
        TestCluster closed = lone.and(policy("shop/p").isolatesIngress());
        assertThat(lone).through("shop/lone", 80).allows("shop/lone", "shop/lone", "8080");
        assertThat(closed.on("calico"))
                .through("shop/lone", 80)
                .leavesOpen("shop/lone", "shop/lone", "8080")
                .because(Doubt.LeftOpen.Question.HAIRPIN);
        assertThat(closed.on("cilium")).through("shop/lone", 80).allows("shop/lone", "shop/lone", "8080");
        assertThat(closed.and(policy("shop/q").ingress(from("app=lone"))).on("calico"))
                .through("shop/lone", 80)
                .allows("shop/lone", "shop/lone", "8080");
    }

    @Test
    @DisplayName("N7: a Deployment without pods is judged by its template")
    void noPods() {
        TestCluster scaledDown = cluster.and(pods("shop", "app=idle"));
        assertThat(scaledDown.and(policy("shop/p").selects("app=idle").isolatesIngress()))
                .blocks(CLIENT, "shop/idle", "80")
                .onIngress()
                .by("shop/p");
        assertThat(scaledDown.and(policy("shop/p").selects("app=server").ingress(from("app=idle"))))
                .allows("shop/idle", SERVER, "80");
    }

    @Test
    @DisplayName("N8: every kind of controller makes workloads, named after the topmost owner")
    void controllers() {
        TestCluster many = TestCluster.with(
                pods("shop", "app=a").of("StatefulSet", "db"),
                pods("shop", "app=b").of("DaemonSet", "agent"),
                pods("shop", "app=c").of("Job", "import-1"),
                owned("shop", new Owner("Job", "import-1"), new Owner("CronJob", "import")),
                pods("shop", "app=d").of("ReplicaSet", "web-1"),
                owned("shop", new Owner("ReplicaSet", "web-1"), new Owner("Deployment", "web")),
                pods("shop", "app=e").of("ReplicationController", "old"),
                pod("shop/bare", "app=f").ip("10.0.0.1"),
                pods("shop", "app=g").of("VirtualMachineInstance", "vm"));
        Assertions.assertThat(many.snapshot().namespaceOrAssumed("shop").workloads())
                .extracting(workload -> workload.name())
                .containsExactlyInAnyOrder("db", "agent", "import", "web", "old", "bare", "vm");
    }

    @Test
    @DisplayName("N8: a policy may select a single pod of a StatefulSet by the label that its controller adds")
    void oneOfAStatefulSet() {
        TestCluster statefulSet = cluster.and(
                pods("shop", "app=db").of("StatefulSet", "db").labelledOneByOne(new PerPodLabels.Ordinals("db", 0, 2)),
                policy("shop/first")
                        .selects("statefulset.kubernetes.io/pod-name=db-0")
                        .isolatesIngress());
        Assertions.assertThat(statefulSet.snapshot().namespaceOrAssumed("shop").workloads().stream()
                        .filter(workload -> workload.name().equals("db"))
                        .map(workload -> workload.labels().get(PerPodLabels.STATEFUL_SET_POD_NAME)))
                .containsExactlyInAnyOrder("db-0", "db-1");
        Assertions.assertThat(statefulSet
                        .snapshot()
                        .policiesIn("shop")
                        .get(0)
                        .selected()
                        .size())
                .isEqualTo(1);
    }

    @Test
    @DisplayName("N8: pods of a Job carry its name")
    void jobs() {
        TestCluster jobs = cluster.and(
                pods("shop", "app=import").of("Job", "import").labelledOneByOne(new PerPodLabels.OfJob("import")),
                policy("shop/p").selects("app=server").ingress(from("batch.kubernetes.io/job-name=import")));
        assertThat(jobs)
                .allows("shop/import", SERVER, "80")
                .blocks(CLIENT, SERVER, "80")
                .by("shop/p");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"job-name", "batch.kubernetes.io/job-name", "controller-uid"})
    @DisplayName("N8: which labels the pods of a CronJob will carry is known before there is one, though not with which"
            + " values")
    void keysWithoutValues(String key) {
        Part report = pods("shop", "app=report")
                .of("CronJob", "report")
                .labelledOneByOne(PerPodLabels.Unforeseen.OF_CRON_JOB);
        assertThat(cluster.and(report, policy("shop/p").selects("app=server").ingress(from(key))))
                .allows("shop/report", SERVER, "80")
                .blocks(CLIENT, SERVER, "80")
                .by("shop/p");
        assertThat(cluster.and(report, policy("shop/p").selects("app=server").ingress(from("!" + key))))
                .allows(CLIENT, SERVER, "80")
                .blocks("shop/report", SERVER, "80")
                .by("shop/p");
    }

    @Test
    @DisplayName("N9: while a rollout lasts, the old pods and the new template must both hold")
    void rollout() {
        TestCluster rollout = cluster.and(
                pods("shop", "app=web,version=new").of("Deployment", "web"),
                owned("shop", new Owner("ReplicaSet", "web-1"), new Owner("Deployment", "web")),
                pods("shop", "app=web,version=old")
                        .of("ReplicaSet", "web-1")
                        .livePod(Labels.of(Map.of("pod-template-hash", "1")), "10.0.0.7"),
                Given.contract(
                        "shop/c",
                        flow("web")
                                .from("shop", "app=client")
                                .to("shop", "app=web")
                                .on(number(Protocol.TCP, 80))));
        assertThat(rollout.assess(create(policy("shop/p").selects("version=old").isolatesIngress())))
                .breaks("web");
        assertThat(rollout.assess(create(policy("shop/p").selects("version=new").isolatesIngress())))
                .breaks("web");
        assertThat(rollout.standing("web")).hasPairs(2);
    }

    @Test
    @DisplayName("N12: a policy speaks of all traffic of a pod, its init containers' too")
    void initContainers() {
        assertThat(cluster.and(policy("shop/p").selects("app=client").egress(namespaces("team=none"))))
                .blocks(CLIENT, SERVER, "80")
                .onEgress()
                .by("shop/p");
    }
}
