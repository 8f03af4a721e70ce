package dev.flowguard.cli.input;

import dev.flowguard.admission.decision.ClusterState.Permission;
import dev.flowguard.config.BadInput;
import dev.flowguard.feed.LoadedManifests;
import dev.flowguard.feed.ManifestObject;
import dev.flowguard.feed.ManifestProblem;
import dev.flowguard.feed.Manifests;
import dev.flowguard.report.ManifestPlaces;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads what options name as manifests: folders, files, or standard input. */
public final class ManifestInput {
    public static final String STANDARD_INPUT = "-";

    private final boolean recursive;
    private final PrintWriter err;

    /** @param err to which is written what deserves a word but is no problem */
    ManifestInput(boolean recursive, PrintWriter err) {
        this.recursive = recursive;
        this.err = err;
    }

    /** All that these hold, as one cluster. */
    public KnownCluster read(List<String> paths) {
        List<ManifestPlaces.Origin> origins = origins(paths);
        List<ManifestObject> objects = origins.stream()
                .flatMap(origin -> origin.manifests().objects().stream())
                .toList();
        return new KnownCluster(
                String.join(", ", paths),
                LoadedManifests.of(objects).observations(),
                new ManifestPlaces(origins),
                (requester, namespace) -> Permission.REFUSED);
    }

    /** What one of them holds, as it stands there. */
    public ManifestPlaces.Origin read(String path) {
        return origins(List.of(path)).get(0);
    }

    private List<ManifestPlaces.Origin> origins(List<String> paths) {
        List<ManifestPlaces.Origin> origins = new ArrayList<>();
        List<ManifestProblem> problems = new ArrayList<>();
        for (String path : paths) {
            ManifestPlaces.Origin origin = origin(path);
            origin.manifests().notes().forEach(note -> err.println("note: " + note));
            problems.addAll(origin.manifests().problems());
            origins.add(origin);
        }
        if (!problems.isEmpty()) {
            throw BadInput.list(
                    String.join(", ", paths) + " cannot be used:",
                    problems.stream().map(ManifestProblem::toString).toList());
        }
        return origins;
    }

    private ManifestPlaces.Origin origin(String path) {
        if (!path.equals(STANDARD_INPUT)) {
            Path file = Path.of(path);
            return ManifestPlaces.Origin.of(file, Manifests.read(file, recursive));
        }
        try {
            return ManifestPlaces.Origin.ofStandardInput(Manifests.read(System.in));
        } catch (IOException e) {
            throw new BadInput("Standard input cannot be read: " + e.getMessage(), e);
        }
    }
}
