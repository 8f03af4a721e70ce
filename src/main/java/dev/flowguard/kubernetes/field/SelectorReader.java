package dev.flowguard.kubernetes.field;

import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.LabelSyntax;
import dev.flowguard.policy.Requirement;
import dev.flowguard.policy.Requirement.Operator;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads label selectors. An empty one selects everything (SEMANTICS I19); what an absent one means, the caller knows (P14). */
public final class SelectorReader {
    private final Notes notes;

    public SelectorReader(Notes notes) {
        this.notes = notes;
    }

    public LabelSelector read(io.fabric8.kubernetes.api.model.LabelSelector selector, FieldPath path) {
        notes.unknown(path, selector.getAdditionalProperties().keySet());
        List<Requirement> requirements = new ArrayList<>();
        Absent.asEmpty(selector.getMatchLabels()).forEach((key, value) -> {
            new LabelReader(notes).read(key, value, path.field("matchLabels").field(key));
            requirements.add(Requirement.in(key, List.of(value)));
        });
        List<LabelSelectorRequirement> expressions =
                Absent.asEmpty(selector.getMatchExpressions(), LabelSelectorRequirement::new);
        for (int i = 0; i < expressions.size(); i++) {
            requirement(expressions.get(i), path.field("matchExpressions").item(i))
                    .ifPresent(requirements::add);
        }
        return new LabelSelector(requirements);
    }

    private Optional<Requirement> requirement(LabelSelectorRequirement expression, FieldPath path) {
        notes.unknown(path, expression.getAdditionalProperties().keySet());
        String key = Absent.asEmpty(expression.getKey());
        notes.isRight(path.field("key"), LabelSyntax.mistakeInKey(key));
        List<String> values = Absent.asEmpty(expression.getValues());
        for (int i = 0; i < values.size(); i++) {
            notes.isRight(path.field("values").item(i), LabelSyntax.mistakeInValue(values.get(i)));
        }
        return operator(Absent.asEmpty(expression.getOperator()), path.field("operator"))
                .filter(operator -> notes.isRight(path.field("values"), mistakeInValues(operator, values)))
                .map(operator -> new Requirement(key, operator, values));
    }

    private Optional<Operator> operator(String spelling, FieldPath path) {
        List<String> spellings =
                Arrays.stream(Operator.values()).map(Operator::spelling).toList();
        notes.isRight(path, Choices.mistakeIn(spelling, spellings));
        return Arrays.stream(Operator.values())
                .filter(operator -> operator.spelling().equals(spelling))
                .findFirst();
    }

    private static Optional<String> mistakeInValues(Operator operator, List<String> values) {
        if (operator.takesValues() != values.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("the operator " + operator.spelling()
                + (operator.takesValues()
                        ? " needs at least one value: list one, or use Exists or DoesNotExist"
                        : " takes no values: leave them out, or use In or NotIn"));
    }
}
