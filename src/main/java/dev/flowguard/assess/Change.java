package dev.flowguard.assess;

import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PolicyRef;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** A change of one NetworkPolicy. */
public sealed interface Change {
    <T> T match(Function<Create, T> create, Function<Update, T> update, Function<Delete, T> delete);

    /** The policy that is changed. */
    PolicyRef policy();

    /** {@code create}, {@code update} or {@code delete}. */
    default String verb() {
        return match(create -> "create", update -> "update", delete -> "delete");
    }

    default boolean isDeletion() {
        return match(create -> false, update -> false, delete -> true);
    }

    /** The policy as it was; empty where there was none. */
    default List<Policy> before() {
        return fromBoth((before, after) -> before);
    }

    /** The policy as it will be; empty where there will be none. */
    default List<Policy> after() {
        return fromBoth((before, after) -> after);
    }

    /** Both, before and after, as far as they exist. */
    default Stream<Policy> versions() {
        return Stream.concat(before().stream(), after().stream());
    }

    private List<Policy> fromBoth(BiFunction<List<Policy>, List<Policy>, List<Policy>> choose) {
        return match(
                create -> choose.apply(List.of(), List.of(create.created())),
                update -> choose.apply(List.of(update.old()), List.of(update.updated())),
                delete -> choose.apply(List.of(delete.deleted()), List.of()));
    }

    /** A policy that did not exist. */
    record Create(Policy created) implements Change {
        @Override
        public <T> T match(Function<Create, T> create, Function<Update, T> update, Function<Delete, T> delete) {
            return create.apply(this);
        }

        @Override
        public PolicyRef policy() {
            return created.ref();
        }
    }

    /** Another spec for a policy that exists. */
    record Update(Policy old, Policy updated) implements Change {
        @Override
        public <T> T match(Function<Create, T> create, Function<Update, T> update, Function<Delete, T> delete) {
            return update.apply(this);
        }

        @Override
        public PolicyRef policy() {
            return updated.ref();
        }
    }

    /** A policy that will be no more. */
    record Delete(Policy deleted) implements Change {
        @Override
        public <T> T match(Function<Create, T> create, Function<Update, T> update, Function<Delete, T> delete) {
            return delete.apply(this);
        }

        @Override
        public PolicyRef policy() {
            return deleted.ref();
        }
    }
}
