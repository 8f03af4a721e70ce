package dev.flowguard.assess.finding;

import dev.flowguard.assess.Finding;
import java.util.stream.Stream;

/** One kind of finding. */
interface Diagnosis {
    /** Its id in kebab case. */
    String id();

    Stream<Finding> examine(Examination examination);
}
