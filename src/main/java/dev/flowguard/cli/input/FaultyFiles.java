package dev.flowguard.cli.input;

import dev.flowguard.feed.LoadedManifests;
import dev.flowguard.report.ManifestPlaces;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The files of a folder of which something cannot be read: the rest can be looked at without them, as if they were not there. */
final class FaultyFiles {
    private FaultyFiles() {}

    /** Their paths from the folder; none of what is a single file or a text, which is meant as a whole. */
    static Set<String> in(ManifestPlaces.Origin origin) {
        Set<String> files = new TreeSet<>();
        origin.path().stream()
                .filter(Files::isDirectory)
                .forEach(folder -> origin.manifests().problems().stream()
                        .map(problem -> problem.position().file())
                        .filter(file -> isFile(folder.resolve(file)))
                        .forEach(files::add));
        return files;
    }

    /** A link that leads nowhere is one as well. */
    private static boolean isFile(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(path);
    }

    /** Whether nothing else is wrong, and something is left without them. */
    static boolean areAllThatIsWrong(Collection<ManifestPlaces.Origin> origins) {
        return origins.stream()
                        .allMatch(origin -> in(origin)
                                .containsAll(origin.manifests().problems().stream()
                                        .map(problem -> problem.position().file())
                                        .toList()))
                && origins.stream()
                        .map(FaultyFiles::without)
                        .anyMatch(origin -> !origin.manifests().objects().isEmpty());
    }

    /** The same without these files. */
    static ManifestPlaces.Origin without(ManifestPlaces.Origin origin) {
        Set<String> faulty = in(origin);
        LoadedManifests read = origin.manifests();
        return new ManifestPlaces.Origin(
                origin.path(),
                new LoadedManifests(
                        read.objects().stream()
                                .filter(object ->
                                        !faulty.contains(object.position().file()))
                                .toList(),
                        List.of(),
                        read.notReadByKind(),
                        read.files() - faulty.size(),
                        read.passedOver(),
                        read.rewriting()));
    }
}
