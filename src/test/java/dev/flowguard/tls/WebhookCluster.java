package dev.flowguard.tls;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.function.Consumer;

/** An API server that holds the webhook configuration and the Secret. */
final class WebhookCluster implements AutoCloseable {
    private static final String NAMESPACE = "flowguard-system";

    private final KubernetesMockServer server = new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
    private final KubernetesClient client;

    WebhookCluster() {
        server.init();
        client = server.createClient();
        createConfiguration();
    }

    void createConfiguration() {
        client.resource(new ValidatingWebhookConfigurationBuilder()
                        .withNewMetadata()
                        .withName("flowguard")
                        .endMetadata()
                        .addNewWebhook()
                        .withName("networkpolicies.flowguard.dev")
                        .withNewClientConfig()
                        .endClientConfig()
                        .endWebhook()
                        .addNewWebhook()
                        .withName("contracts.flowguard.dev")
                        .withNewClientConfig()
                        .endClientConfig()
                        .endWebhook()
                        .build())
                .create();
    }

    /** One replica's certificates. */
    SelfManagedCertificates replica(Consumer<ServingCertificate> port, Clock clock) {
        return new SelfManagedCertificates(
                new SharedAuthorities(client, NAMESPACE), new CaBundle(client), List.of("localhost"), port, clock);
    }

    ConfigurationWatch watch() {
        return new ConfigurationWatch(client);
    }

    /** What the API server trusts. */
    List<X509Certificate> trusted() {
        return new CaBundle(client).published();
    }

    List<String> caBundles() {
        return configuration().getWebhooks().stream()
                .map(ValidatingWebhook::getClientConfig)
                .map(config -> new String(Base64.getDecoder().decode(config.getCaBundle()), StandardCharsets.US_ASCII))
                .toList();
    }

    void deleteConfiguration() {
        client.resource(configuration()).delete();
    }

    /** As an apply of the manifest does that somebody has put a {@code caBundle} into. */
    void spoilCaBundle() {
        ValidatingWebhookConfiguration configuration = configuration();
        configuration.getWebhooks().get(0).getClientConfig().setCaBundle("Cg==");
        client.resource(configuration).update();
    }

    Authorities stored() throws GeneralSecurityException {
        return AuthoritiesSecret.read(secret());
    }

    void deleteSecret() {
        client.resource(secret()).delete();
    }

    void spoilSecret() {
        Secret secret = secret();
        secret.getData().put("ca.key", "Cg==");
        client.resource(secret).update();
    }

    private Secret secret() {
        return client.secrets()
                .inNamespace(NAMESPACE)
                .withName(AuthoritiesSecret.NAME)
                .require();
    }

    private ValidatingWebhookConfiguration configuration() {
        return client.admissionRegistration()
                .v1()
                .validatingWebhookConfigurations()
                .withName("flowguard")
                .require();
    }

    @Override
    public void close() {
        client.close();
        server.destroy();
    }
}
