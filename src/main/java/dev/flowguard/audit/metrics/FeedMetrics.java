package dev.flowguard.audit.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/** How well the live feed keeps up. For one thread. */
public final class FeedMetrics {
    private static final double NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

    private final FeedView feed;
    private final MultiGauge kinds;
    private Map<String, FeedState> told = Map.of();

    public FeedMetrics(MeterRegistry registry, FeedView feed) {
        this.feed = feed;
        this.kinds = MultiGauge.builder("flowguard.feed.state")
                .description("1 for the state in which the feed of a kind of objects is, 0 for the others")
                .register(registry);
        Gauge.builder("flowguard.event.lag", feed, each -> each.lag().toNanos() / NANOS_PER_SECOND)
                .description("How long the oldest change that came in has been waiting to be judged by")
                .baseUnit("seconds")
                .strongReference(true)
                .register(registry);
    }

    public void update() {
        Map<String, FeedState> now = feed.kinds();
        if (!now.equals(told)) {
            told = now;
            kinds.register(
                    now.entrySet().stream()
                            .flatMap(entry -> Stream.of(FeedState.values())
                                    .<MultiGauge.Row<?>>map(state -> MultiGauge.Row.of(
                                            Tags.of("kind", entry.getKey(), "state", state.label()),
                                            state == entry.getValue() ? 1 : 0)))
                            .toList(),
                    true);
        }
    }
}
