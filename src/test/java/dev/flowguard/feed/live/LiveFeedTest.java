package dev.flowguard.feed.live;

import static dev.flowguard.feed.live.ClusterYaml.namespace;
import static dev.flowguard.feed.live.ClusterYaml.pod;
import static dev.flowguard.feed.live.ClusterYaml.policy;
import static dev.flowguard.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.admission.decision.Ledger;
import dev.flowguard.cluster.ClusterModel;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.feed.live.api.ApiServer;
import dev.flowguard.feed.live.api.Resource;
import dev.flowguard.feed.live.api.Resources;
import dev.flowguard.policy.Policy;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LiveFeedTest {
    private static final Duration RECHECK = Duration.ofMillis(50);
    private static final Resource PODS = resource("pods");
    private static final Resource NODES = resource("nodes");
    private static final Resource CONTRACTS = resource("flowcontracts");
    private static final Resource POLICIES = Resources.NETWORK_POLICIES;

    private final FakeApiServer api = new FakeApiServer();
    private final KubernetesClient client = api.client();
    private final ManualTicker ticker = new ManualTicker();
    private final ClusterModel model = new ClusterModel(ClusterSettings.DEFAULT);
    private LiveFeed feed = feed(Duration.ofSeconds(30));

    @BeforeEach
    void aSmallCluster() {
        api.apply(namespace("shop"));
        api.apply(pod("orders-1", "orders", "10.0.0.1"));
        api.apply(policy("deny-all"));
    }

    @AfterEach
    void stop() {
        feed.close();
        client.close();
        api.close();
    }

    @Test
    @DisplayName("Before it is started, and until everything has been listed, it is not enough to judge by")
    void notReady() {
        assertThat(feed.gaps()).containsExactly("the cluster is not followed yet");
        api.holdLists(PODS);
        feed.start();
        soon(() -> assertThat(feed.gaps()).containsExactly("pods: being listed, 0 so far"));

        api.releaseLists(PODS);

        soon(() -> assertThat(feed.gaps()).isEmpty());
        assertThat(shop().workloads()).extracting(Workload::name).containsExactly("orders-1");
        assertThat(policies()).containsExactly("deny-all");
        assertThat(feed.troubles()).isEmpty();
    }

    @Test
    @DisplayName("Long lists come in pages")
    void pages() {
        api.limitPages(2);
        for (int i = 2; i <= 5; i++) {
            api.apply(pod("orders-" + i, "orders", "10.0.0." + i));
        }

        started();

        assertThat(shop().workloads())
                .singleElement()
                .satisfies(orders -> assertThat(orders.livePods()).isEqualTo(5));
        assertThat(api.lists(PODS)).isGreaterThanOrEqualTo(3);
    }

    @Test
    @DisplayName("Changes are seen: what is new, what is gone, what is different")
    void changes() {
        started();

        api.apply(policy("allow-dns"));
        soon(() -> assertThat(policies()).containsExactly("allow-dns", "deny-all"));

        api.delete(policy("deny-all"));
        soon(() -> assertThat(policies()).containsExactly("allow-dns"));

        api.apply(policy("allow-dns", "podSelector: {matchLabels: {app: orders}}, policyTypes: [Ingress]"));
        soon(() -> assertThat(thePolicy("allow-dns").podSelector()).hasToString("app=orders"));
    }

    @Test
    @DisplayName("A list made anew is a difference: what has not changed publishes nothing")
    void relistIsADelta() {
        started();
        long generation = model.snapshot().generation();
        int lists = api.lists(POLICIES);

        api.compact();
        api.sendError(POLICIES, 410);

        soon(() -> assertThat(api.lists(POLICIES)).isGreaterThan(lists));
        soon(() -> assertThat(feed.troubles()).isEmpty());
        assertThat(model.snapshot().generation()).isEqualTo(generation);
    }

    @Test
    @DisplayName("What was deleted or made while nobody listened is noticed by the list made anew")
    void missedChanges() {
        api.apply(pod("payments-1", "payments", "10.0.0.9"));
        started();

        api.stop();
        api.delete(policy("deny-all"));
        api.delete(pod("payments-1", "payments", "10.0.0.9"));
        api.apply(policy("allow-dns"));
        api.compact();
        api.restart();

        soon(() -> assertThat(policies()).containsExactly("allow-dns"));
        soon(() -> assertThat(shop().workloads()).extracting(Workload::name).containsExactly("orders-1"));
        soon(() -> assertThat(feed.troubles()).isEmpty());
    }

    @Test
    @DisplayName("A watch that is cut goes on where it was, without a list")
    void cutWatch() {
        started();
        int lists = api.lists(POLICIES);

        api.cutWatches();
        api.apply(policy("allow-dns"));

        soon(() -> assertThat(policies()).containsExactly("allow-dns", "deny-all"));
        assertThat(api.lists(POLICIES)).isEqualTo(lists);
    }

    @Test
    @DisplayName("While the API server is away the age grows, and what was known stays known; afterwards all is well")
    void outage() {
        started();

        api.stop();
        soon(() -> assertThat(feed.troubles())
                .anyMatch(trouble -> trouble.startsWith("pods: out of touch since 2026-03-01T10:00:00Z (0 s): ")));
        ticker.advance(Duration.ofSeconds(42));
        soon(() -> assertThat(feed.age()).isEqualTo(Duration.ofSeconds(42)));
        assertThat(feed.troubles())
                .anyMatch(trouble -> trouble.startsWith("pods: out of touch since 2026-03-01T10:00:00Z (42 s): "));
        assertThat(feed.gaps()).isEmpty();
        assertThat(policies()).containsExactly("deny-all");

        api.restart();
        soon(() -> assertThat(feed.age()).isZero());
        soon(() -> assertThat(feed.troubles()).isEmpty());
    }

    @Test
    @DisplayName("Errors other than 410 are survived as well, in the end by a list")
    void errors() {
        started();
        int lists = api.lists(POLICIES);

        api.refuse(POLICIES, 500);
        api.cutWatches();
        soon(() -> assertThat(feed.troubles()).anyMatch(trouble -> trouble.contains("answered 500")));
        api.apply(policy("allow-dns"));
        api.accept(POLICIES);

        soon(() -> assertThat(policies()).containsExactly("allow-dns", "deny-all"));
        soon(() -> assertThat(feed.troubles()).isEmpty());
        assertThat(api.lists(POLICIES)).isLessThanOrEqualTo(lists + 1);
    }

    @Test
    @DisplayName("Without permission for an essential kind nothing can be judged; it is asked for again")
    void essentialForbidden() {
        api.refuse(PODS, 403);
        feed.start();

        soon(() -> assertThat(feed.gaps())
                .containsExactly("pods: the API server answered 403: refused by the test;"
                        + " grant get, list and watch on pods (nothing can be judged without it)"));

        api.accept(PODS);
        soon(() -> assertThat(feed.gaps()).isEmpty());
        assertThat(shop().workloads()).hasSize(1);
    }

    @Test
    @DisplayName(
            "Without permission for contracts nothing is judged: what they protect would go unprotected without a word")
    void contractsForbidden() {
        api.refuse(CONTRACTS, 403);
        feed.start();

        soon(() -> assertThat(feed.gaps())
                .containsExactly("flowcontracts.flowguard.dev: the API server answered 403: refused by the test;"
                        + " grant get, list and watch on flowcontracts.flowguard.dev"
                        + " (nothing can be judged without it)"));

        api.accept(CONTRACTS);
        soon(() -> assertThat(feed.gaps()).isEmpty());
    }

    @Test
    @DisplayName("Without permission for another kind, or without its CRD, all else works")
    void otherKindsUnavailable() {
        api.refuse(NODES, 403);
        api.refuse(CONTRACTS, 404);
        started();

        soon(() -> assertThat(feed.troubles())
                .containsExactly(
                        "flowcontracts.flowguard.dev: the cluster has no such kind (only annotations declare flows)",
                        "nodes: the API server answered 403: refused by the test; grant get, list and watch on nodes"
                                + " (nodes cannot be told from addresses outside the cluster)"));
        assertThat(feed.age()).isZero();

        api.accept(NODES);
        api.accept(CONTRACTS);
        soon(() -> assertThat(feed.troubles()).isEmpty());
    }

    @Test
    @DisplayName("A kind that the API server has never been able to give is done without after a while, where that is"
            + " better than to judge nothing")
    void hopelessKind() {
        api.refuse(NODES, 503);
        api.refuse(CONTRACTS, 503);
        feed.start();
        soon(() -> assertThat(feed.gaps())
                .containsExactly(
                        "flowcontracts.flowguard.dev: could not be listed since 2026-03-01T10:00:00Z (0 s):"
                                + " the API server answered 503: refused by the test",
                        "nodes: could not be listed since 2026-03-01T10:00:00Z (0 s):"
                                + " the API server answered 503: refused by the test"));

        ticker.advance(RECHECK.multipliedBy(10));

        soon(() -> assertThat(feed.gaps())
                .as("contracts are not done without")
                .singleElement()
                .asString()
                .startsWith("flowcontracts.flowguard.dev: could not be listed since"));
        api.accept(NODES);
        api.accept(CONTRACTS);
        soon(() -> assertThat(feed.troubles()).isEmpty());
    }

    @Test
    @DisplayName("A permission that is taken away makes what is known old, not unknown")
    void permissionTakenAway() {
        started();

        api.refuse(POLICIES, 403);
        api.cutWatches();

        soon(() -> assertThat(feed.troubles()).anyMatch(trouble -> trouble.contains("answered 403")));
        ticker.advance(Duration.ofSeconds(5));
        assertThat(feed.age()).isEqualTo(Duration.ofSeconds(5));
        assertThat(feed.gaps()).isEmpty();
        assertThat(policies()).containsExactly("deny-all");
    }

    @Test
    @DisplayName("Policies of other kinds are found where the cluster serves them, and forgotten with their kind")
    void otherPolicies() {
        Resource cilium = Resource.otherPolicy("cilium.io", "v2", "ciliumnetworkpolicies", "CiliumNetworkPolicy");
        api.serve(
                "apis/cilium.io/v2",
                "{resources: [{name: ciliumnetworkpolicies, kind: CiliumNetworkPolicy},"
                        + " {name: ciliumnetworkpolicies/status, kind: CiliumNetworkPolicy}, {name: x, kind: Other}]}");
        started();
        assertThat(otherPolicyNames()).isEmpty();

        api.apply("{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {namespace: shop, name: l7}}");
        api.serve(
                "apis",
                "{groups: [{name: apps, versions: [{groupVersion: apps/v1}]},"
                        + " {name: cilium.io, versions: [{groupVersion: cilium.io/v2}]}]}");
        soon(() -> assertThat(otherPolicyNames()).containsExactly("CiliumNetworkPolicy.cilium.io shop/l7"));

        api.refuse(cilium, 404);
        api.cutWatches();
        soon(() -> assertThat(otherPolicyNames()).isEmpty());
    }

    @Test
    @DisplayName(
            "A kind of other policies that comes later and is not listed yet may concern every pod, and nothing waits"
                    + " for it")
    void otherPoliciesComeLater() {
        Resource antrea = Resource.otherPolicy("crd.antrea.io", "v1beta1", "networkpolicies", "NetworkPolicy");
        started();
        api.holdLists(antrea);
        api.apply("{apiVersion: crd.antrea.io/v1beta1, kind: NetworkPolicy, metadata: {namespace: shop, name: x}}");
        api.serve("apis/crd.antrea.io/v1beta1", "{resources: [{name: networkpolicies, kind: NetworkPolicy}]}");
        api.serve("apis", "{groups: [{name: crd.antrea.io, versions: [{groupVersion: crd.antrea.io/v1beta1}]}]}");

        soon(() -> assertThat(otherPolicyNames()).containsExactly("NetworkPolicy.crd.antrea.io *"));
        assertThat(feed.gaps()).isEmpty();
        assertThat(feed.age()).isZero();

        api.releaseLists(antrea);
        soon(() -> assertThat(otherPolicyNames()).containsExactly("NetworkPolicy.crd.antrea.io shop/x"));
    }

    @Test
    @DisplayName(
            "A kind of other policies whose server has not answered for a while may concern every pod, and all else"
                    + " works")
    void otherPoliciesDoNotAnswer() {
        Resource antrea = Resource.otherPolicy("crd.antrea.io", "v1beta1", "networkpolicies", "NetworkPolicy");
        api.serve("apis", "{groups: [{name: crd.antrea.io, versions: [{groupVersion: crd.antrea.io/v1beta1}]}]}");
        api.serve("apis/crd.antrea.io/v1beta1", "{resources: [{name: networkpolicies, kind: NetworkPolicy}]}");
        api.apply("{apiVersion: crd.antrea.io/v1beta1, kind: NetworkPolicy, metadata: {namespace: shop, name: x}}");
        started();
        api.hangUp(antrea, true);
        api.cutWatches();
        soon(() ->
                assertThat(feed.troubles()).anyMatch(trouble -> trouble.startsWith("networkpolicies.crd.antrea.io")));

        ticker.advance(RECHECK);

        soon(() -> assertThat(otherPolicyNames()).containsExactly("NetworkPolicy.crd.antrea.io *"));
        // All others were in touch again before that time was over, or after it.
        soon(() -> assertThat(feed.age()).isLessThanOrEqualTo(RECHECK));
        assertThat(feed.gaps()).isEmpty();

        api.hangUp(antrea, false);
        soon(() -> assertThat(otherPolicyNames()).containsExactly("NetworkPolicy.crd.antrea.io shop/x"));
    }

    @Test
    @DisplayName("A kind of other policies that may not be read may concern every pod")
    void otherPoliciesForbidden() {
        Resource antrea = Resource.otherPolicy("crd.antrea.io", "v1beta1", "networkpolicies", "NetworkPolicy");
        api.serve("apis", "{groups: [{name: crd.antrea.io, versions: [{groupVersion: crd.antrea.io/v1beta1}]}]}");
        api.serve("apis/crd.antrea.io/v1beta1", "{resources: [{name: networkpolicies, kind: NetworkPolicy}]}");
        api.refuse(antrea, 403);
        started();
        soon(() -> assertThat(otherPolicyNames()).containsExactly("NetworkPolicy.crd.antrea.io *"));

        api.apply("{apiVersion: crd.antrea.io/v1beta1, kind: NetworkPolicy, metadata: {namespace: shop, name: x}}");
        api.accept(antrea);
        soon(() -> assertThat(otherPolicyNames()).containsExactly("NetworkPolicy.crd.antrea.io shop/x"));
    }

    @Test
    @DisplayName(
            "A policy in the cluster that is not understood makes its namespace undetermined, and is not forgotten")
    void policyNotUnderstood() {
        api.apply(policy("strange").replace("policyTypes: [Ingress]", "policyTypes: [Sideways]"));
        started();

        assertThat(thePolicy("strange").isUnderstood()).isFalse();
        assertThat(thePolicy("deny-all").isUnderstood()).isTrue();
    }

    private void started() {
        feed.start();
        soon(() -> assertThat(feed.gaps()).isEmpty());
    }

    private LiveFeed feed(Duration renewal) {
        FeedTiming fast = new FeedTiming(
                Duration.ofSeconds(5),
                Duration.ofMillis(10),
                Duration.ofMillis(50),
                RECHECK,
                Duration.ofMinutes(5),
                renewal,
                Duration.ofSeconds(150));
        return new LiveFeed(new ApiServer(client, fast.patience()), model, new Ledger(), fast, ticker);
    }

    private NamespaceShard shop() {
        return model.snapshot().namespaceOrAssumed("shop");
    }

    private List<String> policies() {
        return shop().policies().stream()
                .map(policy -> policy.policy().ref().name())
                .toList();
    }

    private Policy thePolicy(String name) {
        return shop().policy(name).orElseThrow();
    }

    private List<String> otherPolicyNames() {
        return model.snapshot().otherPolicies("shop").stream()
                .map(Object::toString)
                .toList();
    }

    private static void soon(ThrowingRunnable holds) {
        await().pollInterval(Duration.ofMillis(5)).untilAsserted(holds);
    }

    private static Resource resource(String plural) {
        return Resources.ALWAYS.stream()
                .filter(resource -> resource.plural().equals(plural))
                .findFirst()
                .orElseThrow();
    }
}
