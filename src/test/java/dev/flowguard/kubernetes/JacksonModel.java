package dev.flowguard.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.flowguard.kubernetes.TypeMistake.Expected;
import dev.flowguard.kubernetes.field.FieldPath;
import dev.flowguard.kubernetes.field.Notes;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.networking.v1.IPBlock;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** How the client itself reads its model, by reflection: the oracle for {@link dev.flowguard.kubernetes.model}. */
final class JacksonModel {
    private static final ObjectMapper MAPPER = mapper();

    private JacksonModel() {}

    /** The typed object, without the values of a wrong type, each of which is noted with its path. */
    static <T> T read(ObjectNode tree, Class<T> type, Notes notes) {
        ObjectNode rest = tree.deepCopy();
        while (true) {
            try {
                return MAPPER.treeToValue(rest, type);
            } catch (JsonMappingException e) {
                JsonNode found = takeOut(rest, e.getPath());
                notes.isRight(path(e), TypeMistake.in(found, expected(e), false));
            } catch (JsonProcessingException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** The object as a tree, less what the client fills in for owners of which it is not told. */
    static JsonNode tree(Object object) {
        JsonNode tree = MAPPER.valueToTree(object);
        tree.findValues("ownerReferences").forEach(owners -> owners.forEach(OnlyFieldsRead::withoutDefaults));
        return tree;
    }

    private static Expected expected(JsonMappingException mistake) {
        Class<?> target = mistake instanceof MismatchedInputException mismatch
                ? mismatch.getTargetType()
                : mistake instanceof ValueInstantiationException instantiation
                        ? instantiation.getType().getRawClass()
                        : ((InputCoercionException) Objects.requireNonNull(mistake.getCause())).getTargetType();
        if (target == String.class) {
            return Expected.STRING;
        } else if (target == IntOrString.class) {
            return Expected.PORT;
        } else if (target == Boolean.class) {
            return Expected.BOOLEAN;
        } else if (Number.class.isAssignableFrom(target) || target == int.class) {
            return Expected.INTEGER;
        }
        return Collection.class.isAssignableFrom(target) ? Expected.LIST : Expected.MAPPING;
    }

    private static FieldPath path(JsonMappingException e) {
        FieldPath path = FieldPath.ROOT;
        for (JsonMappingException.Reference step : e.getPath()) {
            path = step.getIndex() >= 0 ? path.item(step.getIndex()) : path.field(step.getFieldName());
        }
        return path;
    }

    /** Removes the value there, so that the next reading finds the next mistake. */
    private static JsonNode takeOut(JsonNode root, List<JsonMappingException.Reference> path) {
        JsonNode parent = root;
        for (JsonMappingException.Reference step : path.subList(0, path.size() - 1)) {
            parent = step.getIndex() >= 0 ? parent.path(step.getIndex()) : parent.path(step.getFieldName());
        }
        JsonMappingException.Reference last = path.get(path.size() - 1);
        return last.getIndex() >= 0
                ? ((ArrayNode) parent).set(last.getIndex(), (JsonNode) null)
                : ((ObjectNode) parent).remove(last.getFieldName());
    }

    private static ObjectMapper mapper() {
        JsonMapper.Builder builder = JsonMapper.builder()
                .addModule(new SimpleModule("fields-read").setDeserializerModifier(new OnlyFieldsRead()));
        forbid(
                builder,
                LogicalType.Textual,
                CoercionInputShape.Integer,
                CoercionInputShape.Float,
                CoercionInputShape.Boolean);
        forbid(
                builder,
                LogicalType.Integer,
                CoercionInputShape.String,
                CoercionInputShape.EmptyString,
                CoercionInputShape.Float);
        forbid(
                builder,
                LogicalType.Boolean,
                CoercionInputShape.String,
                CoercionInputShape.EmptyString,
                CoercionInputShape.Integer);
        return builder.build();
    }

    private static void forbid(JsonMapper.Builder builder, LogicalType target, CoercionInputShape... shapes) {
        builder.withCoercionConfig(target, config -> {
            for (CoercionInputShape shape : shapes) {
                config.setCoercion(shape, CoercionAction.Fail);
            }
        });
    }

    private static final class OnlyFieldsRead extends BeanDeserializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public List<BeanPropertyDefinition> updateProperties(
                DeserializationConfig config, BeanDescription bean, List<BeanPropertyDefinition> properties) {
            return properties.stream()
                    .filter(property -> FieldsRead.isRead(bean.getBeanClass(), property.getName()))
                    .toList();
        }

        private static void withoutDefaults(JsonNode owner) {
            if (owner instanceof ObjectNode fields) {
                fields.properties()
                        .removeIf(field -> field.getValue().asText().equals("OwnerReference")
                                || field.getValue().asText().equals("v1"));
            }
        }

        /** Only of these are fields looked at that the model does not have. */
        private static boolean isOfPolicies(Class<?> type) {
            return type.getSimpleName().startsWith("NetworkPolicy")
                    || type == IPBlock.class
                    || type == LabelSelector.class
                    || type == LabelSelectorRequirement.class;
        }

        @Override
        public BeanDeserializerBuilder updateBuilder(
                DeserializationConfig config, BeanDescription bean, BeanDeserializerBuilder builder) {
            bean.findProperties().stream()
                    .map(BeanPropertyDefinition::getName)
                    .filter(name -> !FieldsRead.isRead(bean.getBeanClass(), name))
                    .forEach(builder::addIgnorable);
            if (!isOfPolicies(bean.getBeanClass())) {
                builder.setAnySetter(null);
                builder.setIgnoreUnknownProperties(true);
            }
            return builder;
        }
    }
}
