package dev.flowguard.feed.live;

import static dev.flowguard.feed.live.ClusterYaml.namespace;
import static dev.flowguard.feed.live.ClusterYaml.pod;
import static dev.flowguard.feed.live.ClusterYaml.policy;
import static dev.flowguard.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.admission.decision.ClusterState.Lack;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.feed.live.FakeApiServer.BookmarkHabit;
import dev.flowguard.feed.live.api.Resource;
import dev.flowguard.feed.live.api.Resources;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How old what is judged by may be, on a clock of the test's own. */
@DisplayName("Staleness is proved, not guessed")
class StalenessTest {
    private static final Duration STALEST = Duration.ofSeconds(60);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int REVIEWS_PER_SECOND = 30;
    private static final int KINDS = Resources.ALWAYS.size();
    private static final Resource POLICIES = Resources.NETWORK_POLICIES;
    private static final Resource NODES = named("nodes");

    private final FakeApiServer api = new FakeApiServer();
    private final KubernetesClient client = api.client();
    private final ManualTicker ticker = new ManualTicker();
    private final LiveCluster cluster = new LiveCluster(
            client,
            ClusterSettings.DEFAULT,
            STALEST,
            Duration.ofSeconds(5),
            new FeedTiming(
                            Duration.ofSeconds(5),
                            Duration.ofMillis(10),
                            Duration.ofMillis(50),
                            Duration.ofMillis(50),
                            Duration.ofMinutes(5),
                            Duration.ofSeconds(30),
                            Duration.ofSeconds(150))
                    .provingWithin(STALEST),
            ticker,
            addresses -> false);

    @BeforeEach
    void aSmallCluster() {
        api.tellTimeBy(ticker::nanos);
        api.apply(namespace("shop"));
        api.apply(pod("orders-1", "orders", "10.0.0.1"));
        api.apply(policy("deny-all"));
        soon(() -> assertThat(cluster.known()).isPresent());
    }

    @AfterEach
    void stop() {
        cluster.close();
        client.close();
        api.close();
    }

    static Stream<Named<BookmarkHabit>> habits() {
        return Stream.of(
                Named.of("every 60 s", (path, soFar, open) -> open.toSeconds() >= 60L * (soFar + 1)),
                Named.of("the first after 120 s", (path, soFar, open) -> open.toSeconds() >= 60L * (soFar + 2)),
                Named.of("none at all", (path, soFar, open) -> false),
                Named.of(
                        "only of some kinds",
                        (path, soFar, open) -> path.endsWith("pods") && open.toSeconds() >= 60L * (soFar + 1)));
    }

    @ParameterizedTest(name = "bookmarks: {0}")
    @MethodSource("habits")
    @DisplayName("An hour in which nothing happens: every review is judged, and nothing is listed anew")
    void anHour(BookmarkHabit habit) {
        int lists = Resources.ALWAYS.stream().mapToInt(api::lists).sum();
        int unjudged = 0;
        int troubled = 0;
        for (int second = 0; second < 3600; second++) {
            ticker.advance(SECOND);
            api.sendBookmarks(habit);
            for (int review = 0; review < REVIEWS_PER_SECOND; review++) {
                unjudged += cluster.known().isEmpty() ? 1 : 0;
            }
            troubled += cluster.health().troubles().stream().anyMatch(StalenessTest::isAboutWhatIsAwaited) ? 1 : 0;
            // What takes real time, such as opening a watch of one of these kinds, takes none of the test's.
            soon(() -> assertThat(cluster.health().age()).isLessThan(Duration.ofSeconds(31)));
        }
        assertThat(unjudged)
                .as("unjudged reviews of " + 3600 * REVIEWS_PER_SECOND)
                .isZero();
        assertThat(troubled)
                .as("seconds in which something was said to be wrong")
                .isZero();
        assertThat(Resources.ALWAYS.stream().mapToInt(api::lists).sum()).isEqualTo(lists);
    }

    @Test
    @DisplayName("The age rises as time goes by, until there is a sign of life")
    void age() {
        for (int second = 1; second < 20; second++) {
            ticker.advance(SECOND);
            assertThat(cluster.health().age()).isEqualTo(Duration.ofSeconds(second));
        }

        api.sendBookmarks((path, soFar, open) -> true);

        soon(() -> assertThat(cluster.health().age()).isZero());
    }

    @Test
    @DisplayName("A connection that died without a word is replaced, and what happened meanwhile is known")
    void deadConnection() {
        api.withholdEvents(POLICIES);
        api.apply(policy("allow-dns"));
        ticker.advance(Duration.ofSeconds(29));
        assertThat(policies()).isEqualTo(1);
        int lists = api.lists(POLICIES);

        api.releaseToNewWatches(POLICIES);
        ticker.advance(SECOND);

        soon(() -> assertThat(policies()).isEqualTo(2));
        assertThat(api.lists(POLICIES)).isEqualTo(lists);
    }

    @Test
    @DisplayName(
            "An API server that answers nothing any more: known until max-staleness after the last proof, then not;"
                    + " and again at once")
    void silence() {
        api.fallSilent(true);
        ticker.advance(SECOND.multipliedBy(30));
        soon(() -> assertThat(api.unansweredWatches()).isEqualTo(KINDS));
        ticker.advance(SECOND.multipliedBy(10));
        soon(() -> assertThat(api.unansweredWatches())
                .as("each is asked for a second time")
                .isEqualTo(2 * KINDS));
        assertThat(cluster.health().troubles()).isEmpty();

        ticker.advance(SECOND.multipliedBy(10));
        soon(() -> assertThat(cluster.health().troubles())
                .anyMatch(trouble -> trouble.startsWith("networkpolicies.networking.k8s.io: out of touch since"
                        + " 2026-03-01T10:00:00Z (50 s): nothing has been heard for 50 s")));
        assertThat(cluster.known()).isPresent();
        ticker.advance(SECOND.multipliedBy(11));
        assertThat(cluster.known()).isEmpty();

        api.fallSilent(false);
        soon(() -> {
            ticker.advance(Duration.ofMillis(100));
            assertThat(cluster.known()).isPresent();
            assertThat(cluster.health().troubles()).isEmpty();
        });
    }

    @Test
    @DisplayName("A watch that cannot be renewed is listened to all the same")
    void refusedRenewal() {
        api.refuseNewWatches(POLICIES, 503);
        ticker.advance(Duration.ofSeconds(31));
        soon(() -> assertThat(cluster.health().troubles()).anyMatch(trouble -> trouble.contains("answered 503")));

        api.apply(policy("allow-dns"));

        soon(() -> assertThat(policies()).isEqualTo(2));
        soon(() -> assertThat(cluster.health().troubles()).isEmpty());
    }

    @Test
    @DisplayName(
            "A kind that can be done without is out of touch for hours: that is said, and everything else is judged")
    void dispensable() {
        api.refuse(NODES, 503);
        api.cutWatches();
        soon(() -> assertThat(cluster.health().troubles()).anyMatch(trouble -> trouble.startsWith("nodes: ")));

        for (int minute = 0; minute < 120; minute++) {
            ticker.advance(SECOND.multipliedBy(30));
            soon(() -> assertThat(cluster.health().age()).isLessThan(Duration.ofSeconds(31)));
            // The other kinds that can be done without renew their watches at their own pace, and try again after a
            // pause.
            soon(() -> {
                ticker.advance(Duration.ofMillis(1));
                assertThat(cluster.health().troubles()).allMatch(trouble -> trouble.startsWith("nodes: "));
            });
            assertThat(cluster.known().orElseThrow().lacks()).isSubsetOf(Lack.NODES);
        }
        soon(() -> assertThat(cluster.known().orElseThrow().lacks()).containsExactly(Lack.NODES));
        assertThat(cluster.health().troubles())
                .singleElement()
                .asString()
                .matches(
                        "nodes: out of touch since 2026-03-01T10:00:00Z \\(3[67]\\d\\d s\\): the API server answered 503:"
                                + " refused by the test");
    }

    private static boolean isAboutWhatIsAwaited(String trouble) {
        return Resources.ALWAYS.stream()
                .filter(resource -> !resource.role().isDispensable())
                .anyMatch(resource -> trouble.startsWith(resource.name() + ":"));
    }

    private int policies() {
        return cluster.known()
                .orElseThrow()
                .snapshot()
                .namespaceOrAssumed("shop")
                .policies()
                .size();
    }

    private static Resource named(String name) {
        return Resources.ALWAYS.stream()
                .filter(resource -> resource.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void soon(ThrowingRunnable assertion) {
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).untilAsserted(assertion);
    }
}
