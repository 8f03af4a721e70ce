package dev.flowguard.feed;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Into which namespaces kustomizations put the objects of files, that may be written with another or with none. */
final class KustomizedNamespaces {
    private static final List<String> USED = List.of("resources", "bases", "components");

    /** More steps than any repository takes; what is not followed stays where it is written. */
    private static final int MOST_STEPS = 2_000_000;

    private final Map<Path, List<Path>> used = new HashMap<>();
    private final Map<Rewriting.Place, List<Path>> byPlace = new HashMap<>();
    private final Map<Path, Set<Rewriting.Place>> found = new HashMap<>();
    private int steps;

    /** @param folder of the kustomization, absolute and normal */
    void add(Path folder, JsonNode kustomization) {
        List<Path> paths = used.computeIfAbsent(folder, key -> new ArrayList<>());
        for (String list : USED) {
            for (JsonNode name : kustomization.path(list)) {
                try {
                    paths.add(folder.resolve(name.asText()).normalize());
                } catch (InvalidPathException elsewhere) {
                    // An address of a repository need not be a path here.
                }
            }
        }
        String namespace = kustomization.path("namespace").asText("").strip();
        if (!namespace.isEmpty()) {
            byPlace.computeIfAbsent(
                            new Rewriting.Place(
                                    namespace, kustomization.path("namePrefix").asText("")),
                            key -> new ArrayList<>())
                    .add(folder);
        }
    }

    /** All are added. */
    void follow() {
        byPlace.forEach((place, folders) -> {
            Set<Path> seen = new HashSet<>(folders);
            Deque<Path> ahead = new ArrayDeque<>(folders);
            while (!ahead.isEmpty()) {
                for (Path path : used.getOrDefault(ahead.remove(), List.of())) {
                    if (steps++ < MOST_STEPS && seen.add(path)) {
                        ahead.add(path);
                        found.computeIfAbsent(path, key -> new HashSet<>()).add(place);
                    }
                }
            }
        });
    }

    /** None: it stays where it is written. */
    Set<Rewriting.Place> of(Path file) {
        return found.getOrDefault(file, Set.of());
    }
}
