package dev.flowguard.view;

/**
 * A decision of the webhook.
 *
 * @param at an instant
 * @param what {@code update NetworkPolicy shop/orders}
 * @param decision Rejected, Warned or Admitted
 * @param message what was answered
 */
public record PastDecision(String at, String user, String what, String decision, String reason, String message) {}
