package dev.flowguard.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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

/** The stories of the demo bank. */
@QuarkusTest
@TestProfile(CiliumWebhookTest.OnCilium.class)
@DisplayName("The webhook on the demo bank, which is on Cilium")
class CiliumWebhookTest extends AskedDemo {
    /** The cluster that is asked. */
    public static final class OnCilium implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("flowguard.manifests", "deploy/demo/cilium");
        }
    }

    CiliumWebhookTest() {
        super("cilium");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "01-deny-the-portal",
                "02-deny-the-portal-at-the-ledger",
                "03-http-rules",
                "04-half-of-the-clearing-house",
                "05-refused-by-the-agent"
            })
    @DisplayName("a change is refused, warned of or admitted as its story says")
    void stories(String change) throws IOException {
        assertSays(change, asked(change(change)));
    }

    @Test
    @DisplayName("with the repair that a refusal names, the change is admitted")
    void repaired() throws IOException {
        ObjectNode change = change("01-deny-the-portal");
        JsonNode repair = repair(asked(change));
        JsonNode denied = change.path("spec")
                .path("ingressDeny")
                .path(0)
                .path("fromEndpoints")
                .path(0);
        ((ObjectNode) denied).setAll((ObjectNode) repair);

        assertThat(asked(change).path("allowed").asBoolean()).isTrue();
    }
}
