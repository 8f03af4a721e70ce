package dev.flowguard.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.audit.event.Announcement;
import dev.flowguard.audit.event.ApiEvents;
import dev.flowguard.audit.event.EventStore;
import dev.flowguard.audit.event.Proof;
import dev.flowguard.contract.ObjectRef;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Events at the API server")
class ApiEventsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");
    private static final ObjectRef POLICY = new ObjectRef("NetworkPolicy", "shop", "deny");

    private final KubernetesMockServer server = new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
    private KubernetesClient client;
    private ApiEvents events;

    @BeforeEach
    void start() {
        server.init();
        client = server.createClient();
        events = new ApiEvents(client, "one", NOW);
    }

    @AfterEach
    void stop() {
        client.close();
        server.destroy();
    }

    @Test
    @DisplayName("are created, and counted when they are told again, with no other permission than for that")
    void countsWithoutReading() throws Exception {
        String name = events.create(
                new Announcement(POLICY, Proof.NONE_NEEDED, Announcement.Gravity.WARNING, "OverrideUsed", "", "first"),
                "uid",
                NOW);
        assertThat(events.repeat(POLICY, name, 2, "again", NOW.plusSeconds(60))).isTrue();

        assertThat(methodsOfEvents()).containsExactly("POST", "PATCH");
        Event told = client.v1().events().inNamespace("shop").withName(name).get();
        assertThat(told.getCount()).isEqualTo(2);
        assertThat(told.getMessage()).isEqualTo("again");
        assertThat(told.getFirstTimestamp()).isEqualTo("2026-01-01T10:00:00Z");
        assertThat(told.getLastTimestamp()).isEqualTo("2026-01-01T10:01:00Z");
    }

    @Test
    @DisplayName("name a policy of another kind as the API does")
    void otherKinds() throws Exception {
        String name = events.create(
                new Announcement(
                        new ObjectRef("CiliumClusterwideNetworkPolicy.cilium.io", "", "guard"),
                        Proof.NONE_NEEDED,
                        Announcement.Gravity.WARNING,
                        "BreaksFlow",
                        "",
                        "blocks flow a"),
                "uid",
                NOW);

        assertThat(client.v1()
                        .events()
                        .inNamespace("default")
                        .withName(name)
                        .get()
                        .getInvolvedObject())
                .satisfies(object -> assertThat(object.getApiVersion()).isEqualTo("cilium.io/v2"))
                .satisfies(object -> assertThat(object.getKind()).isEqualTo("CiliumClusterwideNetworkPolicy"))
                .satisfies(object -> assertThat(object.getName()).isEqualTo("guard"));
    }

    @Test
    @DisplayName("take a policy of another kind for gone only where the cluster has the kind")
    void otherKindsGone() {
        ObjectRef policy = new ObjectRef("CiliumNetworkPolicy.cilium.io", "shop", "quiet");
        assertThat(events.look(policy).presence()).isEqualTo(EventStore.Presence.NOT_KNOWN);

        server.expectCustomResource(new CustomResourceDefinitionContext.Builder()
                .withGroup("cilium.io")
                .withVersion("v2")
                .withKind("CiliumNetworkPolicy")
                .withPlural("ciliumnetworkpolicies")
                .withScope("Namespaced")
                .build());
        assertThat(events.look(policy).presence()).isEqualTo(EventStore.Presence.GONE);
    }

    @Test
    @DisplayName("that the API server has forgotten are told anew")
    void forgotten() throws Exception {
        assertThat(events.repeat(POLICY, "deny.1", 2, "again", NOW)).isFalse();
    }

    private List<String> methodsOfEvents() throws InterruptedException {
        List<String> methods = new ArrayList<>();
        int asked = server.getRequestCount();
        for (int i = 0; i < asked; i++) {
            methods.add(server.takeRequest().getMethod());
        }
        return methods;
    }
}
