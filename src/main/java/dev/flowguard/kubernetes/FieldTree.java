package dev.flowguard.kubernetes;

import dev.flowguard.kubernetes.field.Metadata;
import dev.flowguard.kubernetes.field.ObjectKind;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The parts of an object that anybody looks at, field by field. Whoever parses many objects need not make anything of the others, which
 * of a pod are nine tenths. {@link FieldsRead} says which they are; of an object's own metadata it is all but what managers own.
 */
public sealed interface FieldTree {
    /** All below may be looked at. */
    FieldTree EVERYTHING = new Whole();

    /** A definition holds the whole schema of its kind; only by what it is converted is looked at. */
    FieldTree OF_DEFINITION = new OfObject(new Parts(Map.of(
            "apiVersion", EVERYTHING,
            "kind", EVERYTHING,
            "spec", new Parts(Map.of("conversion", EVERYTHING, "group", EVERYTHING, "names", EVERYTHING)))));

    /** Of objects whose kind has no model class. */
    FieldTree OF_ANY_OBJECT = new OfObject(EVERYTHING);

    /** What is looked at in objects of that kind. */
    static FieldTree of(String apiVersion, String kind) {
        return ModelKind.of(new ObjectKind(apiVersion, kind))
                .<FieldTree>map(model -> new OfObject(OfClass.of(model.type())))
                .orElse(kind.equals("CustomResourceDefinition") ? OF_DEFINITION : OF_ANY_OBJECT);
    }

    /** What is looked at in the field of that name, which may be a list; empty where the field is not looked at. */
    Optional<FieldTree> field(String name);

    /** These parts and no others. */
    record Parts(Map<String, FieldTree> parts) implements FieldTree {
        public Parts {
            parts = Map.copyOf(parts);
        }

        @Override
        public Optional<FieldTree> field(String name) {
            return Optional.ofNullable(parts.get(name));
        }
    }

    record Whole() implements FieldTree {
        @Override
        public Optional<FieldTree> field(String name) {
            return Optional.of(EVERYTHING);
        }
    }

    /** A whole object, whose metadata tells more than that of a template. */
    record OfObject(FieldTree others) implements FieldTree {
        private static final Optional<FieldTree> METADATA = Optional.of(new Metadata());

        /** Of a Status, which a watch sends in place of an object. */
        private static final Set<String> CODE_AND_MESSAGE = Set.of("code", "message");

        @Override
        public Optional<FieldTree> field(String name) {
            if (CODE_AND_MESSAGE.contains(name)) {
                return Optional.of(EVERYTHING);
            }
            return name.equals("metadata") ? METADATA : others.field(name);
        }
    }

    record Metadata() implements FieldTree {
        @Override
        public Optional<FieldTree> field(String name) {
            return name.equals("managedFields") ? Optional.empty() : Optional.of(EVERYTHING);
        }
    }

    /** What {@link FieldsRead} lets be read into a class of the client's model. */
    final class OfClass implements FieldTree {
        private static final Map<Class<?>, FieldTree> ALL = new ConcurrentHashMap<>();

        private final Class<?> type;

        /** Which classes the values of fields become, as far as they are of the client's model. */
        private final Map<String, Class<?>> values = new HashMap<>();

        private OfClass(Class<?> type) {
            this.type = type;
            for (Method method : type.getMethods()) {
                Type value = valueOf(method.getGenericReturnType());
                if (method.getName().startsWith("get")
                        && value instanceof Class<?> model
                        && KubernetesResource.class.isAssignableFrom(model)) {
                    values.put(named(method.getName().substring("get".length())), model);
                }
            }
        }

        static FieldTree of(Class<?> type) {
            return ALL.computeIfAbsent(type, OfClass::new);
        }

        @Override
        public Optional<FieldTree> field(String name) {
            if (!FieldsRead.isRead(type, name)) {
                return Optional.empty();
            }
            return Optional.of(values.containsKey(name) ? of(values.get(name)) : EVERYTHING);
        }

        /** Of a list, what is in it. */
        private static Type valueOf(Type type) {
            return type instanceof ParameterizedType list && list.getActualTypeArguments().length == 1
                    ? list.getActualTypeArguments()[0]
                    : type;
        }

        private static String named(String afterGet) {
            return afterGet.isEmpty() ? "" : afterGet.substring(0, 1).toLowerCase(Locale.ROOT) + afterGet.substring(1);
        }
    }
}
