package dev.flowguard.testing;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/** Puts objects into the mock API server, which has to be told how custom resources are called. */
public final class ServedObjects {
    public static final ResourceDefinitionContext CONTRACTS = new ResourceDefinitionContext.Builder()
            .withGroup("flowguard.dev")
            .withVersion("v1alpha1")
            .withKind("FlowContract")
            .withPlural("flowcontracts")
            .withNamespaced(true)
            .build();

    private ServedObjects() {}

    /**
     * Creates them.
     *
     * @param objects of kinds that the client knows, as YAML documents
     * @param contract a FlowContract
     */
    public static void create(KubernetesClient client, String objects, String contract) {
        client.load(new ByteArrayInputStream(objects.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(object -> client.resource(object).create());
        GenericKubernetesResource declared =
                client.getKubernetesSerialization().unmarshal(contract, GenericKubernetesResource.class);
        client.genericKubernetesResources(CONTRACTS)
                .inNamespace(declared.getMetadata().getNamespace())
                .resource(declared)
                .create();
    }
}
