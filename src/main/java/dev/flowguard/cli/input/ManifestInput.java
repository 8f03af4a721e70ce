package dev.flowguard.cli.input;

import dev.flowguard.admission.decision.ClusterState.Permission;
import dev.flowguard.config.BadInput;
import dev.flowguard.feed.Exclusions;
import dev.flowguard.feed.LoadedManifests;
import dev.flowguard.feed.ManifestObject;
import dev.flowguard.feed.Manifests;
import dev.flowguard.report.ManifestPlaces;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what options name as manifests: folders, files, or standard input. */
public final class ManifestInput {
    public static final String STANDARD_INPUT = "-";

    private final boolean recursive;
    private final boolean strict;
    private final Exclusions excluded;
    private final PassedOverNotes passedOver;
    private final PrintWriter err;

    /**
     * Reads in one way.
     *
     * @param strict whether a file of a folder that is no manifest is a problem
     * @param err to which is written what deserves a word but is no problem
     */
    ManifestInput(boolean recursive, boolean strict, Exclusions excluded, PassedOverNotes passedOver, PrintWriter err) {
        this.recursive = recursive;
        this.strict = strict;
        this.excluded = excluded;
        this.passedOver = passedOver;
        this.err = err;
    }

    /** All that these hold, as one cluster. */
    public KnownCluster read(List<String> paths) {
        return read(paths, List.of());
    }

    /**
     * All that these hold, as one cluster.
     *
     * @param kustomizations folders, of which what they render to is read after the others
     */
    KnownCluster read(List<String> paths, List<String> kustomizations) {
        List<ManifestPlaces.Origin> origins = origins(paths, kustomizations);
        List<ManifestObject> objects = origins.stream()
                .flatMap(origin -> origin.manifests().objects().stream())
                .toList();
        return new KnownCluster(
                named(paths, kustomizations),
                Stream.concat(LoadedManifests.of(objects).observations().stream(), UnseenObjects.in(origins).stream())
                        .toList(),
                new ManifestPlaces(origins),
                (requester, namespace) -> Permission.REFUSED);
    }

    /** What one of them holds, as it stands there. */
    public ManifestPlaces.Origin read(String path) {
        return origins(List.of(path), List.of()).get(0);
    }

    private List<ManifestPlaces.Origin> origins(List<String> paths, List<String> kustomizations) {
        List<ManifestPlaces.Origin> origins = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Stream.concat(paths.stream().map(this::origin), kustomizations.stream().map(ManifestInput::rendered))
                .forEach(origin -> {
                    passedOver.replaced(origin.manifests().notes());
                    origin.manifests().problems().forEach(problem -> problems.add(problem.toString()));
                    if (strict) {
                        origin.manifests().passedOver().forEach(file -> problems.add(file.toString()));
                    }
                    origins.add(origin);
                });
        if (!problems.isEmpty()) {
            problems.addAll(ToGoOn.without(origins));
            throw BadInput.list(named(paths, kustomizations) + " cannot be used:", problems);
        }
        excluded.unused()
                .forEach(pattern -> err.println("note: --exclude " + pattern + " is the name of nothing here"));
        return origins;
    }

    private static String named(List<String> paths, List<String> kustomizations) {
        return Stream.concat(paths.stream(), kustomizations.stream().map(folder -> "-k " + folder))
                .collect(Collectors.joining(", "));
    }

    private ManifestPlaces.Origin origin(String path) {
        if (!path.equals(STANDARD_INPUT)) {
            Path file = Path.of(path);
            LoadedManifests manifests = Manifests.read(file, recursive, excluded);
            if (!strict) {
                passedOver.tell(path, manifests);
            }
            return ManifestPlaces.Origin.of(file, manifests);
        }
        try {
            return ManifestPlaces.Origin.ofStandardInput(Manifests.read(System.in));
        } catch (IOException e) {
            throw new BadInput("Standard input cannot be read: " + e.getMessage(), e);
        }
    }

    private static ManifestPlaces.Origin rendered(String folder) {
        Kustomization kustomization = new Kustomization(folder);
        return ManifestPlaces.Origin.ofStandardInput(Manifests.read(kustomization.render(), kustomization.name()));
    }
}
