package dev.flowguard.admission;

import dev.flowguard.admission.decision.ClusterState;
import dev.flowguard.tls.Trust;
import dev.flowguard.tls.WebhookKeyStore;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URL;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A contract is admitted even where its check fails and policies that cannot be judged are denied. */
@QuarkusTest
@TestProfile(FailingDeclarationsTest.Failing.class)
class FailingDeclarationsTest {
    @Inject
    WebhookKeyStore keyStore;

    @TestHTTPResource(value = "/validate-contracts", tls = true)
    @SuppressWarnings("NullAway.Init")
    URL url;

    @Test
    void theContractIsAdmittedWithAWarning() throws Exception {
        Requests.assertAdmittedUnjudged(url, Trust.config(keyStore.served()));
    }

    /** Puts the handler below in the place of the real one. */
    public static final class Failing implements QuarkusTestProfile {
        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(FailingReviews.class);
        }

        /** On a busy machine the first request of a process takes its time. */
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("flowguard.deadline", "60s", "flowguard.when-unjudged", "deny");
        }
    }

    @Alternative
    @Singleton
    @Typed(DeclarationReviews.class)
    static class FailingReviews extends DeclarationReviews {
        FailingReviews(ClusterState state, DecisionMetrics metrics) {
            super(state, metrics);
        }

        @Override
        public Answer handle(AdmissionRequest request) {
            throw new IllegalStateException("as this test wants it");
        }
    }
}
