package dev.flowguard.cli.input;

import dev.flowguard.report.ManifestPlaces;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The options with which the rest of a folder is read, where some of it no cluster would take: whoever wrote it may mean it, as an example
 * of a mistake, and whoever only wants to look can do nothing about it.
 */
final class ToGoOn {
    /** More than these are named by the folders that they are in. */
    private static final int MOST_FILES = 3;

    private static final int MOST_FOLDERS = 5;

    private ToGoOn() {}

    /**
     * One sentence; none where nothing but single files or texts cannot be read.
     *
     * @param what the options do
     */
    static List<String> without(List<ManifestPlaces.Origin> origins, String what) {
        SortedSet<String> files = origins.stream()
                .flatMap(origin -> FaultyFiles.in(origin).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        return files.isEmpty()
                ? List.of()
                : List.of(what + ": "
                        + fewer(files).stream()
                                .map(path -> "--exclude " + quoted(path))
                                .collect(Collectors.joining(" ")));
    }

    /** The files, or so few folders that they fit a command line: the deepest give way to those above them. */
    private static SortedSet<String> fewer(SortedSet<String> files) {
        if (files.size() <= MOST_FILES) {
            return files;
        }
        SortedSet<String> paths = files.stream().map(ToGoOn::above).collect(Collectors.toCollection(TreeSet::new));
        while (paths.size() > MOST_FOLDERS
                && paths.stream().anyMatch(path -> !above(path).equals(path))) {
            String deepest = paths.stream()
                    .max(Comparator.comparingInt(path -> Path.of(path).getNameCount()))
                    .orElseThrow();
            paths.remove(deepest);
            paths.add(above(deepest));
        }
        return paths.stream()
                .filter(path -> paths.stream().noneMatch(other -> path.startsWith(other + "/")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What stands at the top stays what it is. */
    private static String above(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? path : path.substring(0, slash);
    }

    private static String quoted(String path) {
        return path.matches("[A-Za-z0-9._/-]+")
                ? path
                : "'" + path.replaceAll("([\\[\\]{}*?\\\\])", "\\\\$1").replace("'", "'\\''") + "'";
    }
}
