package dev.flowguard.cli;

import dev.flowguard.cluster.ClusterModel;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.config.BadInput;
import dev.flowguard.feed.LoadedManifests;
import dev.flowguard.feed.ManifestObject;
import dev.flowguard.feed.ManifestProblem;
import dev.flowguard.feed.Manifests;
import dev.flowguard.feed.Position;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of every command that looks at a cluster: where its state comes from and how it is read. */
final class ClusterOptions {
    private static final String STANDARD_INPUT = "-";

    @Option(
            names = "--manifests",
            paramLabel = "DIR",
            required = true,
            description = "A folder (or file) of YAML or JSON that describes the cluster; - for standard input. May be"
                    + " repeated: what is read later replaces what has the same name.")
    private List<String> manifests = new ArrayList<>();

    @Option(
            names = {"-R", "--recursive"},
            description = "Include the folders' subfolders.")
    private boolean recursive;

    @Option(
            names = "--cni",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "The network plugin whose reading of policies applies, such as calico or cilium;"
                    + " by default it is recognised by its DaemonSet.")
    @SuppressWarnings("NullAway.Init")
    private String cni;

    /** The cluster as it is described. What deserves a word but is no problem is written to {@code err}. */
    Snapshot snapshot(PrintWriter err) {
        return snapshot(known(err), err);
    }

    /** Another cluster, described elsewhere and read in the same way. */
    Snapshot snapshot(List<String> paths, PrintWriter err) {
        return snapshot(known(paths, err), err);
    }

    /** All that is known of the cluster. The one place where its state comes from. */
    KnownCluster known(PrintWriter err) {
        return known(manifests, err);
    }

    KnownCluster known(List<String> paths, PrintWriter err) {
        List<ManifestObject> objects = new ArrayList<>();
        List<ManifestProblem> problems = new ArrayList<>();
        for (String path : paths) {
            LoadedManifests loaded = load(path);
            loaded.notes().forEach(note -> err.println("note: " + note));
            loaded.objects().forEach(object -> objects.add(placed(object, path)));
            problems.addAll(loaded.problems());
        }
        if (!problems.isEmpty()) {
            throw BadInput.list(
                    String.join(", ", paths) + " cannot be used:",
                    problems.stream().map(ManifestProblem::toString).toList());
        }
        return new KnownCluster(String.join(", ", paths), objects);
    }

    private Snapshot snapshot(KnownCluster known, PrintWriter err) {
        Snapshot snapshot = new ClusterModel(settings()).apply(known.observations());
        noteWhereNothingIsEnforced(snapshot, err);
        return snapshot;
    }

    static void noteWhereNothingIsEnforced(Snapshot snapshot, PrintWriter err) {
        if (!snapshot.cni().enforcesPolicies()) {
            err.println("note: the network plugin (" + snapshot.cni().configuredName()
                    + ") does not enforce NetworkPolicies: everything is allowed");
        }
    }

    /** With the place of its file as seen from here, since folders may have files of the same name. */
    private static ManifestObject placed(ManifestObject object, String path) {
        Position in = object.position();
        return isStandardInput(path) || !Files.isDirectory(Path.of(path))
                ? object
                : new ManifestObject(
                        object.observation(),
                        object.annotations(),
                        new Position(Path.of(path, in.file()).toString(), in.document(), in.line()),
                        object.source());
    }

    private static boolean isStandardInput(String path) {
        return path.equals(STANDARD_INPUT);
    }

    /** Standard input can be read once only. */
    static void refuseStandardInputTwice(String option, List<String> some, String otherOption, List<String> others) {
        if (some.stream().anyMatch(ClusterOptions::isStandardInput)
                && others.stream().anyMatch(ClusterOptions::isStandardInput)) {
            throw new BadInput(option + " - and " + otherOption + " -: standard input can be read only once");
        }
    }

    List<String> manifests() {
        return manifests;
    }

    private LoadedManifests load(String path) {
        if (!isStandardInput(path)) {
            return Manifests.read(Path.of(path), recursive);
        }
        try {
            return Manifests.read(System.in);
        } catch (IOException e) {
            throw new BadInput("Standard input cannot be read: " + e.getMessage(), e);
        }
    }

    ClusterSettings settings() {
        try {
            return ClusterSettings.DEFAULT.withCni(cni);
        } catch (IllegalArgumentException e) {
            throw new BadInput("--cni: " + e.getMessage(), e);
        }
    }
}
