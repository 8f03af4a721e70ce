package dev.flowguard.feed.live;

import static dev.flowguard.feed.live.ClusterYaml.namespace;
import static dev.flowguard.feed.live.ClusterYaml.pod;
import static dev.flowguard.feed.live.ClusterYaml.policy;
import static dev.flowguard.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.admission.decision.Decision;
import dev.flowguard.admission.decision.DecisionProcess;
import dev.flowguard.admission.decision.DecisionSettings;
import dev.flowguard.admission.decision.PolicyReview;
import dev.flowguard.admission.decision.Requester;
import dev.flowguard.assess.Change;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.config.ApiServers;
import dev.flowguard.contract.Enforcement;
import dev.flowguard.feed.live.api.Resource;
import dev.flowguard.feed.live.api.Resources;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What has come into the cluster by another API server, and no watch has shown yet")
class OtherApiServersTest {
    private static final Requester ANN = new Requester("ann", List.of("system:authenticated"));
    private static final String CONTRACT = """
        {apiVersion: flowguard.dev/v1alpha1, kind: FlowContract, metadata: {namespace: shop, name: web},
         spec: {flows: [{name: web, from: {podSelector: {matchLabels: {app: web}}},
                         to: {podSelector: {matchLabels: {app: orders}}}, ports: [{port: 8080}]}]}}
        """;
    private static final String DENY = policy("deny", "podSelector: {}, policyTypes: [Ingress]");
    private static final String ALLOW_1 = allow("allow-1");
    private static final String ALLOW_2 = allow("allow-2");
    private static final Resource CONTRACTS = Resources.of("FlowContract");

    private final FakeApiServer api = new FakeApiServer();
    private final KubernetesClient client = api.client();
    private final ManualTicker ticker = new ManualTicker();
    private final LiveCluster cluster = new LiveCluster(
            client,
            ClusterSettings.DEFAULT,
            Duration.ofSeconds(60),
            Duration.ofSeconds(2),
            FeedTiming.DEFAULT,
            ticker,
            ApiServers.AUTO::areSeveral);

    private static String allow(String name) {
        return policy(
                name,
                "podSelector: {matchLabels: {app: orders}}, policyTypes: [Ingress], ingress: [{from: [{podSelector:"
                        + " {matchLabels: {app: web}}}]}]");
    }

    private static String apiServersAt(String addresses) {
        return """
            {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice,
             metadata: {namespace: default, name: kubernetes, labels: {kubernetes.io/service-name: kubernetes}},
             addressType: IPv4, endpoints: [{addresses: [%s]}], ports: [{name: https, protocol: TCP, port: 6443}]}
            """.formatted(addresses);
    }

    @BeforeEach
    void aShop() {
        api.apply(namespace("default"));
        api.apply(namespace("shop"));
        api.apply(pod("web-1", "web", "10.0.0.1"));
        api.apply(pod("orders-1", "orders", "10.0.0.2"));
        await().untilAsserted(() -> assertThat(cluster.known()).isPresent());
        known(apiServersAt("192.0.2.1, 192.0.2.2"));
    }

    @AfterEach
    void stop() {
        cluster.close();
        client.close();
        api.close();
    }

    @Test
    @DisplayName("the last allow but one was deleted there: the last one stays")
    void policies() {
        known(CONTRACT, DENY, ALLOW_1, ALLOW_2);
        api.withholdEvents(Resources.NETWORK_POLICIES);
        api.delete(ALLOW_1);

        assertThat(decide(new Change.Delete(Observed.policy(ALLOW_2))).isRejection())
                .isTrue();
    }

    @Test
    @DisplayName("a contract, also one of the whole cluster: it protects what it declares")
    void contracts() {
        api.withholdEvents(CONTRACTS);
        api.apply(CONTRACT);
        assertThat(decide(creation(DENY)).isRejection()).isTrue();

        api.delete(CONTRACT);
        assertThat(decide(creation(DENY)).isRejection()).isFalse();

        Resource clusterWide = Resources.of("ClusterFlowContract");
        api.withholdEvents(clusterWide);
        api.apply("""
            {apiVersion: flowguard.dev/v1alpha1, kind: ClusterFlowContract, metadata: {name: web},
             spec: {flows: [{name: web, from: {namespaceSelector: {}, podSelector: {matchLabels: {app: web}}},
                             to: {namespaceSelector: {}, podSelector: {matchLabels: {app: orders}}}, ports: [{port: 8080}]}]}}
            """);
        assertThat(decide(creation(DENY)).isRejection()).isTrue();
    }

    @Test
    @DisplayName("the end of a Namespace's flowguard.dev/mode: Warn")
    void namespaces() {
        known(CONTRACT);
        api.apply("{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {flowguard.dev/mode: Warn}}}");
        await().untilAsserted(
                        () -> assertThat(decide(creation(DENY)).isRejection()).isFalse());
        api.withholdEvents(Resources.of("Namespace"));
        api.apply(namespace("shop"));
        nextSecond();

        assertThat(decide(creation(DENY)).isRejection()).isTrue();
    }

    @Test
    @DisplayName("With one API server, and where nothing is refused anyway, nothing is read")
    void nothingIsRead() {
        known(CONTRACT);
        int lists = api.lists(Resources.NETWORK_POLICIES);
        DecisionSettings warning = DecisionSettings.of(Enforcement.WARN, List.of(), false);
        assertThat(decide(creation(ALLOW_1), warning).isRejection()).isFalse();
        assertThat(api.lists(Resources.NETWORK_POLICIES)).isEqualTo(lists);

        assertThat(decide(creation(ALLOW_1)).isRejection()).isFalse();
        assertThat(api.lists(Resources.NETWORK_POLICIES)).isEqualTo(lists + 1);

        api.apply(apiServersAt("192.0.2.1"));
        await().untilAsserted(() -> {
            int before = api.lists(Resources.NETWORK_POLICIES);
            assertThat(decide(creation(ALLOW_2)).isRejection()).isFalse();
            assertThat(api.lists(Resources.NETWORK_POLICIES)).isEqualTo(before);
        });
    }

    @Test
    @DisplayName("Above a hundred readings in a second changes are judged by what is known")
    void budget() {
        known(CONTRACT);
        int lists = api.lists(Resources.NETWORK_POLICIES);
        for (int each = 0; each < 2 * OtherApiServers.MOST_PER_SECOND; each++) {
            assertThat(decide(creation(allow("allow-" + each))).isRejection()).isFalse();
        }
        assertThat(api.lists(Resources.NETWORK_POLICIES)).isEqualTo(lists + OtherApiServers.MOST_PER_SECOND);

        nextSecond();
        decide(creation(ALLOW_1));
        assertThat(api.lists(Resources.NETWORK_POLICIES)).isEqualTo(lists + OtherApiServers.MOST_PER_SECOND + 1);
    }

    @Test
    @DisplayName("An API server that does not answer delays one change a second, and refuses none")
    void noAnswer() {
        known(CONTRACT);
        api.holdLists(Resources.NETWORK_POLICIES);
        int lists = api.lists(Resources.NETWORK_POLICIES);
        assertThat(decide(creation(ALLOW_1)).isRejection()).isFalse();
        assertThat(decide(creation(ALLOW_2)).isRejection()).isFalse();
        assertThat(api.lists(Resources.NETWORK_POLICIES)).isEqualTo(lists + 1);

        nextSecond();
        assertThat(decide(creation(ALLOW_2)).isRejection()).isFalse();
        assertThat(api.lists(Resources.NETWORK_POLICIES)).isEqualTo(lists + 2);
    }

    private void nextSecond() {
        ticker.advance(Duration.ofSeconds(1));
    }

    /** Applies them and waits until the watches have shown them. */
    private void known(String... objects) {
        for (String object : objects) {
            api.apply(object);
        }
        await().untilAsserted(() -> {
            Snapshot known = cluster.known().orElseThrow().snapshot();
            for (String object : objects) {
                assertThat(known.observed(Observed.of(object).object()).isGone())
                        .isFalse();
            }
        });
    }

    private Decision decide(Change change) {
        return decide(change, DecisionSettings.DEFAULT);
    }

    private Decision decide(Change change, DecisionSettings settings) {
        return new DecisionProcess(cluster, settings)
                .decide(new PolicyReview("uid", ANN, true, new PolicyReview.Changed(change, false, false, "")));
    }

    private static Change creation(String yaml) {
        return new Change.Create(Observed.policy(yaml));
    }
}
