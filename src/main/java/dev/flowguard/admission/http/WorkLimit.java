package dev.flowguard.admission.http;

/**
 * How much work one review may be, whatever its bytes.
 *
 * @param tokens of JSON: names, values, and the beginnings and ends of objects and lists
 * @param depth of nesting
 * @param items of one list, and entries of one object
 */
public record WorkLimit(long tokens, int depth, int items) {}
