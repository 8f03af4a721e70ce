package dev.flowguard.admission;

import static dev.flowguard.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.admission.http.BadReview;
import dev.flowguard.admission.http.ReviewReader;
import dev.flowguard.assess.Effort;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What stands around the handler: failures, too many at once, too slow. */
class GuardsTest {
    /** Long enough for a thread to begin in half of it. */
    private static final Duration SHORT = Duration.ofMillis(400);

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

        assertThat(new FailSafeReviews(request -> verdict, unjudged).handle(Requests.request()))
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
    void onlySoManyAreJudgedAtOnceAndTheOthersInTheirTurn() throws Exception {
        Blocking blocking = new Blocking();
        ReviewDesk desk = desk(blocking, LONG, new Places(1, threads));
        CompletableFuture<AdmissionReview> first = review(desk, "u-1");
        blocking.entered.await();
        CompletableFuture<AdmissionReview> second = review(desk, "u-2");
        CompletableFuture<AdmissionReview> third = review(desk, "u-3");

        assertThat(blocking.calls).hasValue(1);
        blocking.leave.countDown();
        for (CompletableFuture<AdmissionReview> each : List.of(first, second, third)) {
            assertThat(each.get().getResponse().getWarnings()).isNullOrEmpty();
        }
        assertThat(blocking.calls).hasValue(3);
    }

    @Test
    void whoseTurnDoesNotComeIsToldThatThereAreTooMany() throws Exception {
        Blocking blocking = new Blocking();
        ReviewDesk desk = desk(blocking, SHORT, new Places(1, threads));
        CompletableFuture<AdmissionReview> first = review(desk, "u-1");
        blocking.entered.await();

        assertThat(warning(review(desk, "u-2"))).contains("too many changes at once");
        assertThat(warning(first)).contains("no verdict within 400 ms");
        blocking.leave.countDown();
        assertThat(blocking.calls).hasValue(1);
    }

    @Test
    void whoseTurnComesWhenHalfOfTheTimeIsOverIsNotJudged() throws Exception {
        List<Runnable> queue = new ArrayList<>();
        AtomicLong now = new AtomicLong();
        AtomicInteger judged = new AtomicInteger();
        ReviewHandler handler = request -> {
            judged.incrementAndGet();
            return Requests.admitted();
        };
        ReviewDesk desk = new ReviewDesk(
                new ReviewReader(Requests.LIMIT),
                handler,
                unjudged,
                LONG,
                Requests.weights(),
                (namespace, task) -> queue.add(task),
                request -> false,
                now::get);
        CompletableFuture<AdmissionReview> early = review(desk, "u-1");
        CompletableFuture<AdmissionReview> late = review(desk, "u-2");

        now.set(LONG.dividedBy(2).toNanos() - 1);
        queue.get(0).run();
        now.incrementAndGet();
        queue.get(1).run();

        assertThat(early.get().getResponse().getWarnings()).isNullOrEmpty();
        assertThat(warning(late)).contains("too many changes at once");
        assertThat(judged).hasValue(1);
    }

    @Test
    void aPlaceIsGivenBackByATaskThatThrows() throws Exception {
        Places places = new Places(1, threads);
        CompletableFuture<Boolean> ran = new CompletableFuture<>();

        places.execute(() -> {
            throw new StackOverflowError("too deep");
        });
        places.execute(() -> ran.complete(true));

        assertThat(ran).succeedsWithin(LONG);
    }

    @Test
    void noTaskIsForgottenHoweverManyCome() throws Exception {
        int many = 20_000;
        Places places = new Places(2, threads);
        CountDownLatch left = new CountDownLatch(2 * many);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Runnable task = () -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            running.decrementAndGet();
            left.countDown();
        };
        Runnable sender = () -> {
            for (int i = 0; i < many; i++) {
                places.execute(task);
            }
        };

        threads.submit(sender);
        threads.submit(sender);

        assertThat(left.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(most.get()).isLessThanOrEqualTo(2);
    }

    @Test
    void reviewsAreStuckWhenNoneHasMovedWithAllPlacesTaken() throws Exception {
        Blocking blocking = new Blocking();
        AtomicLong now = new AtomicLong();
        Places places = new Places(1, threads, now::get);

        now.set(LONG.toNanos());
        assertThat(places.stuckFor(LONG)).as("idle").isFalse();
        places.execute(() -> blocking.handle(Requests.request()));
        blocking.entered.await();
        assertThat(places.stuckFor(LONG)).as("busy since now").isFalse();
        now.addAndGet(LONG.toNanos());
        assertThat(places.stuckFor(LONG)).as("busy for a minute").isTrue();
        blocking.leave.countDown();
        await().until(() -> !places.stuckFor(LONG));
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

        AdmissionResponse response = desk(blocking, SHORT)
                .review(Requests.body("u-1"))
                .toCompletableFuture()
                .get()
                .getResponse();

        assertThat(response.getAllowed()).isTrue();
        assertThat(response.getUid()).isEqualTo("u-1");
        assertThat(response.getWarnings().get(0)).contains("no verdict within 400 ms");
    }

    @Test
    void aJudgementWhoseTimeIsOverGivesItsPlaceBackAndIsAnsweredFor() throws Exception {
        ReviewHandler handler = new ReviewHandler() {
            @Override
            public Answer handle(AdmissionRequest request) {
                throw new AssertionError("not without a limit");
            }

            @Override
            public Answer handle(AdmissionRequest request, Effort effort) {
                while (!effort.isOver()) {
                    Thread.onSpinWait();
                }
                return Answer.NONE;
            }
        };
        Places places = new Places(1, threads);
        ReviewDesk desk = desk(handler, SHORT, places);

        CompletableFuture<AdmissionReview> first = review(desk, "u-1");
        assertThat(warning(first)).contains("no verdict within 400 ms");
        CompletableFuture<Boolean> next = new CompletableFuture<>();
        places.execute(() -> next.complete(true));
        assertThat(next).succeedsWithin(LONG);
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
                new ReviewReader(Requests.LIMIT),
                handler,
                unjudged,
                SHORT,
                Requests.weights(),
                (namespace, task) -> queue.add(task),
                request -> false);

        AdmissionResponse response =
                desk.review(Requests.body("u-1")).toCompletableFuture().get().getResponse();
        assertThat(response.getUid()).isEqualTo("u-1");
        assertThat(response.getWarnings().get(0)).contains("too many changes at once");

        queue.forEach(Runnable::run);
        assertThat(judged).as("nobody waits for it any more").hasValue(0);
    }

    @Test
    void ofALateVerdictNothingFollows() throws Exception {
        Blocking blocking = new Blocking();
        List<Runnable> queue = new ArrayList<>();
        CompletableFuture<AdmissionReview> answer = new ReviewDesk(
                        new ReviewReader(Requests.LIMIT),
                        blocking,
                        unjudged,
                        SHORT,
                        Requests.weights(),
                        (namespace, task) -> queue.add(task),
                        request -> false)
                .review(Requests.body("u-1"))
                .toCompletableFuture();
        Future<?> worker = threads.submit(() -> queue.forEach(Runnable::run));

        assertThat(answer.get().getResponse().getWarnings().get(0)).contains("no verdict within 400 ms");
        blocking.leave.countDown();
        worker.get();
        assertThat(blocking.given).isFalse();
    }

    @Test
    void ofTheAnswerToAReviewOfItsOwnNothingFollows() throws Exception {
        Blocking ready = new Blocking();
        ready.leave.countDown();
        ReviewDesk desk = new ReviewDesk(
                new ReviewReader(Requests.LIMIT),
                ready,
                unjudged,
                LONG,
                Requests.weights(),
                (namespace, task) -> threads.execute(task),
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
        return new FailSafeReviews(handler, unjudged)
                .handle(Requests.request())
                .response()
                .getWarnings()
                .get(0);
    }

    private ReviewDesk desk(ReviewHandler handler, Duration deadline) {
        return desk(handler, deadline, (namespace, task) -> threads.execute(task));
    }

    private ReviewDesk desk(ReviewHandler handler, Duration deadline, Turns turns) {
        return new ReviewDesk(
                new ReviewReader(Requests.LIMIT),
                handler,
                unjudged,
                deadline,
                Requests.weights(),
                turns,
                request -> false);
    }

    private static CompletableFuture<AdmissionReview> review(ReviewDesk desk, String uid) {
        return desk.review(Requests.body(uid)).toCompletableFuture();
    }

    private static String warning(CompletableFuture<AdmissionReview> answer) throws Exception {
        return answer.get().getResponse().getWarnings().get(0);
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
