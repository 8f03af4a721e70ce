package dev.flowguard.assess.suggest;

import dev.flowguard.contract.Flow;

/**
 * A flow to declare.
 *
 * @param open whether nothing restricts it today, so that nobody has said that it is needed
 */
public record SuggestedFlow(Flow flow, boolean open) {}
