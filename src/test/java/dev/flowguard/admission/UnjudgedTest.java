package dev.flowguard.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.config.WhenUnsure;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponse;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UnjudgedTest {
    private static final Duration DEADLINE = Duration.ofMillis(1500);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final DecisionMetrics metrics = new DecisionMetrics(registry);

    @Test
    void isAdmittedWithAWarningThatSaysWhereToLook() {
        AdmissionResponse response =
                unjudged(WhenUnsure.ADMIT).failed(Requests.request()).response();

        assertThat(response.getAllowed()).isTrue();
        assertThat(response.getWarnings())
                .containsExactly("Flowguard could not judge this change: internal error, see its log (uid "
                        + Requests.UID + ")");
        assertThat(response.getAuditAnnotations()).containsEntry("unjudged", "internal error, see its log");
    }

    @Test
    void isDeniedWhereSoConfiguredAndSaysByWhich() {
        AdmissionResponse response =
                unjudged(WhenUnsure.DENY).late(DEADLINE, Requests.request()).response();

        assertThat(response.getAllowed()).isFalse();
        assertThat(response.getWarnings()).isNullOrEmpty();
        assertThat(response.getStatus().getCode()).isEqualTo(503);
        assertThat(response.getStatus().getReason()).isEqualTo("ServiceUnavailable");
        assertThat(response.getStatus().getMessage())
                .isEqualTo("Flowguard could not judge this change: no verdict within 1500 ms (uid " + Requests.UID
                        + ");" + " it denies what it cannot judge (flowguard.when-unjudged=deny): try again");
    }

    @Test
    void aFailureThatIsDeniedIsAnInternalError() {
        assertThat(unjudged(WhenUnsure.DENY)
                        .failed(Requests.request())
                        .response()
                        .getStatus()
                        .getCode())
                .isEqualTo(500);
    }

    @Test
    void warningsStayWithinWhatTheApiServerShows() {
        Unjudged unjudged = unjudged(WhenUnsure.ADMIT);

        assertThat(List.of(
                        unjudged.failed(Requests.request()),
                        unjudged.late(DEADLINE, Requests.request()),
                        unjudged.tooLarge("over 2000000 JSON tokens", Requests.request()),
                        unjudged.overloaded(Requests.request())))
                .extracting(Answer::response)
                .flatExtracting(AdmissionResponse::getWarnings)
                .allSatisfy(warning -> assertThat(warning).hasSizeLessThanOrEqualTo(120));
    }

    @Test
    void isCountedWhenItIsGivenByWebhookAndReason() {
        AdmissionRequest request = Requests.request();
        request.setOperation("CREATE");
        request.setDryRun(true);
        Answer late = unjudged(WhenUnsure.DENY).late(DEADLINE, request);
        assertThat(counted()).as("not given yet").isEmpty();

        late.whenGiven().run();
        new Unjudged(WhenUnsure.ADMIT, metrics::unjudgedDeclaration)
                .overloaded(request)
                .whenGiven()
                .run();

        assertThat(counted())
                .containsExactlyInAnyOrder(
                        "networkpolicies create reject late true 1.0", "contracts create admit overloaded true 1.0");
    }

    @Test
    void whatIsWorthAnAlertIsThereAtZero() {
        assertThat(registry.find("flowguard.admission.decisions").counters())
                .extracting(UnjudgedTest::line)
                .contains(
                        "networkpolicies create reject breaks-flows false 0.0",
                        "networkpolicies update admit overridden false 0.0",
                        "networkpolicies delete reject late false 0.0",
                        "networkpolicies delete admit late false 0.0");
    }

    private List<String> counted() {
        return registry.find("flowguard.admission.decisions").counters().stream()
                .filter(counter -> counter.count() > 0)
                .map(UnjudgedTest::line)
                .toList();
    }

    private static String line(Counter counter) {
        return String.join(
                        " ",
                        Stream.of("webhook", "operation", "decision", "reason", "dryrun")
                                .map(counter.getId()::getTag)
                                .toList())
                + " " + counter.count();
    }

    private Unjudged unjudged(WhenUnsure policy) {
        return new Unjudged(policy, metrics::unjudgedPolicy);
    }
}
