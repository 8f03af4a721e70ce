package dev.flowguard.feed;

import dev.flowguard.net.Plain;

/**
 * Where something stands in a set of manifests.
 *
 * @param file relative to the folder that was read
 * @param document from 1; 0 for the file as a whole
 * @param line from 1; 0 where it is not known
 */
public record Position(String file, int document, int line) {
    static Position of(String file) {
        return new Position(file, 0, 0);
    }

    @Override
    public String toString() {
        return Plain.line(file) + (document == 0 ? "" : ", document " + document) + (line == 0 ? "" : ", line " + line);
    }
}
