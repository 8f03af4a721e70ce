package dev.flowguard.tls;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the API server is told to trust when it calls: the {@code caBundle} in each webhook of the one configuration. */
final class CaBundle {
    static final String CONFIGURATION = "flowguard";

    private final Resource<ValidatingWebhookConfiguration> configuration;

    CaBundle(KubernetesClient client) {
        configuration = client.admissionRegistration()
                .v1()
                .validatingWebhookConfigurations()
                .withName(CONFIGURATION);
    }

    /**
     * Those that every webhook trusts; none where there is no configuration, and so nobody who calls.
     *
     * @throws KubernetesClientException if the configuration cannot be read
     */
    List<X509Certificate> published() {
        @Nullable ValidatingWebhookConfiguration found = configuration.get();
        List<ValidatingWebhook> webhooks = found == null ? List.of() : webhooks(found);
        return webhooks.stream()
                .map(CaBundle::certificates)
                .reduce((some, others) -> some.stream().filter(others::contains).toList())
                .orElse(List.of());
    }

    /**
     * Makes exactly these trusted; writes only what differs. That of another replica at the same time says the same, or is put right
     * at the next round.
     *
     * @return whether there is a configuration that can trust them
     * @throws KubernetesClientException if the configuration cannot be written
     */
    boolean publish(List<X509Certificate> trusted) {
        @Nullable ValidatingWebhookConfiguration found = configuration.get();
        if (found == null) {
            return false;
        }
        List<ValidatingWebhook> webhooks = webhooks(found);
        String bundle = Base64.getEncoder().encodeToString(Pem.of(trusted).getBytes(StandardCharsets.US_ASCII));
        ArrayNode patch = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < webhooks.size(); i++) {
            if (!bundle.equals(webhooks.get(i).getClientConfig().getCaBundle())) {
                // The list may have changed since it was read.
                patch.addObject()
                        .put("op", "test")
                        .put("path", "/webhooks/" + i + "/name")
                        .put("value", webhooks.get(i).getName());
                patch.addObject()
                        .put("op", "add")
                        .put("path", "/webhooks/" + i + "/clientConfig/caBundle")
                        .put("value", bundle);
            }
        }
        if (!patch.isEmpty()) {
            configuration.patch(PatchContext.of(PatchType.JSON), patch.toString());
        }
        return true;
    }

    private static List<ValidatingWebhook> webhooks(ValidatingWebhookConfiguration found) {
        return found.getWebhooks() == null ? List.of() : found.getWebhooks();
    }

    /** What is no certificate is trusted by nobody, and will be replaced. */
    private static List<X509Certificate> certificates(ValidatingWebhook webhook) {
        @Nullable String bundle = webhook.getClientConfig().getCaBundle();
        if (bundle == null || bundle.isEmpty()) {
            return List.of();
        }
        try {
            return Pem.certificates(new String(Base64.getDecoder().decode(bundle), StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return List.of();
        }
    }
}
