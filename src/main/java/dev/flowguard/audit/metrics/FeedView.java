package dev.flowguard.audit.metrics;

import java.time.Duration;
import java.util.Map;

/** The port to what there is to know about the feed of a live cluster. Never waits. */
public interface FeedView {
    /** Where nothing is followed, as with a folder of manifests. */
    FeedView NONE = new FeedView() {
        @Override
        public Duration lag() {
            return Duration.ZERO;
        }

        @Override
        public Map<String, FeedState> kinds() {
            return Map.of();
        }
    };

    /** How long what has come in has been waiting to be judged by. */
    Duration lag();

    /** How it stands with each kind, by its name as kubectl has it: {@code networkpolicies.networking.k8s.io}. */
    Map<String, FeedState> kinds();
}
