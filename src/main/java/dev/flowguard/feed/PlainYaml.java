package dev.flowguard.feed;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.Node;

/** YAML that is no Kubernetes object: a file of Flowguard's own. */
public final class PlainYaml {
    private PlainYaml() {}

    /**
     * The documents of the file.
     *
     * @param mistakes takes what is wrong with it, a sentence each
     */
    public static List<JsonNode> read(Path file, List<String> mistakes) throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        String text = new String(ManifestBytes.ofHeap().file(file, true), StandardCharsets.UTF_8);
        for (ManifestDocument document : DocumentSplitter.split(text)) {
            List<Node> roots = new ArrayList<>();
            YamlNodes.parse(document, roots::add)
                    .ifPresent(problem -> mistakes.add(file + ", line " + problem.line() + ": " + problem.message()));
            for (Node root : roots) {
                documents.add(YamlTree.of(
                        root,
                        document,
                        (line, path, message) -> mistakes.add(file + ", line " + line + ": " + path + ": " + message)));
            }
        }
        return documents;
    }
}
