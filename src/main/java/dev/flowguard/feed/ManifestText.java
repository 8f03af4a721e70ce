package dev.flowguard.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the texts of manifests, one after the other, and gathers what they hold. */
final class ManifestText {
    private final List<ManifestObject> objects = new ArrayList<>();
    private final List<ManifestProblem> problems = new ArrayList<>();
    private final SortedMap<String, Integer> notReadByKind = new TreeMap<>();

    LoadedManifests loaded() {
        return new LoadedManifests(objects, problems, notReadByKind);
    }

    boolean isEmpty() {
        return objects.isEmpty() && problems.isEmpty() && notReadByKind.isEmpty();
    }

    void problem(ManifestProblem problem) {
        problems.add(problem);
    }

    void object(ManifestObject object) {
        objects.add(object);
    }

    void notRead(String kind) {
        notReadByKind.merge(kind, 1, Integer::sum);
    }

    /** @param file by which its objects and problems are placed */
    void read(String file, String text) {
        int number = 0;
        for (ManifestDocument document : DocumentSplitter.split(text)) {
            List<Node> roots = new ArrayList<>();
            Optional<YamlNodes.SyntaxProblem> syntax = YamlNodes.parse(document, roots::add);
            for (Node root : roots) {
                number++;
                new DocumentReader(file, number, document, root, this).read();
            }
            if (syntax.isPresent()) {
                number++;
                Position position = new Position(file, number, syntax.get().line());
                problem(ManifestProblem.of(position, syntax.get().message()));
            }
        }
    }
}
