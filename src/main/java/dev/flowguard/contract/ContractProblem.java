package dev.flowguard.contract;

/**
 * A mistake in a contract, which takes one flow (or one setting) out of force and leaves the rest in it.
 *
 * @param place where: a field path such as {@code spec.flows[2].to}, or a position in an annotation's text
 * @param message what is wrong and what was expected, as a sentence without the place
 */
public record ContractProblem(String place, String message) {
    @Override
    public String toString() {
        return place + ": " + message;
    }
}
