package dev.flowguard.testing;

import dev.flowguard.assess.Assessment;
import dev.flowguard.assess.FlowStanding;

/** Where assertions about clusters begin. */
public final class FlowguardAssertions {
    private FlowguardAssertions() {}

    public static ClusterAssert assertThat(TestCluster cluster) {
        return new ClusterAssert(cluster);
    }

    public static AssessmentAssert assertThat(Assessment assessment) {
        return new AssessmentAssert(assessment);
    }

    public static StandingAssert assertThat(FlowStanding standing) {
        return new StandingAssert(standing);
    }
}
