package dev.flowguard.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ObjectRef;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("With an object that is deleted")
class DeletionTest {
    private static final String OBJECTS = """
        {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: orders, namespace: shop}
        spec:
          selector: {matchLabels: {app: orders}}
          template: {metadata: {labels: {app: orders}}, spec: {containers: [{name: main, image: a}]}}
        ---
        apiVersion: apps/v1
        kind: ReplicaSet
        metadata: {name: orders-5d4, namespace: shop, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: orders, uid: d, controller: true}]}
        spec:
          selector: {matchLabels: {app: orders}}
          template: {metadata: {labels: {app: orders}}, spec: {containers: [{name: main, image: a}]}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: orders-5d4-x, namespace: shop, labels: {app: orders}, ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: orders-5d4, uid: r, controller: true}]}
        spec: {containers: [{name: main, image: a}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: orders, namespace: shop, labels: {app: alone}}
        spec: {containers: [{name: main, image: a}]}
        ---
        {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: closed, namespace: shop}, spec: {podSelector: {}}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: other, namespace: undescribed, labels: {app: other}}
        spec: {containers: [{name: main, image: a}]}
        """;

    private static InMemoryCluster cluster() throws IOException {
        return new InMemoryCluster(
                ClusterSettings.DEFAULT,
                Manifests.read(new ByteArrayInputStream(OBJECTS.getBytes(StandardCharsets.UTF_8)))
                        .observations());
    }

    private static ObjectRef ref(String text) {
        String[] parts = text.split("/", -1);
        return new ObjectRef(parts[0], parts[1], parts[2]);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "Namespace//shop,            Deployment/shop/orders Namespace//shop NetworkPolicy/shop/closed Pod/shop/orders Pod/shop/orders-5d4-x ReplicaSet/shop/orders-5d4",
        "Namespace//undescribed,     Pod/undescribed/other",
        "Deployment/shop/orders,     Deployment/shop/orders Pod/shop/orders-5d4-x ReplicaSet/shop/orders-5d4",
        "ReplicaSet/shop/orders-5d4, Pod/shop/orders-5d4-x ReplicaSet/shop/orders-5d4",
        "Pod/shop/orders,            Pod/shop/orders",
        "NetworkPolicy/shop/closed,  NetworkPolicy/shop/closed",
        "Namespace//nowhere,         ''",
        "Deployment/shop/nothing,    ''",
    })
    @DisplayName("goes what is in a Namespace, and what a controller owns, and nothing else:")
    void goes(String object, String gone) throws IOException {
        InMemoryCluster cluster = cluster();

        List<ObjectRef> forgotten = cluster.forget(ref(object));

        assertThat(forgotten)
                .extracting(each -> each.kind() + "/" + each.namespace() + "/" + each.name())
                .containsExactlyInAnyOrder(gone.isEmpty() ? new String[0] : gone.split(" "));
        assertThat(forgotten)
                .noneSatisfy(each -> assertThat(cluster.snapshot().knows(each)).isTrue());
    }

    @Test
    @DisplayName("the same goes of a cluster in which something is tried, and nothing of the one that it is tried on")
    void tried() throws IOException {
        InMemoryCluster cluster = cluster();
        InMemoryCluster trial = InMemoryCluster.startingFrom(
                cluster.snapshot(), (requester, namespace) -> cluster.mayOverride(requester, namespace));

        assertThat(trial.forget(ref("Namespace//shop"))).hasSize(6);

        assertThat(trial.snapshot().observedIn("shop")).isEmpty();
        assertThat(cluster.snapshot().observedIn("shop"))
                .extracting(Observation::object)
                .hasSize(6);
    }
}
