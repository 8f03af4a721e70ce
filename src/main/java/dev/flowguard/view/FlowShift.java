package dev.flowguard.view;

import dev.flowguard.assess.FlowStanding;
import dev.flowguard.assess.FlowState;
import dev.flowguard.assess.StateAssessor;
import dev.flowguard.cluster.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which flows stand otherwise after a change, by their keys.
 *
 * @param broken that are broken or undetermined now and were not so
 * @param repaired that were broken or undetermined and hold now
 */
record FlowShift(List<String> broken, List<String> repaired) {
    static FlowShift between(Snapshot before, Snapshot after) {
        List<FlowStanding> were = new StateAssessor(before).assess();
        List<FlowStanding> are = new StateAssessor(after).assess(before, were);
        Map<String, FlowStanding> known = new HashMap<>();
        were.forEach(standing -> known.put(standing.flow().toString(), standing));
        List<String> broken = new ArrayList<>();
        List<String> repaired = new ArrayList<>();
        for (FlowStanding is : are) {
            String key = is.flow().toString();
            @Nullable FlowStanding was = known.get(key);
            FlowState state = was == null ? FlowState.UNBOUND : was.state();
            if (isAmiss(is.state()) && (state != is.state() || amiss(was) < is.amiss())) {
                broken.add(key);
            } else if (isAmiss(state) && is.state() == FlowState.SATISFIED) {
                repaired.add(key);
            }
        }
        return new FlowShift(broken, repaired);
    }

    private static int amiss(@Nullable FlowStanding standing) {
        return standing == null ? 0 : standing.amiss();
    }

    private static boolean isAmiss(FlowState state) {
        return state == FlowState.BROKEN || state == FlowState.UNDETERMINED;
    }
}
