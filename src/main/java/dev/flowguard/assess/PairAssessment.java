package dev.flowguard.assess;

/** One pair of a declared flow, before and after a change. */
public record PairAssessment(Pair pair, Effect effect, Verdict before, Verdict after) {}
