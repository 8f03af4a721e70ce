package dev.flowguard.feed.live.api;

import io.fabric8.kubernetes.client.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A request that has been sent, and whose answer is waited for later, so that several are under way at once. */
public final class PendingAnswer {
    private final Supplier<CompletableFuture<HttpResponse<byte[]>>> sender;
    private CompletableFuture<HttpResponse<byte[]>> asked;

    /** Sends it. */
    PendingAnswer(Supplier<CompletableFuture<HttpResponse<byte[]>>> sender) {
        this.sender = sender;
        this.asked = sender.get();
    }

    /** Waits for the body of a good answer. A connection that was idle may be closed just when it is used again; so it is sent once more. */
    public byte[] await(Duration atMost) throws ApiProblem, InterruptedException {
        return ApiServer.twice(atMost, left -> {
            if (asked.isCompletedExceptionally()) {
                asked = sender.get();
            }
            HttpResponse<byte[]> response = ApiServer.await(asked, left);
            if (!response.isSuccessful()) {
                throw ApiProblem.answered(response.code(), ApiServer.message(response.body()));
            }
            return response.body();
        });
    }

    /** The answer is wanted no more; does nothing where it has come. */
    public void cancel() {
        asked.cancel(true);
    }
}
