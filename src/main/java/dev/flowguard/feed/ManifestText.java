package dev.flowguard.feed;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the texts of manifests, one after the other, and gathers what they hold. */
final class ManifestText {
    private final List<ManifestObject> objects = new ArrayList<>();
    private final List<ManifestProblem> problems = new ArrayList<>();
    private final SortedMap<String, Integer> notReadByKind = new TreeMap<>();
    private int documents;
    private boolean meantAsObjects;
    private boolean template;
    private boolean noYaml;

    LoadedManifests loaded(int files, List<PassedOver> passedOver, Rewriting rewriting) {
        return new LoadedManifests(objects, problems, notReadByKind, files, passedOver, rewriting);
    }

    /** In which its objects are, as far as they are in any. */
    Set<String> namespaces() {
        return objects.stream()
                .map(object -> object.ref().namespace())
                .filter(namespace -> !namespace.isEmpty())
                .collect(Collectors.toSet());
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

    /** Takes note that a document is meant as an object, be it right or wrong. */
    void meantAsObject() {
        meantAsObjects = true;
    }

    /** Takes note that a document is wrong because it is yet to be filled in. */
    void template() {
        template = true;
    }

    /** Takes in what another text holds. */
    void add(ManifestText other) {
        objects.addAll(other.objects);
        problems.addAll(other.problems);
        other.notReadByKind.forEach((kind, count) -> notReadByKind.merge(kind, count, Integer::sum));
    }

    /** Whether all that is wrong are names, such as a kustomization may give. */
    boolean lacksOnlyNames() {
        return !problems.isEmpty()
                && problems.stream()
                        .map(problem -> problem.field().toString())
                        .allMatch(field -> field.equals("metadata.name") || field.equals("metadata.namespace"));
    }

    /** What this is, if it is no manifest: of one that is wrong only the mistakes are told. */
    Optional<PassedOver> passedOver(String file) {
        String first = problems.isEmpty() ? "" : problems.get(0).message();
        if (template) {
            return Optional.of(new PassedOver(
                    file, PassedOver.Reason.TEMPLATE, "is a template: read what it renders to (" + first + ")"));
        } else if (documents == 0 || meantAsObjects) {
            return Optional.empty();
        }
        return Optional.of(
                noYaml
                        ? new PassedOver(file, PassedOver.Reason.NOT_YAML, first)
                        : new PassedOver(file, PassedOver.Reason.NO_OBJECT, "holds no Kubernetes object"));
    }

    /** Text that is not UTF-8, in which an object shows all the same. */
    void otherEncoding(String file, byte[] bytes) {
        documents++;
        noYaml = true;
        meantAsObjects |= ObjectSigns.in(new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("\0|^[^\\w{]+", ""));
        problem(ManifestProblem.of(
                Position.of(file), "is not UTF-8 text (Windows PowerShell writes UTF-16): save it as UTF-8"));
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
                meantAsObjects |= ObjectSigns.in(document.text());
                template |= Templating.in(document.text());
                noYaml = true;
            }
        }
        documents += number;
    }
}
