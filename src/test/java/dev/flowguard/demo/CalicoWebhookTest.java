package dev.flowguard.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The running webhook on the demo cluster with three tiers: the words are the same whichever API asks. */
@QuarkusTest
@TestProfile(CalicoWebhookTest.OnCalico.class)
@DisplayName("The webhook on the demo cluster on Calico")
public class CalicoWebhookTest extends AskedDemo {
    /** The cluster that is asked. */
    public static final class OnCalico implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("flowguard.manifests", "deploy/demo/calico", "flowguard.cni", "calico");
        }
    }

    CalicoWebhookTest() {
        super("calico");
    }

    @ParameterizedTest(name = "{0} by {1}")
    @CsvSource({
        "01-typo-in-selector, projectcalico.org/v3",
        "01-typo-in-selector, crd.projectcalico.org/v1",
        "02-earlier-tier-decides, projectcalico.org/v3",
        "02-earlier-tier-decides, crd.projectcalico.org/v1",
    })
    @DisplayName("a change that cuts a declared flow is refused with its repair, through both APIs alike")
    void refused(String change, String api) throws IOException {
        assertSays(change, asked(by(api, change)));
    }

    @ParameterizedTest(name = "by {0}")
    @CsvSource({"projectcalico.org/v3", "crd.projectcalico.org/v1"})
    @DisplayName("what takes nothing away is admitted, through both APIs alike")
    void admitted(String api) throws IOException {
        assertThat(asked(by(api, "03-order-behind-networkpolicies"))
                        .path("allowed")
                        .asBoolean())
                .isTrue();
    }

    private ObjectNode by(String api, String change) throws IOException {
        return change(change).put("apiVersion", api);
    }
}
