package dev.flowguard.assess;

import dev.flowguard.policy.PolicyRef;

/**
 * A diagnosis of a policy that needs no contract.
 *
 * @param id in kebab case, as {@code selects-nothing}
 * @param policy the policy it is about
 * @param place the field, as {@code spec.ingress[0].from[1].podSelector}
 * @param message one line, short enough for an admission warning
 * @param explanation what it means and what to do about it
 */
public record Finding(String id, PolicyRef policy, String place, String message, String explanation) {}
