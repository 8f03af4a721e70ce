package dev.flowguard.admission.decision;

import static dev.flowguard.testing.Given.contract;
import static dev.flowguard.testing.Given.flow;
import static dev.flowguard.testing.Given.namespace;
import static dev.flowguard.testing.Given.number;
import static dev.flowguard.testing.Given.pods;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.admission.Answer;
import dev.flowguard.admission.DecisionMetrics;
import dev.flowguard.admission.PolicyReviews;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.feed.InMemoryCluster;
import dev.flowguard.net.Protocol;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An override")
class OverridesTest {
    private static final String REQUEST = """
        ---
        uid: "1"
        operation: CREATE
        namespace: shop
        name: deny
        dryRun: %s
        kind: {group: networking.k8s.io, version: v1, kind: NetworkPolicy}
        userInfo: {username: jane, groups: [%s]}
        object:
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata: {name: deny, namespace: shop, annotations: {flowguard.dev/override: incident 42}}
          spec: {podSelector: {matchLabels: {app: orders}}, policyTypes: [Ingress]}
        """;

    private final List<OverrideListener.Overridden> told = new ArrayList<>();
    private final ClusterState cluster = new InMemoryCluster(
            ClusterSettings.DEFAULT,
            Stream.of(
                            namespace("shop", ""),
                            pods("shop", "app=checkout"),
                            pods("shop", "app=orders"),
                            contract(
                                    "shop/orders",
                                    flow("checkout-calls-orders")
                                            .from("shop", "app=checkout")
                                            .to("shop", "app=orders")
                                            .on(number(Protocol.TCP, 8080))))
                    .flatMap(part -> part.observations().stream())
                    .toList());

    @Test
    @DisplayName("that is used is told: by whom, why, and what it breaks")
    void used() {
        assertThat(handle("system:masters", false)).isTrue();
        assertThat(told).singleElement().satisfies(override -> {
            assertThat(override.change().verb()).isEqualTo("create");
            assertThat(override.change().object()).hasToString("NetworkPolicy shop/deny");
            assertThat(override.user()).isEqualTo("jane");
            assertThat(override.reason()).isEqualTo("incident 42");
            assertThat(override.flows()).containsExactly("shop/orders/checkout-calls-orders");
        });
    }

    @Test
    @DisplayName("of what the cluster has already is not told again, as a repeated review would have it")
    void repeated() {
        assertThat(handle("system:masters", false)).isTrue();
        told.clear();
        assertThat(handle("system:masters", false)).isTrue();
        assertThat(told).isEmpty();
    }

    @Test
    @DisplayName("in a dry run is not told")
    void dryRun() {
        assertThat(handle("system:masters", true)).isTrue();
        assertThat(told).isEmpty();
    }

    @Test
    @DisplayName("that is refused is not told")
    void refused() {
        assertThat(handle("developers", false)).isFalse();
        assertThat(told).isEmpty();
    }

    private boolean handle(String group, boolean dryRun) {
        PolicyReviews reviews = new PolicyReviews(
                cluster,
                DecisionSettings.DEFAULT,
                new DecisionMetrics(new SimpleMeterRegistry()),
                told::add,
                Waiting.ALONE);
        AdmissionRequest request =
                new KubernetesSerialization().unmarshal(REQUEST.formatted(dryRun, group), AdmissionRequest.class);
        Answer answer = reviews.handle(request);
        assertThat(told).as("as long as it may come too late").isEmpty();
        answer.whenGiven().run();
        return answer.response().getAllowed();
    }
}
