package dev.flowguard.feed.live.api;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A watch that has been asked for. */
public final class OpeningWatch {
    private final WatchStream stream;
    private final CompletableFuture<HttpResponse<AsyncBody>> response;

    /** @param bell rings when there is an answer */
    OpeningWatch(WatchStream stream, CompletableFuture<HttpResponse<AsyncBody>> response, Runnable bell) {
        this.stream = stream;
        this.response = response;
        response.whenComplete((answer, failure) -> bell.run());
    }

    /** Whether {@link #await} would not have to wait for an answer. */
    public boolean isAnswered() {
        return response.isDone();
    }

    /**
     * Waits until the API server has accepted the watch.
     *
     * @throws ApiProblem if it did not, or not in that time; then nothing is left of it
     */
    public WatchStream await(Duration atMost) throws ApiProblem, InterruptedException {
        HttpResponse<AsyncBody> answer;
        try {
            answer = ApiServer.await(response, atMost);
        } catch (ApiProblem | InterruptedException e) {
            cancel();
            throw e;
        }
        stream.opened(answer.body());
        if (answer.isSuccessful()) {
            return stream;
        }
        try (stream) {
            throw ApiProblem.answered(answer.code(), ApiServer.message(stream.all(atMost)));
        }
    }

    /** It is not wanted any more, even if it is answered later. */
    public void cancel() {
        response.thenAccept(late -> late.body().cancel());
    }
}
