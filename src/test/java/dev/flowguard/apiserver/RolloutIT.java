package dev.flowguard.apiserver;

import static dev.flowguard.apiserver.InstalledFlowguard.NAMESPACE;
import static dev.flowguard.apiserver.InstalledFlowguard.WEBHOOKS;
import static dev.flowguard.apiserver.InstalledFlowguard.policy;
import static dev.flowguard.apiserver.InstalledFlowguard.soon;
import static dev.flowguard.apiserver.InstalledFlowguard.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two replicas under load, with {@code failurePolicy: Fail}: a call that is lost is an error. {@code -Dapiserver.rounds=20} for more of
 * each, {@code -Dapiserver.minutes=60} for a longer quiet hour.
 */
@Tag("apiserver")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("No call is lost")
class RolloutIT {
    private static final int ROUNDS = Integer.getInteger("apiserver.rounds", 3);
    private static final int MINUTES = Integer.getInteger("apiserver.minutes", 1);

    /** Less than in the manifests, where API servers and nodes learn by and by that a replica goes. */
    private static final String LEAVING = "-Dquarkus.shutdown.delay=2s";

    private InstalledFlowguard flowguard;
    private Deque<Replica> replicas;
    private JsonNode harmful;

    @BeforeAll
    void install(@TempDir Path temporary) throws Exception {
        flowguard = InstalledFlowguard.in(temporary, 1, 0);
        replicas = new ArrayDeque<>(List.of(flowguard.start(LEAVING), flowguard.start(LEAVING)));
        replicas.forEach(Replica::awaitReady);
        flowguard.plane().lead(List.copyOf(replicas));
        flowguard.shop("shop");
        flowguard.failurePolicy("Fail");
        harmful = policy("shop", "deny", "spec: {podSelector: {}, policyTypes: [Ingress]}");
    }

    @AfterAll
    void stop() throws Exception {
        if (replicas != null) {
            for (Replica each : replicas) {
                each.close();
            }
        }
        if (flowguard != null) {
            flowguard.close();
        }
    }

    @Test
    @DisplayName("while the certificate authority is lost and made anew, again and again")
    void rotations() throws Exception {
        Callers callers = new Callers(flowguard.jane(), harmful, 4, 30);
        try (callers) {
            for (int round = 0; round < ROUNDS; round++) {
                String before = flowguard.caBundle();
                flowguard.admin().delete("/api/v1/namespaces/" + NAMESPACE + "/secrets/flowguard-webhook-ca");
                // Whoever changes the configuration wakes the replicas; else they look once a minute.
                flowguard
                        .admin()
                        .patch(WEBHOOKS, "merge", "{\"metadata\":{\"annotations\":{\"round\":\"" + round + "\"}}}");
                soon(() -> assertThat(flowguard.caBundle()).isNotEqualTo(before));
                int soFar = callers.refused();
                soon(() -> assertThat(callers.refused()).isGreaterThan(soFar + 30));
            }
        }
        report(ROUNDS + " lost authorities", callers);
    }

    @Test
    @DisplayName("while replicas are replaced one by one")
    void rollingRestarts() throws Exception {
        Callers callers = new Callers(flowguard.jane(), harmful, 4, 30);
        try (callers) {
            for (int round = 0; round < ROUNDS; round++) {
                Replica successor = flowguard.start(LEAVING).awaitReady();
                Replica leaving = replicas.removeFirst();
                replicas.addLast(successor);
                leaving.stop();
                // Where it goes unready is seen a moment later, as the node sees it.
                within(
                        Duration.ofSeconds(5),
                        () -> assertThat(leaving.isReady()).isFalse());
                flowguard.plane().lead(List.copyOf(replicas));
                leaving.close();
            }
        }
        report(ROUNDS + " replicas replaced", callers);
    }

    @Test
    @DisplayName("while nothing happens in the cluster")
    void quiet() throws Exception {
        Callers callers = new Callers(flowguard.jane(), harmful, 4, 30);
        try (callers) {
            int wanted = MINUTES * 60 * 20;
            within(
                    Duration.ofMinutes(2L * MINUTES),
                    () -> assertThat(callers.refused()).isGreaterThan(wanted));
        }
        report(MINUTES + " quiet minutes", callers);
        assertThat(callers.unjudged())
                .as("a machine that is busy may be late, but nothing is out of touch")
                .noneMatch(why -> why.contains("out of touch") || why.contains("not known"));
    }

    private static void report(String what, Callers callers) {
        System.out.println(what + ": " + callers.refused() + " calls, lost " + callers.lost() + ", not judged "
                + callers.unjudged());
        assertThat(callers.lost()).isEmpty();
    }
}
