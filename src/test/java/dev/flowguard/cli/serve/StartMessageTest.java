package dev.flowguard.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.cli.Version;
import dev.flowguard.health.Conditions;
import dev.flowguard.health.ReadinessCondition.State;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StartMessageTest {
    @Test
    void saysWhereItAnswersWhatItKnowsAndWhatToTry() {
        String text = StartMessage.text(
                8443,
                9000,
                1234,
                List.of(
                        new Conditions.Answer("certificate", State.met("CN=flowguard")),
                        new Conditions.Answer("cluster", State.unmet("nothing loaded yet"))),
                Optional.of("http://127.0.0.1:40123/token/"));

        assertThat(text.lines())
                .containsExactly(
                        "Flowguard " + Version.text()
                                + " answers at https://localhost:8443/validate (started in 1.2 s)",
                        "  certificate  CN=flowguard",
                        "  cluster      NOT READY: nothing loaded yet",
                        "  page         http://127.0.0.1:40123/token/",
                        "  health       http://localhost:9000/q/health",
                        "  metrics      http://localhost:9000/q/metrics",
                        "  try          curl -k https://localhost:8443/validate -H 'Content-Type: application/json' -d"
                                + " '{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":{\"uid\":\"hello\"}}'");
    }
}
