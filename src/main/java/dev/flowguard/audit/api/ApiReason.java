package dev.flowguard.audit.api;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import org.jspecify.annotations.Nullable;

/** Why the API server did not do what was asked, in a clause, with the remedy where it is a permission. */
public final class ApiReason {
    private ApiReason() {}

    /** @param permission what to grant */
    public static String of(KubernetesClientException problem, String permission) {
        @Nullable
        String said = problem.getStatus() == null ? null : problem.getStatus().getMessage();
        String why = said == null || said.isBlank() ? String.valueOf(problem.getMessage()) : said;
        String answered = problem.getCode() == 0 ? why : "the API server answered " + problem.getCode() + ": " + why;
        return problem.getCode() == HttpURLConnection.HTTP_FORBIDDEN ? answered + "; grant " + permission : answered;
    }
}
