package dev.flowguard.feed;

import dev.flowguard.net.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.Schema;

/** Parses YAML, of which JSON is a part, to nodes that know their lines. What scalars mean is decided later. */
final class YamlNodes {
    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setSchema(new Untyped())
            .setCodePointLimit(Integer.MAX_VALUE)
            .setMaxAliasesForCollections(Integer.MAX_VALUE)
            .setUseMarks(true)
            .build();

    /** Each takes a parse of its own. */
    private static final int MOST_REPAIRS = 50;

    /** @param line of the file, from 1 */
    record SyntaxProblem(int line, String message) {}

    /** Resolves nothing: scalars without quotes and tag are marked as such, merge keys among them. */
    private static final class Untyped implements Schema {
        @Override
        public ScalarResolver getScalarResolver() {
            return (text, plain) -> plain ? YamlScalar.PLAIN : Tag.STR;
        }

        @Override
        public Map<Tag, ConstructNode> getSchemaTagConstructors() {
            return Map.of();
        }
    }

    private YamlNodes() {}

    /** Hands over the root of each document, until the text ends or stops being YAML. */
    static Optional<SyntaxProblem> parse(ManifestDocument document, Consumer<Node> roots) {
        String text = document.text();
        for (int repairs = 0; ; repairs++) {
            List<Node> found = new ArrayList<>();
            try {
                compose(text, found::add);
                found.forEach(roots);
                return Optional.empty();
            } catch (MarkedYamlEngineException e) {
                Optional<String> repaired =
                        repairs < MOST_REPAIRS ? KubectlYaml.repaired(text, e) : Optional.<String>empty();
                if (repaired.isEmpty()) {
                    found.forEach(roots);
                    return Optional.of(problem(e, document));
                }
                text = repaired.get();
            } catch (YamlEngineException | NumberFormatException e) {
                found.forEach(roots);
                return Optional.of(problem(e, document));
            }
        }
    }

    private static void compose(String text, Consumer<Node> roots) {
        ParserImpl parser = new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text));
        new Composer(SETTINGS, new NestingLimit(parser)).forEachRemaining(roots);
    }

    private static SyntaxProblem problem(RuntimeException failure, ManifestDocument document) {
        if (failure instanceof ReaderException e) {
            String character = Character.toString(e.getCodePoint());
            String before =
                    document.text().substring(0, Math.max(0, document.text().indexOf(character)));
            return new SyntaxProblem(
                    document.firstLine()
                            + (int) before.chars().filter(c -> c == '\n').count(),
                    "is not YAML: the character " + Quoted.of(character) + " is not allowed");
        } else if (failure instanceof NumberFormatException) {
            // The parser reads \U as a Java int, which holds the first half of what its eight digits can say.
            return new SyntaxProblem(
                    document.firstLine(), "is not YAML: has an escape (\\U) that stands for no character");
        }
        return new SyntaxProblem(document.firstLine(), "is not YAML: " + failure.getMessage());
    }

    private static SyntaxProblem problem(MarkedYamlEngineException e, ManifestDocument document) {
        int line = Stream.of(e.getProblemMark(), e.getContextMark())
                .flatMap(Optional::stream)
                .findFirst()
                .map(document::line)
                .orElse(document.firstLine());
        String hint = document.text().contains("{{") ? "; if this is a template, read what it renders to" : "";
        return new SyntaxProblem(line, "is not YAML: " + context(e, document, line) + e.getProblem() + hint);
    }

    /** What was being read and, where that is another line, in which line it begins. */
    private static String context(MarkedYamlEngineException e, ManifestDocument document, int line) {
        @Nullable String context = e.getContext();
        if (context == null || context.isBlank()) {
            return "";
        }
        return context
                + e.getContextMark()
                        .map(document::line)
                        .filter(begin -> begin != line)
                        .map(begin -> " that begins in line " + begin)
                        .orElse("")
                + ", ";
    }
}
