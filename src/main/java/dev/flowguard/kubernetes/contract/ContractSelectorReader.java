package dev.flowguard.kubernetes.contract;

import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.LabelSyntax;
import dev.flowguard.policy.Requirement;
import dev.flowguard.policy.Requirement.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a label selector of a contract, in the shape of Kubernetes' own. */
final class ContractSelectorReader {
    private static final List<String> FIELDS = List.of("matchLabels", "matchExpressions");
    private static final List<String> EXPRESSION_FIELDS = List.of("key", "operator", "values");

    private ContractSelectorReader() {}

    /** What can be read of the selector; one that is absent or empty selects everything (SEMANTICS I17, I18). */
    static LabelSelector read(ContractField selector) {
        List<Requirement> requirements = new ArrayList<>();
        if (selector.isMapOf(FIELDS)) {
            selector.get("matchLabels")
                    .entries()
                    .forEach((key, value) -> label(key, value).ifPresent(requirements::add));
            selector.get("matchExpressions")
                    .items()
                    .forEach(expression -> requirement(expression).ifPresent(requirements::add));
        }
        return new LabelSelector(requirements);
    }

    private static Optional<Requirement> label(String key, ContractField value) {
        value.isRight(LabelSyntax.mistakeInKey(key));
        return value(value).map(text -> Requirement.in(key, List.of(text)));
    }

    private static Optional<Requirement> requirement(ContractField expression) {
        if (!expression.isMapOf(EXPRESSION_FIELDS)) {
            return Optional.empty();
        }
        ContractField key = expression.get("key");
        Optional<String> about = key.requiredText().filter(text -> key.isRight(LabelSyntax.mistakeInKey(text)));
        Optional<Operator> operator = expression.get("operator").choice(Operator.values(), Operator::spelling);
        ContractField list = expression.get("values");
        List<String> values =
                list.items().stream().flatMap(value -> value(value).stream()).toList();
        if (about.isEmpty()
                || operator.isEmpty()
                || !list.isRight(mistakeInValues(operator.get(), list.isEmpty()))
                || operator.get().takesValues() == values.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Requirement(about.get(), operator.get(), values));
    }

    private static Optional<String> value(ContractField value) {
        return value.requiredText().filter(text -> value.isRight(LabelSyntax.mistakeInValue(text)));
    }

    /** SEMANTICS P12. */
    private static Optional<String> mistakeInValues(Operator operator, boolean none) {
        if (operator.takesValues() != none) {
            return Optional.empty();
        }
        return Optional.of("the operator " + operator.spelling()
                + (operator.takesValues()
                        ? " needs at least one value: list one, or use Exists or DoesNotExist"
                        : " takes no values: leave them out, or use In or NotIn"));
    }
}
