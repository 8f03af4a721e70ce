package dev.flowguard.view.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The streams of events that are open. Each occupies a thread, and that its page has gone is noticed late: so of too many the oldest
 * gives way, and its page, if it is still there, asks again.
 */
final class OpenStreams {
    static final int MOST = 12;

    private final Deque<Place> places = new ArrayDeque<>();

    synchronized Place open() {
        if (places.size() >= MOST) {
            places.removeFirst().taken.countDown();
        }
        Place place = new Place();
        places.addLast(place);
        return place;
    }

    private synchronized void leave(Place place) {
        places.remove(place);
    }

    /** Where one stream is. */
    final class Place implements AutoCloseable {
        private final CountDownLatch taken = new CountDownLatch(1);

        private Place() {}

        /** Waits so long. @return whether another stream is there by then */
        boolean isTakenWithin(long millis) throws InterruptedException {
            return taken.await(millis, TimeUnit.MILLISECONDS);
        }

        @Override
        public void close() {
            leave(this);
        }
    }
}
