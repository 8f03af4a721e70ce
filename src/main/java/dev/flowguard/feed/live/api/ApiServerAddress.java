package dev.flowguard.feed.live.api;

import io.fabric8.kubernetes.client.Config;

/** Whether anybody said where the API server is. */
public final class ApiServerAddress {
    /** What the client takes without a word: the address inside of clusters. */
    private static final String INSIDE = "https://kubernetes.default.svc";

    private ApiServerAddress() {}

    public static boolean isKnown(Config client) {
        boolean elsewhere = !client.getMasterUrl().startsWith(INSIDE);
        boolean known = client.getCurrentContext() != null || client.getAutoOAuthToken() != null;
        return elsewhere || known || System.getenv("KUBERNETES_SERVICE_HOST") != null;
    }
}
