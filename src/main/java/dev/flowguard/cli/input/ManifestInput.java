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
    private boolean leftOut;

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
        List<String> problems = problems(origins);
        if (!problems.isEmpty()) {
            throw refused(paths, kustomizations, origins, problems);
        }
        return cluster(paths, kustomizations, origins);
    }

    /**
     * The same as far as it can be read: files of folders in which something is wrong are left out and told of, as an error. What the
     * API server would not take is in no cluster either, so what is said of the rest is true of what would be there.
     */
    KnownCluster readInPart(List<String> paths, List<String> kustomizations) {
        List<ManifestPlaces.Origin> origins = origins(paths, kustomizations);
        List<String> problems = problems(origins);
        if (problems.isEmpty()) {
            return cluster(paths, kustomizations, origins);
        }
        if (strict || !FaultyFiles.areAllThatIsWrong(origins)) {
            throw refused(paths, kustomizations, origins, problems);
        }
        leftOut = true;
        err.println("error: " + named(paths, kustomizations)
                + " cannot be read as a whole. What follows is without the files in which this is wrong:");
        problems.forEach(problem -> err.println("  " + problem));
        ToGoOn.without(origins, "With these options it is no error").forEach(options -> err.println("  " + options));
        return cluster(
                paths,
                kustomizations,
                origins.stream().map(FaultyFiles::without).toList());
    }

    /** Whether something was left out because it is wrong. */
    boolean hasLeftOut() {
        return leftOut;
    }

    private KnownCluster cluster(List<String> paths, List<String> kustomizations, List<ManifestPlaces.Origin> origins) {
        origins.forEach(origin -> passedOver.replaced(origin.manifests().notes()));
        excluded.unused()
                .forEach(pattern -> err.println("note: --exclude " + pattern + " is the name of nothing here"));
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
        List<ManifestPlaces.Origin> origins = origins(List.of(path), List.of());
        List<String> problems = problems(origins);
        if (!problems.isEmpty()) {
            throw refused(List.of(path), List.of(), origins, problems);
        }
        passedOver.replaced(origins.get(0).manifests().notes());
        return origins.get(0);
    }

    private List<ManifestPlaces.Origin> origins(List<String> paths, List<String> kustomizations) {
        return Stream.concat(
                        paths.stream().map(this::origin),
                        kustomizations.stream().map(ManifestInput::rendered))
                .toList();
    }

    private List<String> problems(List<ManifestPlaces.Origin> origins) {
        List<String> problems = new ArrayList<>();
        origins.forEach(origin -> {
            origin.manifests().problems().forEach(problem -> problems.add(problem.toString()));
            if (strict) {
                origin.manifests().passedOver().forEach(file -> problems.add(file.toString()));
            }
        });
        return problems;
    }

    private static BadInput refused(
            List<String> paths,
            List<String> kustomizations,
            List<ManifestPlaces.Origin> origins,
            List<String> problems) {
        return BadInput.list(
                named(paths, kustomizations) + " cannot be used:",
                Stream.concat(
                                problems.stream(),
                                ToGoOn.without(origins, "To go on without what cannot be read").stream())
                        .toList());
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
