package dev.flowguard.policy.chain;

/** A test of a label's value beyond those of Kubernetes' own selectors. A label that is not there passes none. */
public enum LabelTest {
    CONTAINS,
    STARTS_WITH,
    ENDS_WITH;

    public boolean passes(String value, String operand) {
        return switch (this) {
            case CONTAINS -> value.contains(operand);
            case STARTS_WITH -> value.startsWith(operand);
            case ENDS_WITH -> value.endsWith(operand);
        };
    }
}
