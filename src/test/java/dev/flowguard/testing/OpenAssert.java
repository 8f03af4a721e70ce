package dev.flowguard.testing;

import dev.flowguard.verdict.match.PeerOutcome;
import dev.flowguard.verdict.match.PortOutcome;
import dev.flowguard.verdict.trace.Doubt;
import java.util.List;
import org.assertj.core.api.Assertions;

/** Why a verdict is undetermined. */
public final class OpenAssert {
    private final ClusterAssert cluster;
    private final List<Doubt> doubts;

    OpenAssert(ClusterAssert cluster, List<Doubt> doubts) {
        this.cluster = cluster;
        this.doubts = doubts;
    }

    public ClusterAssert because(Doubt.LeftOpen.Question question) {
        Assertions.assertThat(doubts).contains(new Doubt.LeftOpen(question));
        return cluster;
    }

    public ClusterAssert because(PeerOutcome outcome) {
        Assertions.assertThat(doubts)
                .anySatisfy(doubt -> Assertions.assertThat(doubt)
                        .isInstanceOfSatisfying(
                                Doubt.UnclearRule.class,
                                rule -> Assertions.assertThat(rule.peers()).contains(outcome)));
        return cluster;
    }

    public ClusterAssert because(PortOutcome outcome) {
        Assertions.assertThat(doubts)
                .anySatisfy(doubt -> Assertions.assertThat(doubt)
                        .isInstanceOfSatisfying(
                                Doubt.UnclearRule.class,
                                rule -> Assertions.assertThat(rule.ports()).contains(outcome)));
        return cluster;
    }

    /** Because of fields that nobody knows, in a rule or in the spec. */
    public ClusterAssert becauseOfField(String path) {
        Assertions.assertThat(doubts)
                .anySatisfy(doubt -> Assertions.assertThat(doubt.<List<String>>match(
                                Doubt.UnclearRule::unknownFields,
                                Doubt.UnclearPolicy::unknownFields,
                                other -> List.of(),
                                leftOpen -> List.of(),
                                unclearStep -> List.of()))
                        .contains(path));
        return cluster;
    }

    public ClusterAssert becauseOfOtherPolicies(String... policies) {
        Assertions.assertThat(doubts)
                .anySatisfy(doubt -> Assertions.assertThat(doubt)
                        .isInstanceOfSatisfying(
                                Doubt.OtherPolicies.class,
                                others -> Assertions.assertThat(others.policies())
                                        .extracting(Object::toString)
                                        .containsExactlyInAnyOrder(policies)));
        return cluster;
    }
}
