package dev.flowguard.admission;

import dev.flowguard.tls.Trust;
import dev.flowguard.tls.WebhookKeyStore;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import java.net.URL;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The running application with a handler that throws: the API server gets HTTP 200 and an answer all the same. */
@QuarkusTest
@TestProfile(FailingHandlerTest.Failing.class)
class FailingHandlerTest {
    @Inject
    WebhookKeyStore keyStore;

    @TestHTTPResource(value = "/validate", tls = true)
    @SuppressWarnings("NullAway.Init")
    URL url;

    @Test
    void theChangeIsAdmittedWithAWarning() throws Exception {
        Requests.assertAdmittedUnjudged(url, Trust.config(keyStore.served()));
    }

    /** Puts the handler below in the place of the real one. */
    public static final class Failing implements QuarkusTestProfile {
        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(FailingHandler.class);
        }

        /** On a busy machine the first request of a process takes its time. */
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("flowguard.deadline", "60s");
        }
    }

    @Alternative
    @ApplicationScoped
    static class FailingHandler implements ReviewHandler {
        @Override
        public Answer handle(AdmissionRequest request) {
            throw new IllegalStateException("as this test wants it");
        }
    }
}
