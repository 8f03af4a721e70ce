package dev.flowguard.policy;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * In which namespaces a peer's pods are looked for. An absent namespaceSelector means the policy's own namespace, an empty one
 * every namespace (SEMANTICS P14); here the two are different variants.
 */
public sealed interface NamespaceScope {
    <T> T match(Supplier<T> own, Function<Matching, T> matching);

    /** The namespace of the policy itself. */
    record Own() implements NamespaceScope {
        @Override
        public <T> T match(Supplier<T> own, Function<Matching, T> matching) {
            return own.get();
        }
    }

    /** Every namespace whose labels match. */
    record Matching(LabelSelector selector) implements NamespaceScope {
        @Override
        public <T> T match(Supplier<T> own, Function<Matching, T> matching) {
            return matching.apply(this);
        }
    }
}
