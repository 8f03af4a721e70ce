package dev.flowguard.feed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.kubernetes.field.FieldPath;
import org.snakeyaml.engine.v2.nodes.Node;

/** The text that an object was read from: where each of its fields stands, and all that it says. */
public final class ManifestSource {
    private final String file;
    private final ManifestDocument document;
    private final Node root;
    private final FieldPath path;
    private final ObjectNode object;

    /** @param path from the root of the document to the object, which may be an item of a list */
    ManifestSource(String file, ManifestDocument document, Node root, FieldPath path, ObjectNode object) {
        this.file = file;
        this.document = document;
        this.root = root;
        this.path = path;
        this.object = object.deepCopy();
    }

    /**
     * Where something stands in a file.
     *
     * @param file relative to the folder that was read
     * @param line from 1
     * @param column from 1
     */
    public record Spot(String file, int line, int column) {}

    /** Where that field of the object stands, or the nearest around it that is there. */
    public Spot spot(FieldPath field) {
        Node node = FieldNodes.find(root, path.then(field));
        return new Spot(file, document.line(node), ManifestDocument.column(node));
    }

    /** The object as it is written, fields that are not read included; a copy. */
    public ObjectNode object() {
        return object.deepCopy();
    }
}
