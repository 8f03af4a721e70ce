package dev.flowguard.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.config.WhenUnsure;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponse;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionReview;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What stands around the handler: failures, too many at once, too slow. */
class GuardsTest {
    private static final Duration NO_PATIENCE = Duration.ZERO;
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Unjudged unjudged = new Unjudged(WhenUnsure.ADMIT, (request, rejected, reason) -> {});
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void aVerdictPassesUnchanged() {
        Answer verdict = Requests.admitted();

        assertThat(bounded(request -> verdict, 1, NO_PATIENCE).handle(Requests.request()))
                .isSameAs(verdict);
    }

    @Test
    void aHandlerThatThrowsIsAnsweredFor() {
        assertThat(answerOf(request -> {
                    throw new IllegalStateException("a bug");
                }))
                .contains("internal error, see its log");
    }

    @Test
    void evenAnErrorIsAnsweredFor() {
        assertThat(answerOf(request -> {
                    throw new StackOverflowError("too deep");
                }))
                .contains("internal error, see its log");
    }

    @Test
    void oneTooManyIsNotJudged() throws Exception {
        Blocking blocking = new Blocking();
        BoundedReviews reviews = bounded(blocking, 1, NO_PATIENCE);
        Future<Answer> first = threads.submit(() -> reviews.handle(Requests.request()));
        blocking.entered.await();

        assertThat(reviews.handle(Requests.request()).response().getWarnings().get(0))
                .contains("too many changes at once");
        blocking.leave.countDown();
        assertThat(first.get().response().getWarnings()).isNullOrEmpty();
        assertThat(reviews.handle(Requests.request()).response().getWarnings())
                .as("the place is free again")
                .isNullOrEmpty();
    }

    @Test
    void whoWaitsGetsTheNextPlace() throws Exception {
        Blocking blocking = new Blocking();
        BoundedReviews reviews = bounded(blocking, 1, LONG);
        Future<Answer> first = threads.submit(() -> reviews.handle(Requests.request()));
        blocking.entered.await();
        Future<Answer> second = threads.submit(() -> reviews.handle(Requests.request()));

        blocking.leave.countDown();
        assertThat(first.get().response().getWarnings()).isNullOrEmpty();
        assertThat(second.get().response().getWarnings()).isNullOrEmpty();
        assertThat(blocking.calls).hasValue(2);
    }

    @Test
    void aPlaceIsGivenBackByAHandlerThatThrows() {
        BoundedReviews reviews = bounded(
                request -> {
                    throw new IllegalStateException("a bug");
                },
                1,
                NO_PATIENCE);

        for (int i = 0; i < 3; i++) {
            assertThat(reviews.handle(Requests.request())
                            .response()
                            .getWarnings()
                            .get(0))
                    .contains("internal error");
        }
    }

    @Test
    void reviewsAreStuckWhenNoneHasMovedWithAllPlacesTaken() throws Exception {
        Blocking blocking = new Blocking();
        AtomicLong now = new AtomicLong();
        BoundedReviews reviews = new BoundedReviews(blocking, unjudged, 1, NO_PATIENCE, now::get);

        now.set(LONG.toNanos());
        assertThat(reviews.stuckFor(LONG)).as("idle").isFalse();
        Future<Answer> review = threads.submit(() -> reviews.handle(Requests.request()));
        blocking.entered.await();
        assertThat(reviews.stuckFor(LONG)).as("busy since now").isFalse();
        now.addAndGet(LONG.toNanos());
        assertThat(reviews.stuckFor(LONG)).as("busy for a minute").isTrue();
        blocking.leave.countDown();
        review.get();
        assertThat(reviews.stuckFor(LONG)).as("idle again").isFalse();
    }

    @Test
    void theAnswerRepeatsTheUidWhateverTheHandlerSays() throws Exception {
        ReviewHandler handler = request -> {
            Answer answer = Requests.admitted();
            answer.response().setUid("forgotten");
            return answer;
        };

        assertThat(desk(handler, LONG)
                        .review(Requests.body("u-1"))
                        .toCompletableFuture()
                        .get()
                        .getResponse()
                        .getUid())
                .isEqualTo("u-1");
    }

    @Test
    void aHandlerThatDoesNotEndIsAnsweredForAtTheDeadline() throws Exception {
        Blocking blocking = new Blocking();

        AdmissionResponse response = desk(blocking, Duration.ofMillis(20))
                .review(Requests.body("u-1"))
                .toCompletableFuture()
                .get()
                .getResponse();

        assertThat(response.getAllowed()).isTrue();
        assertThat(response.getUid()).isEqualTo("u-1");
        assertThat(response.getWarnings().get(0)).contains("no verdict within 20 ms");
    }

    @Test
    void aReviewThatNoWorkerComesToIsAnsweredForAtTheDeadline() throws Exception {
        List<Runnable> queue = new ArrayList<>();
        AtomicInteger judged = new AtomicInteger();
        ReviewHandler handler = request -> {
            judged.incrementAndGet();
            return Requests.admitted();
        };
        ReviewDesk desk = new ReviewDesk(
                new ReviewReader(), handler, unjudged, Duration.ofMillis(20), queue::add, request -> false);

        AdmissionResponse response =
                desk.review(Requests.body("u-1")).toCompletableFuture().get().getResponse();
        assertThat(response.getUid()).isEqualTo("u-1");
        assertThat(response.getWarnings().get(0)).contains("no verdict within 20 ms");

        queue.forEach(Runnable::run);
        assertThat(judged).as("nobody waits for it any more").hasValue(0);
    }

    @Test
    void ofALateVerdictNothingFollows() throws Exception {
        Blocking blocking = new Blocking();
        List<Runnable> queue = new ArrayList<>();
        CompletableFuture<AdmissionReview> answer = new ReviewDesk(
                        new ReviewReader(), blocking, unjudged, Duration.ofMillis(20), queue::add, request -> false)
                .review(Requests.body("u-1"))
                .toCompletableFuture();
        Future<?> worker = threads.submit(() -> queue.forEach(Runnable::run));

        assertThat(answer.get().getResponse().getWarnings().get(0)).contains("no verdict within 20 ms");
        blocking.leave.countDown();
        worker.get();
        assertThat(blocking.given).isFalse();
    }

    @Test
    void ofTheAnswerToAReviewOfItsOwnNothingFollows() throws Exception {
        Blocking ready = new Blocking();
        ready.leave.countDown();
        ReviewDesk desk = new ReviewDesk(
                new ReviewReader(),
                ready,
                unjudged,
                LONG,
                threads,
                request -> request.getUid().equals("u-1"));

        desk.review(Requests.body("u-1")).toCompletableFuture().get();
        assertThat(ready.given).isFalse();

        desk.review(Requests.body("u-2")).toCompletableFuture().get();
        assertThat(ready.given).isTrue();
    }

    @Test
    void whatFollowsFromAnAnswerIsDoneBeforeItIsOnItsWay() throws Exception {
        Blocking ready = new Blocking();
        ready.leave.countDown();

        desk(ready, LONG).review(Requests.body("u-1")).toCompletableFuture().get();
        assertThat(ready.given).isTrue();
    }

    @Test
    void anAnswerIsGivenEvenIfWhatFollowsFromItFails() throws Exception {
        ReviewHandler handler = request -> new Answer(Requests.admitted().response(), () -> {
            throw new IllegalStateException("a bug");
        });

        assertThat(desk(handler, LONG)
                        .review(Requests.body("u-1"))
                        .toCompletableFuture()
                        .get()
                        .getResponse()
                        .getAllowed())
                .isTrue();
    }

    @Test
    void aBodyThatIsNoReviewIsReportedToTheSender() {
        CompletableFuture<?> answer =
                desk(request -> Requests.admitted(), LONG).review(new byte[0]).toCompletableFuture();

        assertThat(answer)
                .failsWithin(LONG)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(BadReview.class);
    }

    private String answerOf(ReviewHandler handler) {
        return bounded(handler, 1, NO_PATIENCE)
                .handle(Requests.request())
                .response()
                .getWarnings()
                .get(0);
    }

    private BoundedReviews bounded(ReviewHandler handler, int atOnce, Duration patience) {
        return new BoundedReviews(new FailSafeReviews(handler, unjudged), unjudged, atOnce, patience);
    }

    private ReviewDesk desk(ReviewHandler handler, Duration deadline) {
        return new ReviewDesk(new ReviewReader(), handler, unjudged, deadline, threads, request -> false);
    }

    /** A handler that ends when it is told to. */
    private static final class Blocking implements ReviewHandler {
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch leave = new CountDownLatch(1);
        private final AtomicInteger calls = new AtomicInteger();
        private final AtomicBoolean given = new AtomicBoolean();

        @Override
        public Answer handle(AdmissionRequest request) {
            calls.incrementAndGet();
            entered.countDown();
            try {
                leave.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Answer(Requests.admitted().response(), () -> given.set(true));
        }
    }
}
