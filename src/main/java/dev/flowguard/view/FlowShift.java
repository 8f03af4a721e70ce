package dev.flowguard.view;

import dev.flowguard.assess.FlowStanding;
import dev.flowguard.assess.FlowState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which flows stand otherwise after a change, by their keys.
 *
 * @param broken that are broken or undetermined now and were not so
 * @param repaired that were broken or undetermined and hold now
 * @param changed those that stand otherwise in any way, or are declared only now
 * @param gone that are declared no more
 */
record FlowShift(List<String> broken, List<String> repaired, Set<String> changed, Set<String> gone) {
    static FlowShift between(List<FlowStanding> were, List<FlowStanding> are) {
        Map<String, FlowStanding> known = new HashMap<>();
        were.forEach(standing -> known.put(standing.flow().toString(), standing));
        List<String> broken = new ArrayList<>();
        List<String> repaired = new ArrayList<>();
        Set<String> changed = new LinkedHashSet<>();
        Set<String> gone = new LinkedHashSet<>(known.keySet());
        for (FlowStanding is : are) {
            String key = is.flow().toString();
            @Nullable FlowStanding was = known.get(key);
            gone.remove(key);
            if (!is.equals(was)) {
                changed.add(key);
            }
            FlowState state = was == null ? FlowState.UNBOUND : was.state();
            if (isAmiss(is.state()) && (state != is.state() || amiss(was) < is.amiss())) {
                broken.add(key);
            } else if (isAmiss(state) && is.state() == FlowState.SATISFIED) {
                repaired.add(key);
            }
        }
        return new FlowShift(broken, repaired, changed, gone);
    }

    private static int amiss(@Nullable FlowStanding standing) {
        return standing == null ? 0 : standing.amiss();
    }

    private static boolean isAmiss(FlowState state) {
        return state == FlowState.BROKEN || state == FlowState.UNDETERMINED;
    }
}
