package dev.flowguard.admission.declaration;

import dev.flowguard.admission.Requests;
import io.fabric8.kubernetes.api.model.GroupVersionKind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.client.utils.Serialization;

/** Requests about contracts and annotated objects, as the API server makes them of YAML. */
final class Declarations {
    private Declarations() {}

    static AdmissionRequest created(String yaml) {
        AdmissionRequest request = request("CREATE", yaml);
        request.setObject(object(yaml));
        return request;
    }

    static AdmissionRequest updated(String before, String after) {
        AdmissionRequest request = request("UPDATE", after);
        request.setObject(object(after));
        request.setOldObject(object(before));
        return request;
    }

    static AdmissionRequest deleted(String yaml) {
        AdmissionRequest request = request("DELETE", yaml);
        request.setOldObject(object(yaml));
        return request;
    }

    private static AdmissionRequest request(String operation, String yaml) {
        HasMetadata object = object(yaml);
        String[] version = object.getApiVersion().split("/", 2);
        AdmissionRequest request = Requests.request();
        request.setOperation(operation);
        request.setKind(new GroupVersionKind(
                version.length == 1 ? "" : version[0], object.getKind(), version[version.length - 1]));
        request.setName(object.getMetadata().getName());
        request.setNamespace(object.getMetadata().getNamespace());
        return request;
    }

    private static HasMetadata object(String yaml) {
        return (HasMetadata) Serialization.unmarshal(yaml, KubernetesResource.class);
    }
}
