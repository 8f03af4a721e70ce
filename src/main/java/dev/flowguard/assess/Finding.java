package dev.flowguard.assess;

import dev.flowguard.contract.ObjectRef;

/**
 * A diagnosis of a policy of any kind that needs no contract.
 *
 * @param id in kebab case, as {@code selects-nothing}
 * @param level what it may do: {@link FindingLevel#WARN} or {@link FindingLevel#DENY}
 * @param policy the policy it is about
 * @param place the field, as {@code spec.ingress[0].from[1].podSelector}
 * @param message one line of at most {@value #LONGEST_MESSAGE} characters that begins with the id, fit to be an admission warning
 * @param summary the same with every name whole, however long, and without the id and the policy; for readers with room
 * @param explanation what it means and what to do about it: sentences on one or more lines
 * @param remedy what to add to the policy, as YAML on one line; empty where adding would not help
 * @param isAwaited whether it is about something that is missing and may be on its way: policies come before their pods as well as after
 */
public record Finding(
        String id,
        Severity severity,
        FindingLevel level,
        ObjectRef policy,
        String place,
        String message,
        String summary,
        String explanation,
        String remedy,
        boolean isAwaited) {
    /** What Kubernetes advises for a warning. */
    public static final int LONGEST_MESSAGE = 120;

    public Finding {
        if (level == FindingLevel.OFF) {
            throw new IllegalArgumentException("A finding that is off is not made");
        }
        if (message.length() > LONGEST_MESSAGE) {
            throw new IllegalArgumentException("A finding's message has at most " + LONGEST_MESSAGE
                    + " characters, this one " + message.length() + ": " + message);
        }
    }
}
