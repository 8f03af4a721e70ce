package dev.flowguard.assess.finding.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.cluster.ClusterModel;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.RuledPolicies;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.kubernetes.ObjectReader;
import dev.flowguard.policy.chain.RuledPolicy;
import dev.flowguard.testing.RandomCalico;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the index finds before a policy, against looking at all that are in force. */
class EarlierTest {
    private static final int CLUSTERS = 200;

    @Test
    @DisplayName("every policy asked before of all of a policy's pods is found, in order")
    void all() {
        int found = 0;
        for (long seed = 0; seed < CLUSTERS; seed++) {
            RuledPolicies policies = new ClusterModel(ClusterSettings.DEFAULT.withCni("calico"))
                    .apply(new RandomCalico(seed)
                            .objects().stream().map(EarlierTest::observation).toList())
                    .ruled();
            for (RuledPolicy policy : policies.all()) {
                List<RuledPolicy> expected = policies.all().stream()
                        .takeWhile(other -> other.place().compareTo(policy.place()) < 0)
                        .filter(other -> !other.ref().equals(policy.ref()))
                        .filter(other -> other.ref().isClusterScoped()
                                || other.ref().namespace().equals(policy.ref().namespace()))
                        .filter(other -> Covering.covers(other.subject(), policy.subject()))
                        .toList();
                found += expected.size();
                assertThat(new Earlier(policies, policy).policies())
                        .as("seed %d, %s", seed, policy.ref())
                        .isEqualTo(expected);
            }
        }
        assertThat(found).isPositive();
    }

    private static Observation observation(ObjectNode object) {
        return ObjectReader.read(object)
                .match(
                        read -> read.observation(),
                        refused -> {
                            throw new AssertionError(object + ": " + refused.problems());
                        },
                        notRead -> Observation.gone(new ObjectRef("None", "", "none")));
    }
}
