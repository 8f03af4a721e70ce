package dev.flowguard.kubernetes;

import static org.assertj.core.api.Assertions.fail;

import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.NamedPort;
import dev.flowguard.cluster.object.PodShape;
import dev.flowguard.kubernetes.field.FieldProblem;
import dev.flowguard.policy.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;

/** What objects tell, and short ways to write what is expected. */
final class Facts {
    private Facts() {}

    static <T extends HasMetadata> List<Fact> of(Class<T> type, String yaml) {
        return ObjectReader.read(Given.object(type, yaml))
                .match(
                        observed -> observed.observation().facts(),
                        refused -> fail("refused: " + refused.problems()),
                        notRead -> fail("not read: " + notRead));
    }

    static <T extends HasMetadata> List<String> problems(Class<T> type, String yaml) {
        return ObjectReader.read(Given.object(type, yaml))
                .match(
                        observed -> fail("observed: " + observed),
                        refused -> refused.problems().stream()
                                .map(FieldProblem::toString)
                                .toList(),
                        notRead -> fail("not read: " + notRead));
    }

    /** The facts of one kind. */
    static <F extends Fact> List<F> only(Class<F> kind, List<Fact> facts) {
        return facts.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    static PodShape shape(Map<String, String> labels, NamedPort... ports) {
        return new PodShape(Labels.of(labels), List.of(ports), false);
    }
}
