package dev.flowguard.feed.live;

import dev.flowguard.feed.live.api.ApiProblem;
import dev.flowguard.feed.live.api.ApiServer;
import dev.flowguard.feed.live.api.Resource;
import dev.flowguard.feed.live.api.ServedPolicies;
import java.util.function.Consumer;

/**
 * Finds the kinds of other policies that the cluster serves, at first and then again and again, since they come and go with the
 * software that brings them. Runs on a thread of its own until it is interrupted.
 */
final class OtherPolicyDiscovery implements Runnable {
    private final ServedPolicies served;
    private final KindHealth health;
    private final FeedTiming timing;
    private final Consumer<Resource> found;
    private final Pause pause;

    /** @param found is told of each kind that is served, again each time */
    OtherPolicyDiscovery(ApiServer api, KindHealth health, FeedTiming timing, Consumer<Resource> found) {
        this.served = new ServedPolicies(api);
        this.health = health;
        this.timing = timing;
        this.found = found;
        this.pause = new Pause(timing.firstPause(), timing.longestPause());
    }

    @Override
    public void run() {
        try {
            while (true) {
                ask();
            }
        } catch (InterruptedException e) {
            health.dropped();
        }
    }

    private void ask() throws InterruptedException {
        try {
            served.find(found);
            // The kinds that were found are there before the question counts as answered: none of them is forgotten.
            health.listening(Runnable::run);
            pause.reset();
            Pause.sleep(timing.recheck());
        } catch (ApiProblem problem) {
            if (!health.hasBeenInTouch()) {
                health.broken(problem.clause());
            }
            pause.await();
        }
    }
}
