package dev.flowguard.cli.check;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.verdict.trace.Denial;
import java.util.List;

/** What policies of other kinds than NetworkPolicy do to a side: {@code "deniedBy": [{"kind", "namespace", "name", "rule"}]}. */
final class Denials {
    private Denials() {}

    /** Nothing where there is none. */
    static void write(ObjectNode side, List<Denial> denials) {
        if (denials.isEmpty()) {
            return;
        }
        ArrayNode written = side.putArray("deniedBy");
        for (Denial denial : denials) {
            ObjectNode node = written.addObject().put("kind", denial.policy().kind());
            if (!denial.policy().namespace().isEmpty()) {
                node.put("namespace", denial.policy().namespace());
            }
            node.put("name", denial.policy().name());
            if (!denial.rule().isEmpty()) {
                node.put("rule", denial.rule());
            }
        }
    }
}
