package dev.flowguard.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.feed.ManifestObject;
import dev.flowguard.feed.Manifests;
import dev.flowguard.kubernetes.field.Notes;
import dev.flowguard.kubernetes.field.ObjectKind;
import dev.flowguard.kubernetes.model.Fields;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Whatever is written in an object, reading it gives what the client itself makes of it, and the same mistakes. The objects are those of
 * the demo and one of every kind with all that is read of it, each changed at random again and again.
 */
class ModelTest {
    private static final int CHANGES = 400;

    private static final List<JsonNode> VALUES = Stream.of(
                    "null",
                    "true",
                    "7",
                    "-1",
                    "1.5",
                    "99999999999",
                    "99999999999999999999",
                    "\"x\"",
                    "\"\"",
                    "\"80\"",
                    "[]",
                    "{}",
                    "[null]",
                    "[{}]",
                    "{\"a\": null}",
                    "{\"a\": 1}",
                    "{\"a\": \"b\"}")
            .map(ModelTest::json)
            .toList();

    @TestFactory
    Stream<DynamicTest> objectIsReadAsTheClientReadsIt() {
        return objects()
                .map(object -> DynamicTest.dynamicTest(
                        object.path("kind").asText() + " "
                                + object.at("/metadata/name").asText(),
                        () -> {
                            assertSame(object);
                            Random random = new Random(object.toString().hashCode());
                            for (int i = 0; i < CHANGES; i++) {
                                ObjectNode changed = object.deepCopy();
                                for (int mistakes = 1 + random.nextInt(3); mistakes > 0; mistakes--) {
                                    change(changed, random);
                                }
                                assertSame(changed);
                            }
                        }));
    }

    private static Stream<ObjectNode> objects() {
        return Stream.of(Path.of("deploy/demo"), Path.of("src/test/resources/model"))
                .flatMap(folder -> Manifests.read(folder, false).objects().stream())
                .map(ManifestObject::source)
                .map(source -> source.object())
                .filter(object -> ModelKind.of(kind(object)).isPresent());
    }

    private static ObjectKind kind(ObjectNode object) {
        return new ObjectKind(
                object.path("apiVersion").asText(), object.path("kind").asText());
    }

    /** The client takes a value for an object of one such value, which the API server does not: that is no matter for the oracle. */
    private static boolean isTooLenient(ObjectNode object) {
        for (JsonNode address : object.path("status").path("podIPs")) {
            if (address.isTextual()) {
                return true;
            }
        }
        return object.path("spec").path("ordinals").isNumber();
    }

    private static void assertSame(ObjectNode object) {
        if (isTooLenient(object)) {
            return;
        }
        ModelKind<?> kind = ModelKind.of(kind(object)).orElseThrow();
        Notes expected = new Notes();
        Notes actual = new Notes();
        JsonNode oracle = JacksonModel.tree(JacksonModel.read(object, kind.type(), expected));
        JsonNode ours = JacksonModel.tree(kind.model().apply(Fields.of(object, actual)));

        assertThat(ours).as("%s", object).isEqualTo(oracle);
        assertThat(new HashSet<>(actual.problems())).as("%s", object).isEqualTo(new HashSet<>(expected.problems()));
    }

    /** Puts another value or a field more somewhere, but leaves what kind of object it is. */
    private static void change(ObjectNode object, Random random) {
        List<Runnable> changes = new ArrayList<>();
        JsonNode value = VALUES.get(random.nextInt(VALUES.size())).deepCopy();
        object.properties().stream()
                .filter(field ->
                        !field.getKey().equals("apiVersion") && !field.getKey().equals("kind"))
                .forEach(field -> {
                    changes.add(() -> object.set(field.getKey(), value));
                    collect(field.getValue(), value, changes);
                });
        changes.get(random.nextInt(changes.size())).run();
    }

    private static void collect(JsonNode within, JsonNode value, List<Runnable> changes) {
        if (within instanceof ObjectNode mapping) {
            changes.add(() -> mapping.set("unheardOf", value));
            mapping.properties().forEach(field -> {
                changes.add(() -> mapping.set(field.getKey(), value));
                changes.add(() -> mapping.remove(field.getKey()));
                collect(field.getValue(), value, changes);
            });
        } else if (within instanceof ArrayNode list) {
            changes.add(() -> list.add(value));
            for (int i = 0; i < list.size(); i++) {
                int at = i;
                changes.add(() -> list.set(at, value));
                collect(list.get(i), value, changes);
            }
        }
    }

    private static JsonNode json(String text) {
        try {
            return new JsonMapper().readTree(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
