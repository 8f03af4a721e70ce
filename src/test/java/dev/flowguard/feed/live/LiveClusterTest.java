package dev.flowguard.feed.live;

import static dev.flowguard.feed.live.ClusterYaml.namespace;
import static dev.flowguard.feed.live.ClusterYaml.pod;
import static dev.flowguard.feed.live.ClusterYaml.policy;
import static dev.flowguard.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.admission.decision.ClusterState;
import dev.flowguard.admission.decision.ClusterState.Confirmation;
import dev.flowguard.admission.decision.ClusterState.Permission;
import dev.flowguard.admission.decision.Decision;
import dev.flowguard.admission.decision.DecisionProcess;
import dev.flowguard.admission.decision.DecisionSettings;
import dev.flowguard.admission.decision.Grounds;
import dev.flowguard.admission.decision.PolicyReview;
import dev.flowguard.admission.decision.Requester;
import dev.flowguard.admission.decision.Wording;
import dev.flowguard.assess.Change;
import dev.flowguard.audit.metrics.FeedState;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.Enforcement;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.feed.live.api.Resource;
import dev.flowguard.feed.live.api.Resources;
import dev.flowguard.policy.Policy;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LiveClusterTest {
    private static final Requester ANN = new Requester("ann", List.of("system:authenticated"));
    private static final String SUBJECT_ACCESS_REVIEWS = "apis/authorization.k8s.io/v1/subjectaccessreviews";

    private static final String ALLOW_DNS = policy(
            "allow-dns",
            "podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: 53, protocol: UDP}, {port: 53, protocol:"
                    + " TCP}]}]");
    private static final String DEFAULT_DENY = policy("default-deny", "podSelector: {}, policyTypes: [Egress]");

    private final FakeApiServer api = aClusterThatNeedsDns();
    private final KubernetesClient client = api.client();
    private final ManualTicker ticker = new ManualTicker();
    private final LiveCluster cluster = new LiveCluster(
            client,
            ClusterSettings.DEFAULT,
            Duration.ofSeconds(60),
            Duration.ofSeconds(5),
            new FeedTiming(
                    Duration.ofSeconds(5),
                    Duration.ofMillis(10),
                    Duration.ofMillis(50),
                    Duration.ofMillis(50),
                    Duration.ofMinutes(5),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(3)),
            ticker,
            addresses -> false);

    private static FakeApiServer aClusterThatNeedsDns() {
        FakeApiServer api = new FakeApiServer();
        api.apply(namespace("shop"));
        api.apply(namespace("kube-system"));
        api.apply(pod("orders-1", "orders", "10.0.0.1"));
        api.apply(pod("kube-system", "coredns-1", "coredns", "10.0.0.2"));
        api.apply("""
            {apiVersion: v1, kind: Service, metadata: {namespace: kube-system, name: kube-dns},
             spec: {clusterIP: 10.1.0.10, selector: {app: coredns}, ports: [
               {name: dns, port: 53, protocol: UDP}, {name: dns-tcp, port: 53, protocol: TCP}]}}
            """);
        api.apply("""
            {apiVersion: flowguard.dev/v1alpha1, kind: FlowContract, metadata: {namespace: shop, name: names},
             spec: {flows: [{name: everyone-resolves-names, from: {podSelector: {}}, to: {wellKnown: ClusterDNS}}]}}
            """);
        return api;
    }

    @AfterEach
    void stop() {
        cluster.close();
        client.close();
        api.close();
    }

    @Test
    @DisplayName(
            "allow-dns and default-deny, one right after the other, are both admitted although the watch lags behind")
    void backToBack() {
        soon(() -> assertThat(cluster.known()).isPresent());
        api.withholdEvents(Resources.NETWORK_POLICIES);

        assertThat(decide(cluster, ALLOW_DNS).isRejection()).isFalse();
        api.apply(ALLOW_DNS);
        assertThat(cluster.known().orElseThrow().snapshot().policiesIn("shop")).isEmpty();

        assertThat(decide(cluster, DEFAULT_DENY).isRejection()).isFalse();
        assertThat(decide(new BelievingItsCache(cluster), DEFAULT_DENY).isRejection())
                .as("without the confirmation")
                .isTrue();
    }

    @Test
    @DisplayName("Contracts are known as objects too, and never before what they declare")
    void contracts() {
        ObjectRef names = new ObjectRef("FlowContract", "shop", "names");
        soon(() -> assertThat(cluster.known()).isPresent());
        assertThat(cluster.contracts().seen()).containsKey(names);
        assertThat(cluster.known().orElseThrow().snapshot().contracts())
                .extracting(contract -> contract.source().object())
                .containsExactly(names);

        long before = cluster.contracts().changes();
        api.apply("""
            {apiVersion: flowguard.dev/v1alpha1, kind: FlowContract,
             metadata: {namespace: shop, name: names, uid: u-1, generation: 2},
             spec: {flows: [{name: everyone-resolves-names, from: {podSelector: {}}, to: {wellKnown: ClusterDNS}}]},
             status: {observedGeneration: 1, flows: [
               {name: everyone-resolves-names, state: Broken, since: "2026-01-02T03:04:05Z"}]}}
            """);
        soon(() -> assertThat(cluster.contracts().changes()).isGreaterThan(before));
        assertThat(cluster.contracts().seen()).hasEntrySatisfying(names, seen -> {
            assertThat(seen.uid()).isEqualTo("u-1");
            assertThat(seen.generation()).isEqualTo(2);
            assertThat(seen.declared()).isEqualTo(1);
            assertThat(seen.status().observedGeneration()).isEqualTo(1);
            assertThat(seen.status().flows()).hasSize(1);
        });

        api.delete(
                "{apiVersion: flowguard.dev/v1alpha1, kind: FlowContract, metadata: {namespace: shop, name: names}}");
        soon(() -> assertThat(cluster.contracts().seen()).isEmpty());
    }

    @Test
    @DisplayName("It says of each kind how it stands")
    void kinds() {
        soon(() -> assertThat(cluster.known()).isPresent());
        assertThat(cluster.kinds()).containsEntry("pods", FeedState.FOLLOWED);
        api.refuse(Resources.NETWORK_POLICIES, 500);
        api.cutWatches();
        soon(() ->
                assertThat(cluster.kinds()).containsEntry("networkpolicies.networking.k8s.io", FeedState.OUT_OF_TOUCH));
    }

    @Test
    @DisplayName("What is confirmed to break a flow is rejected")
    void confirmed() {
        soon(() -> assertThat(cluster.known()).isPresent());

        assertThat(decide(cluster, DEFAULT_DENY).isRejection()).isTrue();
    }

    @Test
    @DisplayName(
            "While Services are out of touch nothing is certain about flows to them, and everything is about others")
    void servicesOutOfTouch() {
        api.apply("""
            {apiVersion: flowguard.dev/v1alpha1, kind: FlowContract, metadata: {namespace: shop, name: pods},
             spec: {flows: [{name: to-dns-pods, from: {podSelector: {}}, ports: [{port: 9153}], to: {
               namespaceSelector: {}, podSelector: {matchLabels: {app: coredns}}}}]}}
            """);
        soon(() -> assertThat(cluster.known())
                .hasValueSatisfying(
                        known -> assertThat(known.snapshot().contracts()).hasSize(2)));
        api.refuse(Resources.of("Service"), 503);
        api.cutWatches();
        soon(() -> assertThat(cluster.health().troubles()).anyMatch(trouble -> trouble.startsWith("services: ")));
        for (int half = 0; half < 3; half++) {
            ticker.advance(Duration.ofSeconds(30));
            soon(() -> assertThat(cluster.health().age()).isLessThan(Duration.ofSeconds(30)));
        }

        Decision decision = decide(cluster, DEFAULT_DENY);

        assertThat(decision.isRejection()).as("because of the flow to pods").isTrue();
        assertThat(Wording.of(decision).causes()).hasSize(1);
        assertThat(Wording.of(decision).warnings()).anyMatch(warning -> warning.contains("not certain, since"));
    }

    @Test
    @DisplayName("What cannot be confirmed in time, or at all, is not rejected")
    void unconfirmed() {
        LiveCluster hasty = new LiveCluster(
                client,
                ClusterSettings.DEFAULT,
                Duration.ofSeconds(60),
                Duration.ofMillis(300),
                FeedTiming.DEFAULT,
                ticker,
                addresses -> false);
        try {
            soon(() -> assertThat(hasty.known()).isPresent());
            api.holdLists(Resources.NETWORK_POLICIES);
            Decision late = decide(hasty, DEFAULT_DENY);
            assertThat(late.isRejection()).isFalse();
            assertThat(late.reason()).isEqualTo("unconfirmed");
            api.releaseLists(Resources.NETWORK_POLICIES);

            api.refuse(Resources.NETWORK_POLICIES, 403);
            assertThat(why(hasty.confirm(hasty.known().orElseThrow().snapshot(), Grounds.of(Set.of("shop")))))
                    .isEqualTo("the API server answered 403: refused by the test");
        } finally {
            hasty.close();
        }
    }

    @Test
    @DisplayName(
            "A confirmation has the policies of the namespaces asked for as they are, and of others what was known")
    void confirmation() {
        api.apply(policy("old-allow"));
        api.apply(policy("elsewhere").replace("namespace: shop", "namespace: data"));
        soon(() -> assertThat(cluster.known()).isPresent());
        soon(() -> assertThat(cluster.known().orElseThrow().snapshot().policiesIn("data"))
                .hasSize(1));
        api.withholdEvents(Resources.NETWORK_POLICIES);
        api.apply(ALLOW_DNS);
        api.delete(policy("old-allow"));
        api.delete(policy("elsewhere").replace("namespace: shop", "namespace: data"));

        assertThat(confirmed("shop")).containsExactly("allow-dns");
        assertThat(confirmed("data", "shop")).isEmpty();
        assertThat(confirmed("nowhere")).isEmpty();

        int lists = api.lists(Resources.NETWORK_POLICIES);
        assertThat(confirmed("shop", "a", "b", "c", "d")).containsExactly("allow-dns");
        assertThat(api.lists(Resources.NETWORK_POLICIES))
                .as("of many namespaces, one list")
                .isEqualTo(lists + 1);
    }

    @Test
    @DisplayName("A stored policy that is not understood does not help to reject")
    void confirmationNotUnderstood() {
        soon(() -> assertThat(cluster.known()).isPresent());
        api.apply(policy("strange").replace("policyTypes: [Ingress]", "policyTypes: [Sideways]"));

        List<CompiledPolicy> policies = confirm(Set.of("shop"))
                .match(confirmed -> confirmed.now().policiesIn("shop"), unconfirmed -> List.of());

        assertThat(policies)
                .singleElement()
                .satisfies(policy -> assertThat(policy.policy().isUnderstood()).isFalse());
    }

    @Test
    @DisplayName("A Namespace that has just been labelled flowguard.dev/mode: Warn is not refused anything any more")
    void modeJustChanged() {
        soon(() -> assertThat(cluster.known()).isPresent());
        api.withholdEvents(Resources.of("Namespace"));
        api.apply("{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {flowguard.dev/mode: Warn}}}");

        Decision decision = decide(cluster, DEFAULT_DENY);

        assertThat(decision.isRejection()).isFalse();
        assertThat(decision.reason()).isEqualTo("breaks-flows-not-enforced");
    }

    @Test
    @DisplayName("A contract that has just been deleted, or changed, is no ground for a rejection")
    void contractJustDeleted() {
        soon(() -> assertThat(cluster.known()).isPresent());
        api.withholdEvents(Resources.of("FlowContract"));
        api.delete(
                "{apiVersion: flowguard.dev/v1alpha1, kind: FlowContract, metadata: {namespace: shop, name: names}}");

        // What is implied is still warned of.
        assertThat(decide(cluster, DEFAULT_DENY).reason()).isEqualTo("breaks-flows-not-enforced");
    }

    @Test
    @DisplayName("A Service that has just been deleted, or pods that have, take the flows to them along")
    void serviceAndPodsJustDeleted() {
        soon(() -> assertThat(cluster.known()).isPresent());
        api.withholdEvents(Resources.of("Pod"));
        api.delete(pod("orders-1", "orders", "10.0.0.1"));
        assertThat(decide(cluster, DEFAULT_DENY).reason()).as("pods").isEqualTo("breaks-nothing");
        api.apply(pod("orders-1", "orders", "10.0.0.1"));
        assertThat(decide(cluster, DEFAULT_DENY).isRejection()).isTrue();

        api.withholdEvents(Resources.of("Service"));
        api.delete("{apiVersion: v1, kind: Service, metadata: {namespace: kube-system, name: kube-dns}}");
        assertThat(decide(cluster, DEFAULT_DENY).reason()).as("Service").isEqualTo("breaks-nothing");
    }

    @Test
    @DisplayName("State that is too old is no state; its age and what is wrong can be seen")
    void staleness() {
        soon(() -> assertThat(cluster.known()).isPresent());
        api.stop();
        soon(() -> assertThat(cluster.health().troubles()).isNotEmpty());

        ticker.advance(Duration.ofSeconds(60));
        soon(() -> assertThat(cluster.known()).isPresent());
        ticker.advance(Duration.ofSeconds(1));
        assertThat(cluster.known()).isEmpty();
        assertThat(cluster.health().age()).isEqualTo(Duration.ofSeconds(61));
        assertThat(cluster.health().troubles())
                .anyMatch(trouble -> trouble.contains("out of touch since 2026-03-01T10:00:00Z (61 s)"));

        api.restart();
        soon(() -> assertThat(cluster.known()).isPresent());
    }

    @Test
    @DisplayName("Who may override is the API server's answer to the exact question, and holds for a few seconds")
    void override() {
        List<JsonNode> questions = new ArrayList<>();
        api.onPost(SUBJECT_ACCESS_REVIEWS, question -> {
            questions.add(question);
            return answer(question, question.at("/spec/user").asText().equals("ann"));
        });

        assertThat(cluster.mayOverride(ANN, "shop")).isEqualTo(Permission.GRANTED);
        assertThat(cluster.mayOverride(new Requester("bob", List.of()), "shop")).isEqualTo(Permission.REFUSED);
        assertThat(questions.get(0)).isEqualTo(FakeApiServer.tree("""
            {apiVersion: authorization.k8s.io/v1, kind: SubjectAccessReview, spec: {
              user: ann, groups: [system:authenticated], resourceAttributes: {
                verb: override, group: flowguard.dev, resource: flowcontracts, namespace: shop}}}
            """));

        Requester scoped =
                new Requester("ann", "u1", List.of("system:authenticated"), Map.of("scopes", List.of("user:info")));
        cluster.mayOverride(scoped, "shop");
        assertThat(questions.remove(2).get("spec")).isEqualTo(FakeApiServer.tree("""
            {user: ann, groups: [system:authenticated], uid: u1, extra: {scopes: ["user:info"]}, resourceAttributes: {
              verb: override, group: flowguard.dev, resource: flowcontracts, namespace: shop}}
            """));

        cluster.mayOverride(ANN, "shop");
        assertThat(questions).as("asked again at once").hasSize(2);
        cluster.mayOverride(ANN, "data");
        assertThat(questions).as("for another namespace").hasSize(3);
        ticker.advance(OverrideRight.REMEMBERED);
        cluster.mayOverride(ANN, "shop");
        assertThat(questions).as("later").hasSize(4);
    }

    @Test
    @DisplayName("Who was refused is asked about again at once, since the right may have been given for that; but not"
            + " without end")
    void overrideRefused() {
        List<JsonNode> questions = new ArrayList<>();
        api.onPost(SUBJECT_ACCESS_REVIEWS, question -> {
            questions.add(question);
            return answer(question, questions.size() == 2);
        });

        assertThat(cluster.mayOverride(ANN, "shop")).isEqualTo(Permission.REFUSED);
        assertThat(cluster.mayOverride(ANN, "shop")).isEqualTo(Permission.GRANTED);

        for (int i = 0; i < 100; i++) {
            assertThat(cluster.mayOverride(new Requester("bob", List.of()), "shop"))
                    .isEqualTo(Permission.REFUSED);
        }
        assertThat(questions).as("in one second").hasSize(20);
    }

    @Test
    @DisplayName("Contracts whose kind is deleted and made again are in force again")
    void contractsComeBack() {
        soon(() -> assertThat(cluster.known()).isPresent());
        Resource contracts = Resources.of("FlowContract");
        api.refuse(contracts, 404);
        api.cutWatches();
        soon(() -> assertThat(cluster.known())
                .hasValueSatisfying(
                        known -> assertThat(known.snapshot().contracts()).isEmpty()));

        api.accept(contracts);

        soon(() -> assertThat(cluster.known())
                .hasValueSatisfying(
                        known -> assertThat(known.snapshot().contracts()).hasSize(1)));
        assertThat(FeedTiming.DEFAULT.comeback()).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    @DisplayName("Whether somebody may override can be impossible to find out")
    void overrideNotKnown() {
        api.onPost(SUBJECT_ACCESS_REVIEWS, question -> {
            ObjectNode answer = answer(question, false);
            answer.with("status").put("evaluationError", "the authorizer is out of order");
            return answer;
        });
        assertThat(cluster.mayOverride(ANN, "shop")).isEqualTo(Permission.NOT_KNOWN);

        api.onPost(SUBJECT_ACCESS_REVIEWS, question -> answer(question, true));
        assertThat(cluster.mayOverride(ANN, "shop")).as("asked again").isEqualTo(Permission.GRANTED);

        api.stop();
        assertThat(cluster.mayOverride(new Requester("bob", List.of()), "shop")).isEqualTo(Permission.NOT_KNOWN);
    }

    private static ObjectNode answer(JsonNode question, boolean allowed) {
        ObjectNode answer = question.deepCopy();
        answer.putObject("status").put("allowed", allowed);
        return answer;
    }

    private static Decision decide(ClusterState state, String created) {
        DecisionProcess process = new DecisionProcess(state, DecisionSettings.of(Enforcement.DENY, List.of(), false));
        return process.decide(new PolicyReview(
                "uid", ANN, false, new PolicyReview.Changed(new Change.Create(read(created)), false, false, "")));
    }

    private static Policy read(String yaml) {
        ObjectNode tree = FakeApiServer.tree(yaml);
        return new ObjectObserver()
                .observe(Resources.NETWORK_POLICIES.ref("shop", "read"), tree)
                .policies()
                .get(0);
    }

    /** The names of the policies in a namespace, as they are confirmed when all of these namespaces are asked about. */
    private List<String> confirmed(String namespace, String... others) {
        Set<String> all = new HashSet<>(List.of(others));
        all.add(namespace);
        return confirm(all)
                .match(Optional::of, unconfirmed -> Optional.<Confirmation.Confirmed>empty())
                .orElseThrow()
                .now()
                .policiesIn(namespace)
                .stream()
                .map(policy -> policy.policy().ref().name())
                .toList();
    }

    private Confirmation confirm(Set<String> namespaces) {
        return cluster.confirm(cluster.known().orElseThrow().snapshot(), Grounds.of(namespaces));
    }

    private static String why(Confirmation confirmation) {
        return confirmation.match(confirmed -> "confirmed", Confirmation.Unconfirmed::why);
    }

    private static void soon(ThrowingRunnable holds) {
        await().pollInterval(Duration.ofMillis(5)).untilAsserted(holds);
    }

    /** Confirms what it knows by what it knows. */
    private record BelievingItsCache(LiveCluster cluster) implements ClusterState {
        @Override
        public Optional<Known> known() {
            return cluster.known();
        }

        @Override
        public Confirmation confirm(Snapshot judged, Grounds grounds) {
            return new Confirmation.Confirmed(judged);
        }

        @Override
        public Permission mayOverride(Requester requester, String namespace) {
            return Permission.REFUSED;
        }

        @Override
        public void admitted(Change change) {}
    }
}
