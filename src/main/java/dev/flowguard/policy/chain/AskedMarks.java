package dev.flowguard.policy.chain;

import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Requirement;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Marks by which an index of {@link Candidates} finds every expression that surely speaks of all that another one speaks of: whatever
 * marks are chosen for the wider one, a mark that the narrower one asks for is among them.
 */
public final class AskedMarks {
    private final Set<Mark> marks = new HashSet<>();

    private AskedMarks() {}

    public static Set<Mark> of(Ends narrow) {
        AskedMarks asked = new AskedMarks();
        asked.add(narrow);
        return asked.marks;
    }

    /** What covers a union covers its first part; what covers an intersection may do so by any of its parts. */
    private void add(Ends narrow) {
        if (narrow instanceof Ends.AllOf all) {
            all.parts().forEach(this::add);
        } else if (narrow instanceof Ends.AnyOf any) {
            any.parts().stream().limit(1).forEach(this::add);
        } else if (narrow instanceof Ends.PodLabels labels) {
            add(labels.selector(), Mark::ofPod);
        } else if (narrow instanceof Ends.NamespaceLabels labels) {
            add(labels.selector(), Mark::ofNamespace);
        } else if (narrow instanceof Ends.InNamespace namespace) {
            marks.add(Mark.inNamespace(namespace.name()));
        }
    }

    /** A wider requirement has all of the values of a narrower one, so the first too. */
    private void add(LabelSelector selector, BiFunction<String, String, Mark> mark) {
        for (Requirement requirement : selector.requirements()) {
            if (requirement.operator() == Requirement.Operator.IN) {
                marks.add(mark.apply(requirement.key(), requirement.values().get(0)));
            }
        }
    }
}
