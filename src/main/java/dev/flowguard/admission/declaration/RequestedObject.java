package dev.flowguard.admission.declaration;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import org.jspecify.annotations.Nullable;

/** What a request says about its object beside the object. */
public final class RequestedObject {
    private RequestedObject() {}

    /** The same object; the request names its namespace even where the object does not. */
    public static <T extends HasMetadata> T inNamespace(T object, AdmissionRequest request) {
        if (object.getMetadata() == null) {
            object.setMetadata(new ObjectMeta());
        }
        ObjectMeta metadata = object.getMetadata();
        if (metadata.getNamespace() == null) {
            metadata.setNamespace(request.getNamespace());
        }
        if (metadata.getName() == null && !text(request.getName()).isEmpty()) {
            metadata.setName(request.getName());
        }
        return object;
    }

    /** Whether the object is already marked for deletion, so that its finalizers are all that still changes. */
    public static boolean isFinalizing(HasMetadata object) {
        return object.getMetadata() != null && object.getMetadata().getDeletionTimestamp() != null;
    }

    public static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
