package dev.flowguard.feed.live;

import dev.flowguard.cluster.implied.Implication;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.Owner;
import dev.flowguard.cluster.object.PodShape;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.Labels;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one copy of what many pods have in common: most clusters have far fewer sorts of pods than pods. Copies that no pod has any
 * more are let go.
 */
final class SharedParts {
    private final Shared<PodShape> shapes = new Shared<>();
    private final Shared<Owner> owners = new Shared<>();
    private final Shared<Labels> labels = new Shared<>();
    private final Shared<Fact.Owned> ownership = new Shared<>();
    private final Shared<Fact.Implied> identities = new Shared<>();
    private final Shared<String> namespaces = new Shared<>();

    /**
     * The same fact with its parts shared; facts that pods and controllers do not tell are few, and stay as they are.
     *
     * @param told the object that tells it
     */
    Fact share(Fact fact, ObjectRef told) {
        if (fact instanceof Fact.Pod pod) {
            return new Fact.Pod(
                    namespaces.copyOf(pod.namespace()),
                    pod.name().equals(told.name()) ? told.name() : pod.name(),
                    owners.copyOf(pod.owner()),
                    shapes.copyOf(pod.shape()),
                    labels.copyOf(pod.perPod()),
                    pod.addresses());
        }
        if (fact instanceof Fact.Template template) {
            return new Fact.Template(
                    namespaces.copyOf(template.namespace()),
                    owners.copyOf(template.owner()),
                    shapes.copyOf(template.shape()),
                    template.perPod());
        }
        if (fact instanceof Fact.Owned owned) {
            return ownership.copyOf(new Fact.Owned(
                    namespaces.copyOf(owned.namespace()), owners.copyOf(owned.child()), owners.copyOf(owned.parent())));
        }
        return fact instanceof Fact.Implied implied ? implied(implied) : fact;
    }

    private Fact implied(Fact.Implied implied) {
        return implied.implication() instanceof Implication.Identity ? identities.copyOf(implied) : implied;
    }

    /** The same reference with its namespace shared. */
    ObjectRef share(ObjectRef ref) {
        return new ObjectRef(ref.kind(), namespaces.copyOf(ref.namespace()), ref.name());
    }

    private static final class Shared<T> {
        private final Map<T, WeakReference<T>> copies = new WeakHashMap<>();

        synchronized T copyOf(T value) {
            @Nullable WeakReference<T> reference = copies.get(value);
            @Nullable T copy = reference == null ? null : reference.get();
            if (copy != null) {
                return copy;
            }
            copies.put(value, new WeakReference<>(value));
            return value;
        }
    }
}
