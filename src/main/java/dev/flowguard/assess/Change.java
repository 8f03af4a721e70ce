package dev.flowguard.assess;

import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PolicyRef;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** A change of one NetworkPolicy, or of an object of another kind on which the meaning of policies depends. */
public sealed interface Change {
    <T> T match(
            Function<Create, T> create,
            Function<Update, T> update,
            Function<Delete, T> delete,
            Function<OfOther, T> ofOther);

    /** The policy that is changed, by namespace and name; of another kind's object those, the namespace empty where it has none. */
    PolicyRef policy();

    /** The object that is changed. */
    default ObjectRef object() {
        return match(
                create -> ObjectRef.of(policy()),
                update -> ObjectRef.of(policy()),
                delete -> ObjectRef.of(policy()),
                OfOther::changed);
    }

    /** {@code create}, {@code update} or {@code delete}. */
    default String verb() {
        return match(create -> "create", update -> "update", delete -> "delete", OfOther::verbOfOther);
    }

    default boolean isDeletion() {
        return match(
                create -> false,
                update -> false,
                delete -> true,
                other -> other.verbOfOther().equals("delete"));
    }

    /** The NetworkPolicy as it was; empty where there was none. */
    default List<Policy> before() {
        return fromBoth((before, after) -> before);
    }

    /** The NetworkPolicy as it will be; empty where there will be none. */
    default List<Policy> after() {
        return fromBoth((before, after) -> after);
    }

    /** Both, before and after, as far as they exist. */
    default Stream<Policy> versions() {
        return Stream.concat(before().stream(), after().stream());
    }

    /** Itself, where it is of an object of another kind; else empty. */
    default List<OfOther> others() {
        return match(create -> List.of(), update -> List.of(), delete -> List.of(), List::of);
    }

    private List<Policy> fromBoth(BiFunction<List<Policy>, List<Policy>, List<Policy>> choose) {
        return match(
                create -> choose.apply(List.of(), List.of(create.created())),
                update -> choose.apply(List.of(update.old()), List.of(update.updated())),
                delete -> choose.apply(List.of(delete.deleted()), List.of()),
                other -> choose.apply(List.of(), List.of()));
    }

    /** A policy that did not exist. */
    record Create(Policy created) implements Change {
        @Override
        public <T> T match(
                Function<Create, T> create,
                Function<Update, T> update,
                Function<Delete, T> delete,
                Function<OfOther, T> ofOther) {
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
        public <T> T match(
                Function<Create, T> create,
                Function<Update, T> update,
                Function<Delete, T> delete,
                Function<OfOther, T> ofOther) {
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
        public <T> T match(
                Function<Create, T> create,
                Function<Update, T> update,
                Function<Delete, T> delete,
                Function<OfOther, T> ofOther) {
            return delete.apply(this);
        }

        @Override
        public PolicyRef policy() {
            return deleted.ref();
        }
    }

    /**
     * Another object: a policy of another kind, or something that such a policy refers to.
     *
     * @param old what is known of it before, which is nothing where it is created
     * @param updated what will be known of it, which is nothing where it is deleted
     */
    record OfOther(ObjectRef changed, Observation old, Observation updated) implements Change {
        @Override
        public <T> T match(
                Function<Create, T> create,
                Function<Update, T> update,
                Function<Delete, T> delete,
                Function<OfOther, T> ofOther) {
            return ofOther.apply(this);
        }

        @Override
        public PolicyRef policy() {
            return new PolicyRef(changed.namespace(), changed.name());
        }

        private String verbOfOther() {
            return old.facts().isEmpty() ? "create" : updated.facts().isEmpty() ? "delete" : "update";
        }
    }
}
