package dev.flowguard.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.flowguard.kubernetes.field.FieldPath;
import dev.flowguard.kubernetes.field.Notes;
import java.util.List;

/**
 * Turns trees into the client's model classes, as strictly as the API server does: a number is no string and a string no number.
 * Of workloads, nodes and Services only the fields in {@link FieldsRead} are looked at.
 */
final class StrictModel {
    private static final ObjectMapper MAPPER = mapper();

    private StrictModel() {}

    /** The typed object, without the values of a wrong type, each of which is noted with its path. */
    static <T> T read(ObjectNode tree, Class<T> type, Notes notes) {
        ObjectNode rest = tree;
        boolean copied = false;
        while (true) {
            try {
                return MAPPER.treeToValue(rest, type);
            } catch (JsonMappingException e) {
                if (e.getPath().isEmpty()) {
                    throw new IllegalStateException("A value without a place is mistyped in " + type, e);
                }
                rest = copied ? rest : tree.deepCopy();
                copied = true;
                notes.problem(path(e), TypeMistake.sentence(e, takeOut(rest, e.getPath())));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("A tree has no syntax to be wrong", e);
            }
        }
    }

    /** An object of the model as a tree. */
    static ObjectNode tree(Object object) {
        return MAPPER.valueToTree(object);
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
                .addModule(new SimpleModule("fields-read").setDeserializerModifier(new FieldsRead()));
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
}
