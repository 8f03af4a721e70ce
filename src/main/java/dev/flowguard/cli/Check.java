package dev.flowguard.cli;

import dev.flowguard.admission.DecisionSettings;
import dev.flowguard.admission.Requester;
import dev.flowguard.admission.ReviewMapping;
import dev.flowguard.assess.Finding;
import dev.flowguard.assess.FlowStanding;
import dev.flowguard.assess.FlowState;
import dev.flowguard.assess.StateAssessor;
import dev.flowguard.assess.finding.Findings;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.config.BadInput;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.feed.InMemoryCluster;
import dev.flowguard.feed.LoadedManifests;
import dev.flowguard.feed.ManifestObject;
import dev.flowguard.feed.ManifestProblem;
import dev.flowguard.feed.Manifests;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code flowguard check}: judges a folder of manifests, or changes to it, without a server. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Judges the declared flows of a cluster that is described by manifests: each is satisfied, broken,"
                    + " undetermined, or unbound (nothing in the cluster is meant by it).",
            "With --change or --delete it judges those instead, in the order given, as the webhook would: what is"
                    + " admitted becomes part of the cluster before the next is judged."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every change is admitted; without a change: no flow is broken",
            "1:a change is rejected; without a change: a flow is broken",
            "2:bad input: an option, a file or a folder that cannot be used"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  flowguard check --manifests deploy/demo",
            "  flowguard check --manifests deploy/demo --change deploy/demo/changes/06-typo-in-peer.yaml",
            "  flowguard check --manifests deploy/demo --delete NetworkPolicy/shop/allow-dns -o json"
        })
final class Check implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

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

    @ArgGroup(multiplicity = "0..*")
    private List<Step> steps = new ArrayList<>();

    @Option(
            names = "--cni",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "The network plugin whose reading of policies applies, such as calico or cilium;"
                    + " by default it is recognised by its DaemonSet.")
    @SuppressWarnings("NullAway.Init")
    private String cni;

    @Option(
            names = "--as",
            paramLabel = "USER",
            defaultValue = "kubernetes-admin",
            description = "Judge the changes as requests of this user (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private String user;

    @Option(
            names = "--as-group",
            paramLabel = "GROUP",
            description = "A group of that user; may be repeated (default: system:masters, if --as is not given).")
    private List<String> groups = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text (default) or json.")
    @SuppressWarnings("NullAway.Init")
    private Format format;

    /** How the answer is written. */
    @SuppressWarnings("checkstyle:ConstantName")
    enum Format {
        text,
        json
    }

    /** One change; several are judged in the order in which they are given. */
    static final class Step {
        @Option(
                names = "--change",
                paramLabel = "FILE",
                required = true,
                description = "Judge what applying this file would change; may be repeated.")
        private @Nullable Path change;

        @Option(
                names = "--delete",
                paramLabel = "KIND/NS/NAME",
                required = true,
                description =
                        "Judge the deletion of this object, such as NetworkPolicy/shop/allow-dns; may be repeated.")
        private @Nullable String delete;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        InMemoryCluster cluster = cluster();
        int exitCode = steps.isEmpty() ? checkState(cluster.snapshot(), out) : checkChanges(cluster, out);
        out.flush();
        return exitCode;
    }

    private int checkState(Snapshot snapshot, PrintWriter out) {
        List<FlowStanding> standings = new StateAssessor(snapshot).assess();
        List<Finding> findings = Findings.inForce(snapshot, DecisionSettings.DEFAULT.findings());
        if (format == Format.json) {
            out.println(CheckJson.state(standings, snapshot.contracts(), findings));
        } else {
            CheckText.state(standings, snapshot.contracts(), findings).forEach(out::println);
        }
        return standings.stream().anyMatch(standing -> standing.state() == FlowState.BROKEN) ? 1 : 0;
    }

    private int checkChanges(InMemoryCluster cluster, PrintWriter out) {
        ChangeSequence sequence = new ChangeSequence(cluster, DecisionSettings.DEFAULT, requester());
        List<CheckedStep> checked = new ArrayList<>();
        for (Step step : steps) {
            if (step.change != null) {
                checked.addAll(apply(sequence, step.change));
            } else if (step.delete != null) {
                checked.add(delete(sequence, step.delete));
            }
        }
        if (format == Format.json) {
            out.println(CheckJson.changes(checked));
        } else {
            checked.forEach(step -> CheckText.step(step).forEach(out::println));
        }
        return checked.stream().anyMatch(CheckedStep::isRejected) ? 1 : 0;
    }

    private static List<CheckedStep> apply(ChangeSequence sequence, Path file) {
        List<CheckedStep> checked = new ArrayList<>();
        for (ManifestObject object : load(file, false).objects()) {
            String override = object.annotations().getOrDefault(ReviewMapping.OVERRIDE, "");
            checked.add(sequence.apply(
                    object.observation(), override, object.position().file()));
        }
        return checked;
    }

    private CheckedStep delete(ChangeSequence sequence, String text) {
        ObjectRef object = DeleteOption.parse(text);
        return sequence.delete(object, "--delete")
                .orElseThrow(() -> new BadInput("--delete " + text + ": there is no " + object + " in " + manifests
                        + (object.kind().equals("NetworkPolicy") ? " (or it was deleted before)" : "")));
    }

    private Requester requester() {
        boolean isDefault = groups.isEmpty() && user.equals("kubernetes-admin");
        return new Requester(user, isDefault ? List.of("system:masters") : groups);
    }

    private InMemoryCluster cluster() {
        ClusterSettings settings;
        try {
            settings = ClusterSettings.DEFAULT.withCni(cni);
        } catch (IllegalArgumentException e) {
            throw new BadInput("--cni: " + e.getMessage());
        }
        return new InMemoryCluster(settings, load(manifests, recursive).observations());
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
