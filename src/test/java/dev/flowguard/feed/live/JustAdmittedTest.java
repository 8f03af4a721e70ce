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
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.feed.live.api.Resources;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A change in the shadow of one that was admitted a moment ago")
class JustAdmittedTest {
    private static final Requester ANN = new Requester("ann", List.of("system:authenticated"));
    private static final String CONTRACT = """
        {apiVersion: flowguard.dev/v1alpha1, kind: FlowContract, metadata: {namespace: shop, name: web},
         spec: {flows: [{name: web, from: {podSelector: {matchLabels: {app: web}}},
                         to: {podSelector: {matchLabels: {app: orders}}}, ports: [{port: 8080}]}]}}
        """;
    private static final String DENY = policy("deny", "podSelector: {}, policyTypes: [Ingress]");
    private static final String ALLOW_1 = allow("allow-1");
    private static final String ALLOW_2 = allow("allow-2");

    private final FakeApiServer api = new FakeApiServer();
    private final KubernetesClient client = api.client();
    private final LiveCluster cluster =
            LiveCluster.follow(client, ClusterSettings.DEFAULT, Duration.ofSeconds(60), Duration.ofSeconds(5));

    private static String allow(String name) {
        return policy(
                name,
                "podSelector: {matchLabels: {app: orders}}, policyTypes: [Ingress], ingress: [{from: [{podSelector:"
                        + " {matchLabels: {app: web}}}]}]");
    }

    @BeforeEach
    void aShop() {
        api.apply(namespace("shop"));
        api.apply(pod("web-1", "web", "10.0.0.1"));
        api.apply(pod("orders-1", "orders", "10.0.0.2"));
        await().untilAsserted(() -> assertThat(cluster.known()).isPresent());
    }

    @AfterEach
    void stop() {
        cluster.close();
        client.close();
        api.close();
    }

    @Test
    @DisplayName(
            "The last allow of a flow is not deleted after the last but one, though the watch does not show it yet")
    void twoDeletions() {
        known(CONTRACT, DENY, ALLOW_1, ALLOW_2);
        api.withholdEvents(Resources.NETWORK_POLICIES);
        assertThat(decide(deletion(ALLOW_1)).isRejection()).isFalse();
        api.delete(ALLOW_1);

        assertThat(decide(deletion(ALLOW_2)).isRejection()).isTrue();
    }

    @Test
    @DisplayName("That also holds while the first deletion has not even reached the cluster")
    void onTheWay() {
        known(CONTRACT, DENY, ALLOW_1, ALLOW_2);
        assertThat(decide(deletion(ALLOW_1)).isRejection()).isFalse();

        assertThat(decide(deletion(ALLOW_2)).isRejection()).isTrue();
    }

    @Test
    @DisplayName("A dry run leaves nothing behind")
    void dryRun() {
        known(CONTRACT, DENY, ALLOW_1, ALLOW_2);
        assertThat(decide(deletion(ALLOW_1), true).isRejection()).isFalse();

        assertThat(decide(deletion(ALLOW_2)).isRejection()).isFalse();
    }

    @Test
    @DisplayName("Of two deletions that are judged at the same time, one is refused")
    void concurrent() throws Exception {
        known(CONTRACT, DENY, ALLOW_1, ALLOW_2);
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 10; round++) {
                // What was admitted a round ago is over by now, or the policy is put back as it was.
                cluster.observe(Observed.of(ALLOW_1));
                cluster.observe(Observed.of(ALLOW_2));
                CyclicBarrier together = new CyclicBarrier(2);
                List<Callable<Boolean>> deletions = List.of(
                        () -> together.await() >= 0 && decide(deletion(ALLOW_1)).isRejection(),
                        () -> together.await() >= 0 && decide(deletion(ALLOW_2)).isRejection());
                int refused = 0;
                for (Future<Boolean> each : two.invokeAll(deletions)) {
                    refused += each.get() ? 1 : 0;
                }
                assertThat(refused).as("round %d", round).isEqualTo(1);
            }
        } finally {
            two.shutdownNow();
        }
    }

    @Test
    @DisplayName("A contract that was admitted a moment ago protects what it declares")
    void contract() {
        api.withholdEvents(Resources.of("FlowContract"));
        cluster.observe(Observed.of(CONTRACT));
        api.apply(CONTRACT);

        assertThat(decide(creation(DENY)).isRejection()).isTrue();
    }

    @Test
    @DisplayName(
            "A contract that came and went again within the second forbids nothing, whether or not a snapshot ever had"
                    + " it")
    void contractThatWent() {
        cluster.observe(Observed.of(CONTRACT));
        api.apply(CONTRACT);
        api.delete(CONTRACT);
        // Comes in after what was applied before it.
        known(CONTRACT.replace("namespace: shop", "namespace: elsewhere"));

        assertThat(decide(creation(DENY)).isRejection()).isFalse();
    }

    @Test
    @DisplayName("That holds also where the watch shows both only while the change waits for the contract")
    void contractThatGoesMeanwhile() throws Exception {
        known(CONTRACT.replace("namespace: shop", "namespace: elsewhere"));
        api.withholdEvents(Resources.of("FlowContract"));
        Observation contract = Observed.of(CONTRACT);
        cluster.observe(contract);
        api.apply(CONTRACT);
        api.delete(CONTRACT);
        api.holdLists(Resources.NETWORK_POLICIES);
        int lists = api.lists(Resources.NETWORK_POLICIES);
        ExecutorService beside = Executors.newSingleThreadExecutor();
        try {
            Future<Decision> decision = beside.submit(() -> decide(creation(DENY)));
            await().until(() -> api.lists(Resources.NETWORK_POLICIES) > lists);
            api.releaseEvents(Resources.of("FlowContract"));
            await().until(() -> !cluster.ledger().awaits(contract.object()));
            api.releaseLists(Resources.NETWORK_POLICIES);

            assertThat(decision.get().isRejection()).isFalse();
        } finally {
            beside.shutdownNow();
        }
    }

    @Test
    @DisplayName("An allow that was admitted and has landed lets the deny in that comes with it")
    void allowAndDeny() {
        known(CONTRACT);
        api.withholdEvents(Resources.NETWORK_POLICIES);
        assertThat(decide(creation(ALLOW_1)).isRejection()).isFalse();
        api.apply(ALLOW_1);

        assertThat(decide(creation(DENY)).isRejection()).isFalse();
    }

    @Test
    @DisplayName("Where nothing was admitted lately, or nothing near, nothing is asked")
    void quiet() {
        known(CONTRACT);
        int lists = api.lists(Resources.NETWORK_POLICIES);
        assertThat(decide(creation(ALLOW_1)).isRejection()).isFalse();
        assertThat(decide(creation(allow("x").replace("namespace: shop", "namespace: elsewhere")))
                        .isRejection())
                .isFalse();
        assertThat(decide(creation(ALLOW_2)).isRejection()).isFalse();
        assertThat(api.lists(Resources.NETWORK_POLICIES)).isEqualTo(lists);
    }

    /** Applies them and waits until the watches have shown them. */
    private void known(String... objects) {
        for (String object : objects) {
            api.apply(object);
        }
        await().untilAsserted(() -> {
            for (String object : objects) {
                assertThat(cluster.known()
                                .orElseThrow()
                                .snapshot()
                                .observed(Observed.of(object).object())
                                .isGone())
                        .isFalse();
            }
        });
    }

    private Decision decide(Change change) {
        return decide(change, false);
    }

    private Decision decide(Change change, boolean dryRun) {
        return new DecisionProcess(cluster, DecisionSettings.DEFAULT)
                .decide(new PolicyReview("uid", ANN, dryRun, new PolicyReview.Changed(change, false, false, "")));
    }

    private static Change creation(String yaml) {
        return new Change.Create(Observed.policy(yaml));
    }

    private static Change deletion(String yaml) {
        return new Change.Delete(Observed.policy(yaml));
    }
}
