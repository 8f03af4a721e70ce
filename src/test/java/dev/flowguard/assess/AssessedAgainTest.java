package dev.flowguard.assess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.cluster.ClusterModel;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.testing.Dice;
import dev.flowguard.testing.Scenario;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AssessedAgainTest {
    private static final int CLUSTERS = 400;

    /** Of these a cluster has so few that most of its flows depend on each. */
    private static final Set<String> SELDOM_CHANGED =
            Set.of("Namespace", "Node", "FlowContract", "ClusterFlowContract");

    @Test
    @DisplayName("flows judged again event by event stand as if all of them were judged from scratch")
    void eventByEvent() {
        int kept = 0;
        int changed = 0;
        for (long seed = 0; seed < CLUSTERS; seed++) {
            Scenario scenario = Scenario.of(seed);
            ClusterModel model = new ClusterModel(scenario.settings());
            Snapshot earlier = model.apply(scenario.observations());
            List<FlowStanding> standings = new StateAssessor(earlier).assess();
            for (Observation event : events(scenario, Scenario.of(seed + CLUSTERS), new Dice(~seed))) {
                Snapshot now = model.apply(List.of(event));
                List<FlowStanding> again = new StateAssessor(now).assess(earlier, standings);
                assertThat(again)
                        .as("after %s, seed %d", event.object(), seed)
                        .isEqualTo(new StateAssessor(now).assess());
                kept += same(again, standings);
                changed += again.size() - same(again, standings);
                standings = again;
                earlier = now;
            }
        }
        assertThat(kept).as("flows that stand as before").isGreaterThan(4_000);
        assertThat(changed).as("flows that do not").isGreaterThan(400);
    }

    /** Objects of another cluster, in place of those of the same name; and then some of its own, gone. */
    private static List<Observation> events(Scenario before, Scenario after, Dice dice) {
        List<Observation> events = new ArrayList<>();
        Set<ObjectRef> seen = new HashSet<>();
        for (Observation observation : dice.shuffled(after.observations())) {
            if (!SELDOM_CHANGED.contains(observation.object().kind()) || dice.below(4) == 0) {
                events.add(observation);
            }
        }
        for (Observation observation : dice.shuffled(before.observations())) {
            if (seen.add(observation.object()) && dice.below(2) == 0) {
                events.add(Observation.gone(observation.object()));
            }
        }
        return events;
    }

    private static int same(List<FlowStanding> some, List<FlowStanding> others) {
        int same = 0;
        for (int place = 0; place < Math.min(some.size(), others.size()); place++) {
            same += some.get(place) == others.get(place) ? 1 : 0;
        }
        return same;
    }
}
