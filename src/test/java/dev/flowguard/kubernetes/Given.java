package dev.flowguard.kubernetes;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** Objects as the client reads them from the API server, which is how live ones arrive. */
final class Given {
    private static final KubernetesSerialization CLIENT = new KubernetesSerialization();

    private Given() {}

    /** @param yaml in either style; the marker before it keeps the client from taking {@code {a: b}} for JSON */
    static <T> T object(Class<T> type, String yaml) {
        return CLIENT.unmarshal("---\n" + yaml, type);
    }
}
