package dev.flowguard.assess.finding;

import dev.flowguard.assess.Finding;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Policy;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The namespaceSelector of a peer matches no namespace, often because it asks for a label that nothing sets. */
final class NamespaceMatchesNothing implements Diagnosis {
    @Override
    public String id() {
        return "namespace-matches-nothing";
    }

    @Override
    public Stream<Finding> examine(Examination examination) {
        Policy policy = examination.policy();
        return Stream.of(Direction.values())
                .flatMap(direction -> policy.rules(direction).stream()
                        .flatMap(rule -> IntStream.range(0, rule.peers().size())
                                .boxed()
                                .flatMap(i -> rule.peers()
                                        .get(i)
                                        .match(
                                                pods -> pods.namespaces()
                                                        .match(
                                                                () -> Stream.<Finding>empty(),
                                                                matching -> examine(
                                                                        examination,
                                                                        matching.selector(),
                                                                        Examination.place(direction, rule, i))),
                                                block -> Stream.empty(),
                                                unknown -> Stream.empty()))));
    }

    private Stream<Finding> examine(Examination examination, LabelSelector selector, String place) {
        if (!examination.cluster().namespacesMatching(selector).isEmpty()) {
            return Stream.empty();
        }
        return Stream.of(new Finding(
                id(),
                examination.policy().ref(),
                place + ".namespaceSelector",
                "namespace matches nothing: " + place + ": no namespace has " + selector,
                "The peer opens nothing. The API server gives every namespace the label "
                        + LabelSelector.NAMESPACE_NAME
                        + " with its name; a label called name exists only where somebody set it."));
    }
}
