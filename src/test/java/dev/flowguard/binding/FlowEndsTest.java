package dev.flowguard.binding;

import static dev.flowguard.testing.FlowPart.clusterDns;
import static dev.flowguard.testing.FlowPart.everyPod;
import static dev.flowguard.testing.FlowPart.kubernetesApi;
import static dev.flowguard.testing.FlowPart.outside;
import static dev.flowguard.testing.FlowPart.ownedBy;
import static dev.flowguard.testing.FlowguardAssertions.assertThat;
import static dev.flowguard.testing.Given.block;
import static dev.flowguard.testing.Given.contract;
import static dev.flowguard.testing.Given.create;
import static dev.flowguard.testing.Given.flow;
import static dev.flowguard.testing.Given.from;
import static dev.flowguard.testing.Given.name;
import static dev.flowguard.testing.Given.namespaces;
import static dev.flowguard.testing.Given.node;
import static dev.flowguard.testing.Given.number;
import static dev.flowguard.testing.Given.owned;
import static dev.flowguard.testing.Given.pod;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.range;
import static dev.flowguard.testing.Given.service;
import static dev.flowguard.testing.Given.tcp;
import static dev.flowguard.testing.Given.to;

import dev.flowguard.assess.FlowStanding;
import dev.flowguard.assess.FlowState;
import dev.flowguard.cluster.object.NamedPort.Container;
import dev.flowguard.cluster.object.Owner;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.testing.FlowPart;
import dev.flowguard.testing.PolicyPart;
import dev.flowguard.testing.TestCluster;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Who the ends of a declared flow are: DESIGN 8.1 to 8.7. */
class FlowEndsTest {
    private static final PortMatch PORT_80 = number(Protocol.TCP, 80);

    private final TestCluster shop = TestCluster.with(
            pods("shop", "app=client").ip("10.0.0.1"),
            pods("shop", "app=server").ip("10.0.0.2").port("http", 8080).port("metrics", 9090),
            policy("shop/closed").isolatesIngress());

    private static FlowPart calls() {
        return flow("f").from("shop", "app=client").to("shop", "app=server");
    }

    private FlowStanding standing(FlowPart flow) {
        return shop.and(contract("shop/c", flow)).standing("f");
    }

    @Nested
    class Ports {
        @Test
        @DisplayName("8.1: to a Service without ports: each of its ports, at its target port")
        void everyPortOfService() {
            TestCluster exposed = shop.and(
                    service("shop/server")
                            .selects("app=server")
                            .port("web", Protocol.TCP, 80, "http")
                            .port("metrics", Protocol.TCP, 90, 9090),
                    contract("shop/c", flow("f").from("shop", "app=client").to(FlowPart.service("shop/server"))));
            assertThat(exposed.standing("f"))
                    .is(FlowState.BROKEN)
                    .isAmissFor("shop/client -> shop/server:8080/TCP", "shop/client -> shop/server:9090/TCP");
        }

        @Test
        @DisplayName("8.1: ports beside a Service are the Service's, by number or name")
        void somePortsOfService() {
            TestCluster exposed = shop.and(service("shop/server")
                    .selects("app=server")
                    .port("web", Protocol.TCP, 80, "http")
                    .port("metrics", Protocol.TCP, 90, 9090));
            FlowPart flow = flow("f").from("shop", "app=client").to(FlowPart.service("shop/server"));
            assertThat(exposed.and(contract("shop/c", flow.onService(PORT_80))).standing("f"))
                    .isAmissFor("shop/client -> shop/server:8080/TCP");
            assertThat(exposed.and(contract(
                                    "shop/c",
                                    flow("f")
                                            .from("shop", "app=client")
                                            .to(FlowPart.service("shop/server"))
                                            .onService(name(Protocol.TCP, "metrics"))))
                            .standing("f"))
                    .isAmissFor("shop/client -> shop/server:9090/TCP");
        }

        @Test
        @DisplayName("8.1: a range of ports is cut where rules begin and end, and each part is judged")
        void range80To90() {
            TestCluster opened = shop.and(
                    policy("shop/open").ingress(from("app=client"), tcp(82, 84)),
                    contract("shop/c", calls().on(range(80, 90))));
            assertThat(opened.standing("f"))
                    .isAmissFor("shop/client -> shop/server:80-81/TCP", "shop/client -> shop/server:85-90/TCP");
        }

        @Test
        @DisplayName("8.3: a named port that some destinations lack: they are no part of the flow")
        void namedPortOfSome() {
            TestCluster two = shop.and(
                    pods("shop", "app=server,version=old").of("Deployment", "old"),
                    contract("shop/c", calls().on(name(Protocol.TCP, "http"))));
            assertThat(two.standing("f")).isAmissFor("shop/client -> shop/server:8080/TCP");
        }

        @Test
        @DisplayName("8.3: a named port that no destination has: unbound")
        void namedPortOfNone() {
            assertThat(standing(calls().on(name(Protocol.TCP, "grpc"), name(Protocol.UDP, "http"))))
                    .isUnbound(Unbound.Reason.NO_SUCH_NAMED_PORT, Unbound.End.TO, "grpc/TCP, http/UDP");
        }

        @Test
        @DisplayName("Q13, Q14: the first port of a name counts, never that of a plain init container")
        void firstOfEqualNames() {
            TestCluster twice = TestCluster.with(
                    pods("shop", "app=client"),
                    pods("shop", "app=server")
                            .port("http", 1, Protocol.TCP, Container.INIT)
                            .port("http", 2, Protocol.TCP, Container.SIDECAR)
                            .port("http", 3),
                    policy("shop/closed").isolatesIngress(),
                    contract("shop/c", calls().on(name(Protocol.TCP, "http"))));
            assertThat(twice.standing("f")).isAmissFor("shop/client -> shop/server:2/TCP");
        }

        @Test
        @DisplayName("8.3: a Service whose target port no pod names: unbound")
        void targetPortOfNone() {
            TestCluster exposed = shop.and(
                    service("shop/server").selects("app=server").port("web", Protocol.TCP, 80, "https"),
                    contract("shop/c", flow("f").from("shop", "app=client").to(FlowPart.service("shop/server"))));
            assertThat(exposed.standing("f")).isUnbound(Unbound.Reason.NO_SUCH_NAMED_PORT, Unbound.End.TO, "https/TCP");
        }

        @Test
        @DisplayName("a flow that must be blocked and names no port is blocked on every port of every protocol")
        void blockedOnEveryPort() {
            TestCluster opened = shop.and(
                    policy("shop/open").ingress(from("app=client"), tcp(80)),
                    contract("shop/c", calls().mustBeBlocked()));
            assertThat(opened.standing("f")).is(FlowState.BROKEN).isAmissFor("shop/client -> shop/server:80/TCP");
        }
    }

    @Nested
    class Pods {
        @Test
        @DisplayName("8.1: from a Service: its pods")
        void fromService() {
            TestCluster exposed = shop.and(
                    service("shop/client").selects("app=client").port(80, 80),
                    contract(
                            "shop/c",
                            flow("f")
                                    .from(FlowPart.service("shop/client"))
                                    .to("shop", "app=server")
                                    .on(PORT_80)));
            assertThat(exposed.standing("f")).isAmissFor("shop/client -> shop/server:80/TCP");
        }

        @Test
        @DisplayName("the pods of an annotated workload, through its ReplicaSets, whatever their labels")
        void ofOwner() {
            TestCluster owners = shop.and(
                    pods("shop", "version=1").of("ReplicaSet", "web-1").ip("10.0.0.7"),
                    owned("shop", new Owner("ReplicaSet", "web-1"), new Owner("Deployment", "web")),
                    contract(
                            "shop/c",
                            flow("f")
                                    .from(ownedBy("Deployment", "shop/web"))
                                    .to("shop", "app=server")
                                    .on(PORT_80)));
            assertThat(owners.standing("f")).isAmissFor("shop/web -> shop/server:80/TCP");
        }

        @Test
        @DisplayName("8.4: selectors of an end never match hostNetwork pods; on such alone the flow is unbound")
        void hostNetwork() {
            TestCluster host = shop.and(
                    pods("shop", "app=agent").onHostNetwork(),
                    pods("shop", "app=server,on=host").of("DaemonSet", "host").onHostNetwork());
            assertThat(host.and(contract("shop/c", calls().on(PORT_80))).standing("f"))
                    .isAmissFor("shop/client -> shop/server:80/TCP");
            assertThat(host.and(contract(
                                    "shop/c",
                                    flow("f")
                                            .from("shop", "app=agent")
                                            .to("shop", "app=server")
                                            .on(PORT_80)))
                            .standing("f"))
                    .isUnbound(Unbound.Reason.ONLY_HOST_NETWORK, Unbound.End.FROM, "app=agent in namespace shop");
        }

        @Test
        @DisplayName("8.6: a flow is judged for each family that both ends have; with none in common it is unbound")
        void families() {
            TestCluster dual = TestCluster.with(
                    pods("shop", "app=four").ip("10.0.0.1"),
                    pods("shop", "app=six").ip("fd00::1"),
                    pods("shop", "app=both").ip("10.0.0.2", "fd00::2"),
                    pods("shop", "app=more").ip("10.0.0.3", "fd00::3"),
                    pods("shop", "app=none"));
            assertThat(dual.and(between("both", "more")).standing("f")).hasPairs(2);
            assertThat(dual.and(between("both", "four")).standing("f")).hasPairs(1);
            assertThat(dual.and(between("six", "none")).standing("f")).hasPairs(1);
            assertThat(dual.and(between("none", "none")).standing("f")).hasPairs(2);
            assertThat(dual.and(between("four", "six")).standing("f"))
                    .isUnbound(Unbound.Reason.NO_COMMON_FAMILY, Unbound.End.TO, "");
            TestCluster single = dual.and(
                    service("shop/more").selects("app=more").port(80, 80).clusterIp("10.96.0.1"),
                    contract("shop/c", flow("f").from("shop", "app=both").to(FlowPart.service("shop/more"))));
            assertThat(single.standing("f")).hasPairs(1);
        }

        @Test
        @DisplayName(
                "8.6: nodes may have families that the pod network does not have, and count only while nothing else is"
                        + " known")
        void familiesOfNodes() {
            TestCluster nodes = TestCluster.with(
                    node("n", "192.168.0.1", "fd01::1"), pods("shop", "app=some"), pods("shop", "app=none"));
            assertThat(nodes.and(between("some", "none")).standing("f")).hasPairs(2);
            TestCluster four = nodes.and(
                    pods("shop", "app=seen").ip("10.0.0.1"),
                    pods("shop", "app=agent").onHostNetwork().ip("192.168.0.1", "fd01::1"));
            assertThat(four.and(between("some", "none")).standing("f")).hasPairs(1);
        }

        private static dev.flowguard.testing.Part between(String from, String to) {
            return contract(
                    "shop/c",
                    flow("f")
                            .from("shop", "app=" + from)
                            .to("shop", "app=" + to)
                            .on(PORT_80));
        }

        @Test
        @DisplayName("8.7: a workload with itself is judged as two of its pods; a bare pod has no other of itself")
        void withItself() {
            TestCluster alone = TestCluster.with(
                    pod("shop/bare", "app=bare").ip("10.0.0.3"),
                    pods("shop", "app=many").ip("10.0.0.4"),
                    policy("shop/closed").isolatesIngress());
            assertThat(alone.and(between("many", "many")).standing("f")).isAmissFor("shop/many -> shop/many:80/TCP");
            assertThat(alone.and(between("bare", "bare")).standing("f"))
                    .isUnbound(Unbound.Reason.ONLY_ITSELF, Unbound.End.TO, "");
        }
    }

    @Nested
    class Outside {
        private final FlowPart pays = flow("f")
                .from("shop", "app=client")
                .to(outside("203.0.113.0/24"))
                .on(PORT_80);

        @Test
        @DisplayName("every address of the block must be reached; the range is cut where rules' blocks begin and end")
        void cut() {
            TestCluster half = shop.and(
                    policy("shop/out").selects("app=client").egress(block("203.0.113.0/25", "203.0.113.16/28")),
                    contract("shop/c", pays));
            assertThat(half.standing("f"))
                    .isAmissFor("shop/client -> 203.0.113.16/28:80/TCP", "shop/client -> 203.0.113.128/25:80/TCP");
        }

        @Test
        @DisplayName("the contract's own exceptions are left out")
        void exceptions() {
            TestCluster closed = shop.and(
                    policy("shop/out").selects("app=client").isolatesEgress(),
                    contract(
                            "shop/c",
                            flow("f")
                                    .from("shop", "app=client")
                                    .to(outside("203.0.113.0/30", "203.0.113.0/31"))
                                    .on(PORT_80)));
            assertThat(closed.standing("f")).isAmissFor("shop/client -> 203.0.113.2/31:80/TCP");
        }

        @Test
        @DisplayName("8.6: known pod, Service and node addresses inside the block are left out")
        void clusterAddresses() {
            TestCluster inside = shop.and(
                    service("shop/server").selects("app=server").port(80, 80).clusterIp("10.96.0.1"),
                    node("worker", "192.168.0.1"),
                    policy("shop/out").selects("app=client").egress(block("10.0.0.0/30", "10.0.0.1/32")));
            assertThat(inside.and(toBlock("10.0.0.1/32")).standing("f"))
                    .isUnbound(Unbound.Reason.NOTHING_OUTSIDE, Unbound.End.TO, "10.0.0.1/32");
            assertThat(inside.and(toBlock("10.96.0.1/32")).standing("f"))
                    .isUnbound(Unbound.Reason.NOTHING_OUTSIDE, Unbound.End.TO, "10.96.0.1/32");
            assertThat(inside.and(toBlock("192.168.0.1/32")).standing("f"))
                    .as("a block of nodes alone means those nodes")
                    .isAmissFor("shop/client -> 192.168.0.1:80/TCP");
            // 10.0.0.1 is the one address that the rule leaves out, and it is a pod's.
            assertThat(inside.and(toBlock("10.0.0.0/30")).standing("f")).is(FlowState.SATISFIED);
        }

        private static dev.flowguard.testing.Part toBlock(String cidr) {
            return contract(
                    "shop/c",
                    flow("f").from("shop", "app=client").to(outside(cidr)).on(PORT_80));
        }

        @Test
        @DisplayName("a block of which the contract excepts every part: unbound")
        void nothingLeft() {
            assertThat(standing(flow("f")
                            .from("shop", "app=client")
                            .to(outside("203.0.113.0/31", "203.0.113.0/32", "203.0.113.1/32"))
                            .on(PORT_80)))
                    .isUnbound(Unbound.Reason.NOTHING_OUTSIDE, Unbound.End.TO, "203.0.113.0/31");
        }

        @Test
        @DisplayName("a named port means nothing outside the cluster: unbound")
        void namedPort() {
            assertThat(standing(flow("f")
                            .from("shop", "app=client")
                            .to(outside("203.0.113.0/24"))
                            .on(name(Protocol.TCP, "http"))))
                    .isUnbound(Unbound.Reason.NO_SUCH_NAMED_PORT, Unbound.End.TO, "http/TCP");
        }

        @Test
        @DisplayName("from outside: the block's addresses send")
        void sends() {
            TestCluster exposed = shop.and(
                    policy("shop/in").selects("app=server").ingress(block("203.0.113.0/25")),
                    contract(
                            "shop/c",
                            flow("f")
                                    .from(outside("203.0.113.0/24"))
                                    .to("shop", "app=server")
                                    .on(PORT_80)));
            assertThat(exposed.standing("f")).isAmissFor("203.0.113.128/25 -> shop/server:80/TCP");
        }
    }

    @Nested
    class WellKnown {
        private final PolicyPart closed =
                policy("shop/out").selects("app=client").isolatesEgress();
        private final FlowPart dns = flow("f").from("shop", "app=client").to(clusterDns());
        private final FlowPart api = flow("f").from("shop", "app=client").to(kubernetesApi());

        @Test
        @DisplayName(
                "8.5: ClusterDNS is port 53 of the DNS Service, UDP and TCP, at its target ports, and not its metrics")
        void clusterDnsPorts() {
            TestCluster cluster = shop.and(
                    closed,
                    pods("kube-system", "k8s-app=kube-dns")
                            .of("Deployment", "coredns")
                            .ip("10.0.9.1"),
                    service("kube-system/kube-dns")
                            .selects("k8s-app=kube-dns")
                            .clusterIp("10.96.0.10")
                            .port("dns", Protocol.UDP, 53, 53)
                            .port("dns-tcp", Protocol.TCP, 53, 53)
                            .port("metrics", Protocol.TCP, 9153, 9153),
                    contract("shop/c", dns));
            assertThat(cluster.standing("f"))
                    .isAmissFor(
                            "shop/client -> kube-system/coredns:53/UDP", "shop/client -> kube-system/coredns:53/TCP");
        }

        @Test
        @DisplayName("OpenShift's DNS answers on port 5353 behind port 53 of its Service")
        void openShift() {
            TestCluster cluster = shop.and(
                    closed,
                    pods("openshift-dns", "dns.operator.openshift.io/daemonset-dns=default")
                            .of("DaemonSet", "dns-default")
                            .port("dns", 5353, Protocol.UDP)
                            .port("dns-tcp", 5353),
                    service("openshift-dns/dns-default")
                            .selects("dns.operator.openshift.io/daemonset-dns=default")
                            .port("dns", Protocol.UDP, 53, "dns")
                            .port("dns-tcp", Protocol.TCP, 53, "dns-tcp"),
                    contract("shop/c", dns));
            assertThat(cluster.standing("f"))
                    .isAmissFor(
                            "shop/client -> openshift-dns/dns-default:5353/UDP",
                            "shop/client -> openshift-dns/dns-default:5353/TCP");
        }

        @Test
        @DisplayName("a resolver on the node may be asked instead: undetermined where policies do not treat both alike")
        void nodeLocalResolver() {
            TestCluster cluster = shop.and(
                    pods("kube-system", "k8s-app=kube-dns").ip("10.0.9.1"),
                    service("kube-system/kube-dns").selects("k8s-app=kube-dns").port("dns", Protocol.UDP, 53, 53),
                    dev.flowguard.testing.Given.daemonSet("kube-system/node-local-dns"),
                    contract("shop/c", dns));
            PolicyPart onlyPods = policy("shop/out").selects("app=client").egress(namespaces("", "k8s-app=kube-dns"));
            PolicyPart both = policy("shop/out")
                    .selects("app=client")
                    .egress(namespaces("", "k8s-app=kube-dns"))
                    .egress(block("169.254.20.10/32"));
            assertThat(cluster.standing("f")).is(FlowState.SATISFIED);
            assertThat(cluster.and(onlyPods).standing("f")).is(FlowState.UNDETERMINED);
            assertThat(cluster.and(both).standing("f")).is(FlowState.SATISFIED);
            assertThat(cluster.and(closed).standing("f")).is(FlowState.BROKEN);
            assertThat(cluster.assess(create(onlyPods))).leavesOpen("f");
            assertThat(cluster.assess(create(closed))).breaks("f");
        }

        @Test
        @DisplayName("a DaemonSet that a tenant calls like the resolver is none")
        void pretendedResolver() {
            TestCluster cluster = shop.and(
                    pods("kube-system", "k8s-app=kube-dns").ip("10.0.9.1"),
                    service("kube-system/kube-dns").selects("k8s-app=kube-dns").port("dns", Protocol.UDP, 53, 53),
                    dev.flowguard.testing.Given.daemonSet("shop/node-local-dns"),
                    contract("shop/c", dns),
                    policy("shop/out").selects("app=client").egress(namespaces("", "k8s-app=kube-dns")));
            assertThat(cluster.standing("f")).is(FlowState.SATISFIED);
        }

        @Test
        @DisplayName("a DNS Service without a selector leads to the endpoints that were published for it")
        void publishedDns() {
            TestCluster cluster = shop.and(
                    closed,
                    service("kube-system/kube-dns")
                            .port("dns", Protocol.UDP, 53, 53)
                            .published("192.0.2.53", Protocol.UDP, 53),
                    contract("shop/c", dns));
            assertThat(cluster.standing("f")).isAmissFor("shop/client -> 192.0.2.53:53/UDP");
        }

        @Test
        @DisplayName("a change beside the DNS pods is judged for the whole cluster's name resolution")
        void closingDns() {
            TestCluster cluster = shop.and(
                    pods("kube-system", "k8s-app=kube-dns").ip("10.0.9.1"),
                    service("kube-system/kube-dns").selects("k8s-app=kube-dns").port("dns", Protocol.UDP, 53, 53),
                    dev.flowguard.testing.Given.clusterContract(
                            "dns", flow("f").from(everyPod()).to(clusterDns())));
            assertThat(cluster.assess(create(policy("kube-system/p").isolatesIngress())))
                    .breaks("f");
            assertThat(cluster.assess(create(policy("shop/p").egress(to("app=server")))))
                    .breaks("f");
            assertThat(cluster.and(contract(
                                    "shop/c",
                                    flow("own").from("shop", "app=client").to(clusterDns())))
                            .assess(create(policy("kube-system/p").isolatesIngress())))
                    .breaks("f", "own");
        }

        @Test
        @DisplayName("KubernetesAPI is the endpoints behind default/kubernetes, often nodes")
        void kubernetesApiEndpoints() {
            TestCluster cluster = shop.and(
                    node("control", "192.168.0.1"),
                    node("worker", "192.168.0.2"),
                    service("default/kubernetes")
                            .port("https", Protocol.TCP, 443, 6443)
                            .clusterIp("10.96.0.1")
                            .published("192.168.0.1", Protocol.TCP, 6443),
                    contract("shop/c", api));
            assertThat(cluster.standing("f")).is(FlowState.SATISFIED).hasPairs(1);
            assertThat(cluster.and(closed).standing("f")).isAmissFor("shop/client -> 192.168.0.1:6443/TCP");
            PolicyPart byNode = policy("shop/out").selects("app=client").egress(block("192.168.0.1/32"), tcp(6443));
            assertThat(cluster.and(byNode).on("calico").standing("f")).is(FlowState.SATISFIED);
            assertThat(cluster.and(byNode).on("cilium").standing("f")).is(FlowState.BROKEN);
            PolicyPart byClusterIp = policy("shop/out").selects("app=client").egress(block("10.96.0.1/32"));
            assertThat(cluster.and(byClusterIp).on("calico").standing("f")).is(FlowState.BROKEN);
            assertThat(cluster.and(byClusterIp).on("generic").standing("f")).is(FlowState.UNDETERMINED);
        }

        @Test
        @DisplayName("8.5: what is not found is unbound")
        void notDiscovered() {
            assertThat(standing(dns)).isUnbound(Unbound.Reason.NOT_DISCOVERED, Unbound.End.TO, "ClusterDNS");
            assertThat(standing(api)).isUnbound(Unbound.Reason.NOT_DISCOVERED, Unbound.End.TO, "KubernetesAPI");
        }
    }

    @Nested
    class Services {
        @Test
        @DisplayName("no such Service, no pods behind it, no such port: unbound, each with its reason")
        void unbound() {
            FlowPart flow = flow("f").from("shop", "app=client").to(FlowPart.service("shop/s"));
            assertThat(standing(flow)).isUnbound(Unbound.Reason.NO_SUCH_SERVICE, Unbound.End.TO, "shop/s");
            assertThat(shop.and(service("shop/s").selects("app=nobody").port(80, 80), contract("shop/c", flow))
                            .standing("f"))
                    .isUnbound(Unbound.Reason.NO_PODS_BEHIND_SERVICE, Unbound.End.TO, "shop/s");
            assertThat(shop.and(
                                    service("shop/s").selects("app=server").port(80, 80),
                                    contract(
                                            "shop/c",
                                            flow.onService(number(Protocol.TCP, 81), name(Protocol.TCP, "x"))))
                            .standing("f"))
                    .isUnbound(Unbound.Reason.NO_SUCH_SERVICE_PORT, Unbound.End.TO, "shop/s 81/TCP, x/TCP");
        }

        @Test
        @DisplayName("no workload: unbound, with the selector in kubectl's syntax")
        void noWorkload() {
            assertThat(standing(flow("f")
                            .from("shop", "app=client")
                            .to("elsewhere", "tier in (a,b)")
                            .on(PORT_80)))
                    .isUnbound(Unbound.Reason.NO_WORKLOAD, Unbound.End.TO, "tier in (a,b) in namespace elsewhere");
        }

        @Test
        @DisplayName("a Service without a selector leads to the endpoints that were published for it, once each")
        void published() {
            TestCluster cluster = shop.and(
                    policy("shop/out").selects("app=client").isolatesEgress(),
                    service("shop/legacy")
                            .port(80, 8080)
                            .published("203.0.113.5", Protocol.TCP, 8080)
                            .published("203.0.113.5", Protocol.TCP, 8080),
                    contract("shop/c", flow("f").from("shop", "app=client").to(FlowPart.service("shop/legacy"))));
            assertThat(cluster.standing("f")).isAmissFor("shop/client -> 203.0.113.5:8080/TCP");
        }

        @Test
        @DisplayName("a published address may be a pod of the Service's namespace, as that of a database's leader is")
        void publishedPod() {
            TestCluster cluster = TestCluster.with(
                    pods("shop", "app=client").ip("10.0.0.1"),
                    pods("shop", "app=db")
                            .of("StatefulSet", "db")
                            .ip("10.0.0.5")
                            .ip("10.0.0.6"),
                    service("shop/leader").port(5432, 5432).published("10.0.0.6", Protocol.TCP, 5432),
                    contract("shop/c", flow("f").from("shop", "app=client").to(FlowPart.service("shop/leader"))));
            assertThat(cluster.standing("f")).is(FlowState.SATISFIED).hasPairs(1);
            assertThat(cluster.and(policy("shop/out").selects("app=client").egress(to("app=db")))
                            .standing("f"))
                    .is(FlowState.SATISFIED);
            assertThat(cluster.assess(create(policy("shop/p").selects("app=db").isolatesIngress())))
                    .breaks("f");
        }

        @Test
        @DisplayName("a published address may be a pod of another namespace, whose policies and labels count")
        void publishedPodElsewhere() {
            TestCluster cluster = TestCluster.with(
                    pods("shop", "app=client").ip("10.0.0.1"),
                    pods("data", "app=db").ip("10.0.1.5"),
                    service("shop/pg").port(5432, 5432).published("10.0.1.5", Protocol.TCP, 5432),
                    contract("shop/c", flow("f").from("shop", "app=client").to(FlowPart.service("shop/pg"))));
            assertThat(cluster.standing("f")).is(FlowState.SATISFIED).hasPairs(1);
            assertThat(cluster.assess(
                            create(policy("shop/p").selects("app=client").isolatesEgress())))
                    .breaks("f");
            assertThat(cluster.and(policy("shop/p").selects("app=client").egress(namespaces("", "app=db")))
                            .standing("f"))
                    .is(FlowState.SATISFIED);
            assertThat(cluster.assess(create(policy("data/p").selects("app=db").isolatesIngress())))
                    .breaks("f");
        }

        @Test
        @DisplayName("a published node's address is the node, whatever runs on its network")
        void publishedNode() {
            TestCluster cluster = TestCluster.with(
                    pods("shop", "app=client").ip("10.0.0.1"),
                    pods("data", "app=agent").onHostNetwork().ip("192.168.0.1"),
                    service("shop/agent").port(80, 80).published("192.168.0.1", Protocol.TCP, 80),
                    contract("shop/c", flow("f").from("shop", "app=client").to(FlowPart.service("shop/agent"))));
            assertThat(cluster.and(policy("shop/p").selects("app=client").isolatesEgress())
                            .standing("f"))
                    .isAmissFor("shop/client -> 192.168.0.1:80/TCP");
        }
    }
}
