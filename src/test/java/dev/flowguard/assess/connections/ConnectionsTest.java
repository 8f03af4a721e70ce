package dev.flowguard.assess.connections;

import static dev.flowguard.testing.Given.block;
import static dev.flowguard.testing.Given.from;
import static dev.flowguard.testing.Given.ingress;
import static dev.flowguard.testing.Given.namespaces;
import static dev.flowguard.testing.Given.pod;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.service;
import static dev.flowguard.testing.Given.tcp;
import static dev.flowguard.testing.Given.to;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.cluster.object.Owner;
import dev.flowguard.testing.Part;
import dev.flowguard.testing.TestCluster;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
    private static final Part WEB = pods("shop", "app=web");
    private static final Part DB = pods("shop", "app=db");

    @Test
    @DisplayName(
            "without policies everything is allowed, with the whole outside as one end, and replicas among themselves")
    void everythingIsAllowed() {
        assertThat(list(WEB, DB))
                .containsExactly(
                        "shop/db -> shop/db: everything",
                        "shop/db -> shop/web: everything",
                        "shop/db -> 0.0.0.0/0: everything",
                        "shop/web -> shop/db: everything",
                        "shop/web -> shop/web: everything",
                        "shop/web -> 0.0.0.0/0: everything",
                        "0.0.0.0/0 -> shop/db: everything",
                        "0.0.0.0/0 -> shop/web: everything");
    }

    @Test
    @DisplayName("replicas talk to one another where a rule lets them; a pod that is alone is not paired with itself")
    void replicas() {
        assertThat(list(
                        pods("shop", "app=kafka").of("StatefulSet", "kafka"),
                        policy("shop/kafka")
                                .isolatesEgress()
                                .egress(to("app=kafka"))
                                .ingress(from("app=kafka"), tcp(9093))))
                .containsExactly("shop/kafka -> shop/kafka: TCP 9093");
        assertThat(list(
                        pod("shop/kafka", "app=kafka").ip("10.0.0.1"),
                        policy("shop/kafka").ingress(from("app=kafka"), tcp(9093))))
                .containsExactly("shop/kafka -> 0.0.0.0/0: everything");
    }

    @Test
    @DisplayName("what is blocked is not listed; both sides must let it through, and only on the ports of both")
    void bothSides() {
        assertThat(list(
                        WEB,
                        DB,
                        policy("shop/db")
                                .selects("app=db")
                                .ingress(from("app=web"), tcp(5432), tcp(9187))
                                .isolatesEgress(),
                        policy("shop/web").selects("app=web").isolatesIngress().egress(to("app=db"), tcp(5000, 6000))))
                .containsExactly("shop/web -> shop/db: TCP 5432");
    }

    @Test
    @DisplayName(
            "addresses outside are split where a policy tells them apart, and only for the workload that it selects")
    void splitsTheOutside() {
        assertThat(list(
                        WEB,
                        DB,
                        policy("shop/db").selects("app=db").isolatesIngress().isolatesEgress(),
                        policy("shop/web")
                                .selects("app=web")
                                .isolatesIngress()
                                .egress(block("10.0.0.0/8", "10.1.0.0/16"), tcp(443))))
                .containsExactly("shop/web -> 10.0.0.0/16: TCP 443", "shop/web -> 10.2.0.0-10.255.255.255: TCP 443");
    }

    @Test
    @DisplayName(
            "neighbouring addresses with the same answers are one end, whatever blocks the policies are written in")
    void joinsWhatIsAlike() {
        assertThat(list(
                        WEB,
                        policy("shop/web")
                                .selects("app=web")
                                .isolatesIngress()
                                .egress(block("203.0.113.0/25"), block("203.0.113.128/25"), tcp(443))))
                .containsExactly("shop/web -> 203.0.113.0/24: TCP 443");
    }

    @Test
    @DisplayName("where pods of one Deployment differ, only what all of them can do is allowed, and that is said")
    void rollout() {
        Owner deployment = new Owner("Deployment", "web");
        TestCluster cluster = TestCluster.with(
                pods("shop", "app=web,version=1").of("ReplicaSet", "web-1"),
                pods("shop", "app=web,version=2").of("ReplicaSet", "web-2"),
                dev.flowguard.testing.Given.owned("shop", new Owner("ReplicaSet", "web-1"), deployment),
                dev.flowguard.testing.Given.owned("shop", new Owner("ReplicaSet", "web-2"), deployment),
                DB,
                policy("shop/db")
                        .selects("app=db")
                        .ingress(from("app=web"), tcp(5432))
                        .ingress(from("version=1"), tcp(9187))
                        .isolatesEgress(),
                policy("shop/web").selects("app=web").isolatesIngress());
        Connections connections = Connections.of(cluster.snapshot());

        assertThat(Listing.of(connections))
                .containsExactly("shop/web -> shop/db: TCP 5432 ? TCP 9187", "shop/web -> 0.0.0.0/0: everything");
        assertThat(connections.divided()).containsExactly(new ConnectionEnd.Deployed("shop", deployment));
    }

    @Test
    @DisplayName("pods that policies cannot tell apart are listed under each of their owners")
    void severalOwners() {
        assertThat(list(
                        pods("shop", "app=web").of("Deployment", "blue"),
                        pods("shop", "app=web").of("Deployment", "green"),
                        policy("shop/web")
                                .ingress(from("app=web"), tcp(80))
                                .isolatesEgress()
                                .egress(to(""))))
                .containsExactly(
                        "shop/blue -> shop/blue: TCP 80",
                        "shop/blue -> shop/green: TCP 80",
                        "shop/green -> shop/blue: TCP 80",
                        "shop/green -> shop/green: TCP 80");
    }

    @Test
    @DisplayName("an Ingress lets an unseen controller in, on the pods' ports, as far as that is sure for any pod")
    void ingressController() {
        Part service = service("shop/web").selects("app=web").port(80, 8080);
        Part ingress = ingress("shop/web", "web", 80);
        Part closed = policy("shop/closed").selects("app=web").isolatesIngress().isolatesEgress();

        assertThat(list(WEB, service, ingress)).contains("ingress-controller -> shop/web: TCP 8080");
        assertThat(list(WEB, service, ingress, closed)).isEmpty();
        assertThat(list(
                        WEB,
                        service,
                        ingress,
                        closed,
                        policy("shop/any").selects("app=web").ingress(namespaces(""))))
                .containsExactly("ingress-controller -> shop/web: TCP 8080");
        assertThat(list(
                        WEB,
                        service,
                        ingress,
                        closed,
                        policy("shop/some").selects("app=web").ingress(namespaces("team=edge"))))
                .containsExactly("ingress-controller -> shop/web: ? TCP 8080");
    }

    @Test
    @DisplayName("a controller that is seen is a workload like any other")
    void knownController() {
        List<String> list = list(
                WEB,
                service("shop/web").selects("app=web").port(80, 8080),
                ingress("shop/web", "web", 80),
                pods("edge", "app.kubernetes.io/name=ingress-nginx"));

        assertThat(list)
                .contains("edge/ingress-nginx -> shop/web: everything")
                .noneMatch(line -> line.startsWith("ingress-"));
    }

    @Test
    @DisplayName("an ipBlock that covers pods is undetermined until the network plugin is named")
    void undetermined() {
        TestCluster cluster = TestCluster.with(
                WEB,
                DB,
                policy("shop/db")
                        .selects("app=db")
                        .ingress(block("0.0.0.0/0"), tcp(5432))
                        .isolatesEgress(),
                policy("shop/web").selects("app=web").isolatesIngress());

        assertThat(list(cluster)).contains("shop/web -> shop/db: ? TCP 5432");
        assertThat(list(cluster.on("calico"))).contains("shop/web -> shop/db: TCP 5432");
        assertThat(list(cluster.on("cilium"))).noneMatch(line -> line.startsWith("shop/web -> shop/db"));
    }

    @Test
    @DisplayName("where the network plugin enforces nothing, everything is allowed")
    void unenforced() {
        assertThat(list(TestCluster.with(
                                WEB, DB, policy("shop/deny").isolatesIngress().isolatesEgress())
                        .on("flannel")))
                .contains("shop/web -> shop/db: everything", "0.0.0.0/0 -> shop/web: everything");
    }

    @Test
    @DisplayName("an end in a namespace is enough to be listed for it")
    void ofOneNamespace() {
        Connections connections = Connections.of(
                TestCluster.with(WEB, pods("data", "app=db"), pods("edge", "app=proxy"))
                        .snapshot(),
                "data");

        assertThat(Listing.of(connections))
                .containsExactly(
                        "data/db -> data/db: everything",
                        "data/db -> edge/proxy: everything",
                        "data/db -> shop/web: everything",
                        "data/db -> 0.0.0.0/0: everything",
                        "edge/proxy -> data/db: everything",
                        "shop/web -> data/db: everything",
                        "0.0.0.0/0 -> data/db: everything");
    }

    private static List<String> list(Part... parts) {
        return list(TestCluster.with(parts));
    }

    private static List<String> list(TestCluster cluster) {
        return Listing.of(Connections.of(cluster.snapshot()));
    }
}
