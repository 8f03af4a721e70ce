package dev.flowguard.feed.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.contract.ObjectRef;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class KnownObjectsTest {
    private final KnownObjects known = new KnownObjects();

    @Test
    @DisplayName("an object is news in a version that was not seen of it, in whatever order objects come")
    void newsInAnyOrder() {
        for (String name : List.of("m", "z", "a", "n", "b")) {
            assertThat(known.isNews(pod(name), "7")).as(name).isTrue();
        }
        for (String name : List.of("a", "b", "m", "n", "z")) {
            assertThat(known.isNews(pod(name), "7")).as(name).isFalse();
            assertThat(known.isNews(pod(name), "8")).as(name).isTrue();
        }
    }

    @Test
    @DisplayName("versions are compared as texts are: 7, 07 and seven differ")
    void versionsThatAreNoNumbers() {
        known.isNews(pod("a"), "7");

        assertThat(known.isNews(pod("a"), "07")).isTrue();
        assertThat(known.isNews(pod("a"), "07")).isFalse();
        assertThat(known.isNews(pod("a"), "seven")).isTrue();
        assertThat(known.isNews(pod("a"), "7")).isTrue();
    }

    @Test
    @DisplayName("of equal references the first is kept")
    void oneReference() {
        ObjectRef first = pod("a");
        known.isNews(first, "1");
        known.isNews(pod("a"), "2");

        assertThat(known.canonical(pod("a"))).isSameAs(first);
        assertThat(known.canonical(pod("b"))).isEqualTo(pod("b"));
    }

    @Test
    @DisplayName("what a list does not hold is told once, and is news when it comes again")
    void forgetting() {
        List.of("a", "b", "c", "d").forEach(name -> known.isNews(pod(name), "1"));

        assertThat(known.forgetAllBut(Set.of(pod("b"), pod("d")))).containsExactly(pod("a"), pod("c"));
        assertThat(known.forgetAllBut(Set.of(pod("b"), pod("d")))).isEmpty();
        assertThat(known.forget(pod("b"))).isTrue();
        assertThat(known.forget(pod("b"))).isFalse();
        assertThat(known.isNews(pod("a"), "1")).isTrue();
        assertThat(known.isNews(pod("d"), "1")).isFalse();
    }

    private static ObjectRef pod(String name) {
        return new ObjectRef("Pod", "shop", name);
    }
}
