package dev.flowguard.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
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

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
