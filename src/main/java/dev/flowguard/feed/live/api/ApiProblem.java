package dev.flowguard.feed.live.api;

import java.net.HttpURLConnection;
import java.time.Duration;

/** The API server did not give what was asked for: it refused, failed, or did not answer at all. */
public final class ApiProblem extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int NO_ANSWER = 0;
    private static final int TOO_MANY_REQUESTS = 429;

    private final int code;

    private ApiProblem(int code, String message) {
        super(message);
        this.code = code;
    }

    /** @param code the HTTP status, or the code of a Status object */
    public static ApiProblem answered(int code, String message) {
        return new ApiProblem(code, "the API server answered " + code + (message.isEmpty() ? "" : ": " + message));
    }

    public static ApiProblem noAnswer(String why) {
        return new ApiProblem(NO_ANSWER, why);
    }

    /** Nothing has come in for so long, and nothing does when it is asked for. */
    public static ApiProblem silence(Duration time) {
        return new ApiProblem(NO_ANSWER, "nothing has been heard for " + time.toSeconds() + " s");
    }

    public boolean isAnswer() {
        return code > NO_ANSWER;
    }

    /** The changes asked for are no longer kept: everything must be listed anew. */
    public boolean isGone() {
        return code == HttpURLConnection.HTTP_GONE;
    }

    public boolean isForbidden() {
        return code == HttpURLConnection.HTTP_FORBIDDEN;
    }

    /** The API server does not know who asks. */
    public boolean isUnauthorized() {
        return code == HttpURLConnection.HTTP_UNAUTHORIZED;
    }

    /** The cluster has no such kind. */
    public boolean isAbsent() {
        return code == HttpURLConnection.HTTP_NOT_FOUND;
    }

    /** The request was refused for what it says, so that repeating it is no use; not because the server is too busy. */
    public boolean isRefusal() {
        return code >= HttpURLConnection.HTTP_BAD_REQUEST
                && code < HttpURLConnection.HTTP_INTERNAL_ERROR
                && code != TOO_MANY_REQUESTS;
    }

    /** What went wrong, as a clause. */
    public String clause() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
