package dev.flowguard.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whoever asks for much must not keep others waiting. */
@DisplayName("Places for judging")
class PlacesTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch leave = new CountDownLatch(1);

    @AfterEach
    void stop() {
        leave.countDown();
        threads.shutdownNow();
    }

    @DisplayName("are taken by one namespace to the half, so that another's change is judged at once")
    @Test
    void half() throws Exception {
        Places places = new Places(4, threads);
        CountDownLatch entered = new CountDownLatch(2);
        for (int i = 0; i < 50; i++) {
            places.execute("hostile", () -> {
                entered.countDown();
                awaitUninterrupted(leave);
            });
        }
        assertThat(entered.await(1, TimeUnit.MINUTES)).isTrue();

        CountDownLatch honest = new CountDownLatch(1);
        places.execute("honest", honest::countDown);
        assertThat(honest.await(1, TimeUnit.MINUTES)).isTrue();
    }

    @DisplayName("are given in turns: one of each namespace, however many of one came first")
    @Test
    void turns() {
        List<Runnable> threads = new ArrayList<>();
        Places places = new Places(1, threads::add);
        List<String> done = new ArrayList<>();
        for (String namespace : List.of("a", "a", "a", "b", "b", "c")) {
            places.execute(namespace, () -> done.add(namespace));
        }
        for (int i = 0; i < threads.size(); i++) {
            threads.get(i).run();
        }
        assertThat(done).containsExactly("a", "b", "c", "a", "b", "a");
    }

    @DisplayName("lose nothing where a namespace has to wait for itself")
    @Test
    void nothingIsLost() throws Exception {
        Places places = new Places(2, threads);
        CountDownLatch all = new CountDownLatch(3_000);
        for (int i = 0; i < 1_000; i++) {
            for (String namespace : List.of("a", "b", "c")) {
                places.execute(namespace, all::countDown);
            }
        }
        assertThat(all.await(1, TimeUnit.MINUTES)).isTrue();
    }

    @DisplayName(
            "are left by who waits for an answer: another of the same namespace has it for so long, and gives it back")
    @Test
    void whileWaiting() throws Exception {
        Places places = new Places(2, threads);
        CountDownLatch answered = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch back = new CountDownLatch(1);
        places.execute("shop", () -> {
            places.whileWaiting(() -> awaitUninterrupted(answered));
            back.countDown();
        });
        places.execute("shop", () -> {
            begun.countDown();
            awaitUninterrupted(leave);
        });
        assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();

        answered.countDown();
        untilSomebodyWaitsFor(places);
        assertThat(back.getCount()).as("a namespace has one of two places").isOne();
        leave.countDown();
        assertThat(back.await(1, TimeUnit.MINUTES)).isTrue();
    }

    @DisplayName("are given to who is back before those that have not begun")
    @Test
    void backFirst() throws Exception {
        Places places = new Places(1, threads);
        List<String> done = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch answered = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch all = new CountDownLatch(3);
        places.execute("a", () -> {
            places.whileWaiting(() -> awaitUninterrupted(answered));
            done.add("back");
            all.countDown();
        });
        places.execute("a", () -> {
            begun.countDown();
            awaitUninterrupted(leave);
            done.add("second");
            all.countDown();
        });
        places.execute("a", () -> {
            done.add("third");
            all.countDown();
        });
        assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
        answered.countDown();
        untilSomebodyWaitsFor(places);
        leave.countDown();

        assertThat(all.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(done).containsExactly("second", "back", "third");
    }

    @DisplayName("are kept by who waits where many wait already, so that threads have an end")
    @Test
    void mostAway() throws Exception {
        Places places = new Places(1, threads);
        CountDownLatch away = new CountDownLatch(9);
        for (int i = 0; i < 20; i++) {
            places.execute(
                    String.valueOf(i),
                    () -> places.whileWaiting(() -> {
                        away.countDown();
                        return awaitUninterrupted(leave);
                    }));
        }
        assertThat(away.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(((ThreadPoolExecutor) threads).getPoolSize()).isEqualTo(9);
    }

    @DisplayName("lose nothing where many leave them and come back")
    @Test
    void nothingIsLostByWaiting() throws Exception {
        Places places = new Places(2, threads);
        CountDownLatch all = new CountDownLatch(3_000);
        for (int i = 0; i < 1_000; i++) {
            for (String namespace : List.of("a", "b", "c")) {
                places.execute(namespace, () -> {
                    places.whileWaiting(() -> true);
                    all.countDown();
                });
            }
        }
        assertThat(all.await(1, TimeUnit.MINUTES)).isTrue();
    }

    @DisplayName(
            "are taken to the half by all those together that made much work lately, so that two of them keep nobody waiting")
    @Test
    void muchWork() throws Exception {
        AtomicLong now = new AtomicLong();
        Places places = new Places(2, threads, now::get);
        for (String hostile : List.of("hostile-a", "hostile-b")) {
            CountDownLatch over = new CountDownLatch(1);
            places.execute(hostile, () -> now.addAndGet(Duration.ofSeconds(2).toNanos()));
            places.execute(hostile, over::countDown);
            assertThat(over.await(1, TimeUnit.MINUTES)).isTrue();
        }
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        CountDownLatch honest = new CountDownLatch(1);
        places.execute("hostile-a", () -> {
            first.countDown();
            awaitUninterrupted(leave);
        });
        assertThat(first.await(1, TimeUnit.MINUTES)).isTrue();
        places.execute("hostile-b", second::countDown);
        places.execute("honest", honest::countDown);

        assertThat(honest.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(second.getCount()).isOne();
        leave.countDown();
        assertThat(second.await(1, TimeUnit.MINUTES))
                .as("its turn comes all the same")
                .isTrue();
    }

    @DisplayName("are free again for who made much work a while ago")
    @Test
    void workIsForgotten() {
        AtomicLong now = new AtomicLong();
        RecentWork work = new RecentWork(now::get);
        work.add("shop", Duration.ofSeconds(3).toNanos());
        assertThat(work.isMuch("shop")).isTrue();
        assertThat(work.isMuch("other")).isFalse();

        now.addAndGet(Duration.ofSeconds(20).toNanos());
        assertThat(work.isMuch("shop")).isFalse();
    }

    private static void untilSomebodyWaitsFor(Object monitor) {
        while (Arrays.stream(ManagementFactory.getThreadMXBean().dumpAllThreads(false, false))
                .map(ThreadInfo::getLockInfo)
                .noneMatch(lock -> lock != null && lock.getIdentityHashCode() == System.identityHashCode(monitor))) {
            Thread.onSpinWait();
        }
    }

    private static boolean awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
