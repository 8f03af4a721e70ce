package dev.flowguard.audit.status;

import dev.flowguard.audit.api.ApiObjects;
import dev.flowguard.audit.api.ApiReason;
import dev.flowguard.contract.ContractSource;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.kubernetes.contract.ContractReader;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/** Writes the status of a contract through its subresource, whole, and for one version of the object only. Its spec stays as it is. */
public final class ApiStatusWriter implements StatusWriter {
    private static final String VERSION = "v1alpha1";
    private static final int INVALID = 422;

    private final KubernetesClient client;

    public ApiStatusWriter(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public Answer write(SeenContract seen, ContractStatus wanted) {
        GenericKubernetesResource contract = new GenericKubernetesResource();
        contract.setApiVersion(ContractReader.GROUP + "/" + VERSION);
        contract.setKind(seen.object().kind());
        contract.setMetadata(new ObjectMetaBuilder()
                .withNamespace(
                        seen.object().namespace().isEmpty()
                                ? null
                                : seen.object().namespace())
                .withName(seen.object().name())
                .withUid(seen.uid())
                .withResourceVersion(seen.version())
                .build());
        contract.setAdditionalProperty("status", StatusJson.write(wanted));
        try {
            return Answer.written(
                    ApiObjects.of(client, contract).updateStatus().getMetadata().getResourceVersion());
        } catch (KubernetesClientException e) {
            return new Answer(
                    outcome(e.getCode()), "", ApiReason.of(e, "update on " + plural(seen.object()) + "/status"));
        }
    }

    private static String plural(ObjectRef contract) {
        return contract.kind().equals(ContractSource.FLOW_CONTRACT) ? "flowcontracts" : "clusterflowcontracts";
    }

    private static Outcome outcome(int code) {
        return switch (code) {
            case HttpURLConnection.HTTP_CONFLICT -> Outcome.CONFLICT;
            case HttpURLConnection.HTTP_NOT_FOUND -> Outcome.GONE;
            case HttpURLConnection.HTTP_FORBIDDEN, HttpURLConnection.HTTP_UNAUTHORIZED -> Outcome.FORBIDDEN;
            case HttpURLConnection.HTTP_BAD_REQUEST, INVALID -> Outcome.REFUSED;
            default -> Outcome.FAILED;
        };
    }
}
