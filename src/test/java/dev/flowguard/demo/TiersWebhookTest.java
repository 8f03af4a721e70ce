package dev.flowguard.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stories of the demo cluster with policies of its administrators. */
@QuarkusTest
@TestProfile(TiersWebhookTest.WithTiers.class)
@DisplayName("The webhook on the demo cluster with ClusterNetworkPolicies")
class TiersWebhookTest extends AskedDemo {
    /** The cluster that is asked. */
    public static final class WithTiers implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("flowguard.manifests", "deploy/demo/tiers");
        }
    }

    TiersWebhookTest() {
        super("tiers");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"01-teams-apart", "02-teams-apart-first", "03-scraping-later", "04-same-priority"})
    @DisplayName("a change is refused, warned of or admitted as its story says")
    void stories(String change) throws IOException {
        assertSays(change, asked(change(change)));
    }

    @Test
    @DisplayName("the deletion of a policy that allowed is refused, with a repair where each end is denied")
    void deletion() throws IOException {
        JsonNode metadata = change("03-scraping-later").path("metadata");

        assertSays(
                "delete-scraping",
                askedToDelete(known("ClusterNetworkPolicy", metadata).orElseThrow()));
    }

    @Test
    @DisplayName("with the repair that a refusal names, the change is admitted")
    void repaired() throws IOException {
        ObjectNode change = change("02-teams-apart-first");
        JsonNode repair = repair(asked(change));
        ((ArrayNode) change.path("spec").path("ingress"))
                .insert(0, repair.path("ingress").path(0));

        assertThat(asked(change).path("allowed").asBoolean()).isTrue();
    }
}
