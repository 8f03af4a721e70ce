package dev.flowguard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.cluster.object.PerPodLabels;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PerPodLabelsTest {
    @Test
    @DisplayName("the pods of a StatefulSet are numbered from its start")
    void numbered() {
        assertThat(new PerPodLabels.Ordinals("db", 5, 2).labels())
                .extracting(Object::toString)
                .containsExactly(
                        "apps.kubernetes.io/pod-index=5,controller-revision-hash=(not yet known),statefulset.kubernetes.io/pod-name=db-5",
                        "apps.kubernetes.io/pod-index=6,controller-revision-hash=(not yet known),statefulset.kubernetes.io/pod-name=db-6");
    }

    @Test
    @DisplayName("one that is scaled to zero may still get its first pod")
    void scaledToZero() {
        assertThat(new PerPodLabels.Ordinals("db", 0, 0).labels()).hasSize(1);
    }

    @Test
    @DisplayName("a number of replicas that nobody can have costs nothing")
    void absurd() {
        assertThat(new PerPodLabels.Ordinals("db", Integer.MAX_VALUE, Integer.MAX_VALUE).labels())
                .hasSize(1_000);
    }
}
