package dev.flowguard.feed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The manifests of a folder: those that {@code kubectl apply -f} takes, in its order. Links to folders are not followed. */
final class ManifestFolder {
    private static final List<String> EXTENSIONS = List.of(".yaml", ".yml", ".json");
    private static final Set<String> KUSTOMIZATIONS =
            Set.of("kustomization.yaml", "kustomization.yml", "Kustomization");
    private static final String CHART = "Chart.yaml";
    private static final String TEMPLATES = "templates";

    private final Path folder;
    private final boolean recursive;
    private final Exclusions excluded;

    ManifestFolder(Path folder, boolean recursive, Exclusions excluded) {
        this.folder = folder;
        this.recursive = recursive;
        this.excluded = excluded;
    }

    static boolean isKustomization(Path file) {
        return KUSTOMIZATIONS.contains(name(file));
    }

    /** Whether a kustomization is in the file's own folder. */
    static boolean hasKustomization(Path file) {
        return KUSTOMIZATIONS.stream().anyMatch(name -> Files.exists(file.resolveSibling(name)));
    }

    /** The Helm chart that the file is a template of: one of this folder, or the one that this folder is a part of. */
    static Optional<Path> chartOf(Path file) {
        for (@Nullable Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
            @Nullable Path above = folder.getParent();
            if (above != null && name(folder).equals(TEMPLATES) && Files.exists(above.resolve(CHART))) {
                return Optional.of(above);
            }
        }
        return Optional.empty();
    }

    /** By name; a subfolder's in its place. */
    List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        collect(folder, files);
        return files;
    }

    /** Why there are none. */
    String emptiness() throws IOException {
        return "holds no file whose name ends in " + String.join(", ", EXTENSIONS) + unread();
    }

    /** How to read what is left aside, for the end of a sentence; empty where nothing is. */
    String unread() throws IOException {
        return !recursive && entries(folder).stream().anyMatch(ManifestFolder::isFolder)
                ? "; its subfolders are read with -R"
                : "";
    }

    private void collect(Path from, List<Path> files) throws IOException {
        for (Path entry : entries(from)) {
            if (excluded.exclude(folder.relativize(entry))) {
                continue;
            }
            if (isFolder(entry)) {
                if (recursive) {
                    collect(entry, files);
                }
            } else if (!Files.isDirectory(entry)
                    && (EXTENSIONS.stream().anyMatch(name(entry)::endsWith) || isKustomization(entry))) {
                files.add(entry);
            }
        }
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted(Comparator.comparing(ManifestFolder::name)).toList();
        }
    }

    private static boolean isFolder(Path entry) {
        return Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }
}
