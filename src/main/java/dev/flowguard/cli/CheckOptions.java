package dev.flowguard.cli;

import dev.flowguard.admission.DecisionSettings;
import dev.flowguard.admission.Requester;
import dev.flowguard.assess.finding.FindingLevels;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.config.BadInput;
import dev.flowguard.feed.InMemoryCluster;
import dev.flowguard.feed.LoadedManifests;
import dev.flowguard.feed.ManifestProblem;
import dev.flowguard.feed.Manifests;
import dev.flowguard.report.ManifestPlaces;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What {@code check} looks at, and in whose eyes. */
final class CheckOptions {
    @Option(
            names = "--manifests",
            paramLabel = "DIR",
            required = true,
            description = "The folder of YAML or JSON files that describes the cluster.")
    @SuppressWarnings("NullAway.Init")
    private Path manifests;

    @Option(
            names = {"-R", "--recursive"},
            description = "Include the folder's subfolders.")
    private boolean recursive;

    @Option(
            names = "--cni",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "The network plugin whose reading of policies applies, such as calico or cilium;"
                    + " by default it is recognised by its DaemonSet.")
    @SuppressWarnings("NullAway.Init")
    private String cni;

    @Option(
            names = "--findings",
            paramLabel = "ID=LEVEL",
            description = "What findings may do: Off, Warn or Deny, separated by commas or by repeating the option;"
                    + " `flowguard findings` lists them, all stands for every one."
                    + " One whose level is Deny makes the check fail.")
    private List<String> findings = new ArrayList<>();

    @Option(
            names = "--as",
            paramLabel = "USER",
            defaultValue = "kubernetes-admin",
            description = "Judge changes as requests of this user (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private String user;

    @Option(
            names = "--as-group",
            paramLabel = "GROUP",
            description = "A group of that user; may be repeated (default: system:masters, if --as is not given).")
    private List<String> groups = new ArrayList<>();

    Path manifests() {
        return manifests;
    }

    /** The manifests of that folder, or of that file. */
    ManifestPlaces.Origin origin(Path path) {
        return new ManifestPlaces.Origin(path, load(path, recursive));
    }

    InMemoryCluster cluster(ManifestPlaces.Origin origin) {
        try {
            return new InMemoryCluster(
                    ClusterSettings.DEFAULT.withCni(cni), origin.manifests().observations());
        } catch (IllegalArgumentException e) {
            throw new BadInput("--cni: " + e.getMessage());
        }
    }

    DecisionSettings settings() {
        try {
            return DecisionSettings.DEFAULT.with(FindingLevels.parse(String.join(",", findings)));
        } catch (IllegalArgumentException e) {
            throw new BadInput("--findings: " + e.getMessage());
        }
    }

    Requester requester() {
        boolean isDefault = groups.isEmpty() && user.equals("kubernetes-admin");
        return new Requester(user, isDefault ? List.of("system:masters") : groups);
    }

    private static LoadedManifests load(Path path, boolean recursive) {
        LoadedManifests loaded = Manifests.read(path, recursive);
        if (!loaded.problems().isEmpty()) {
            throw BadInput.list(
                    path + " cannot be used:",
                    loaded.problems().stream().map(ManifestProblem::toString).toList());
        }
        return loaded;
    }
}
