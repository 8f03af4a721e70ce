package dev.flowguard.assess.suggest;

import dev.flowguard.contract.Flow;

/**
 * A flow to declare.
 *
 * @param open whether nothing restricts it today, so that nobody has said that it is needed
 * @param because what shows that it is needed; empty where it is only what is possible today
 */
public record SuggestedFlow(Flow flow, boolean open, String because) {}
