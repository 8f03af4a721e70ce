package dev.flowguard.cli.connections;

import dev.flowguard.assess.connections.ConnectionChanges;
import dev.flowguard.cli.input.ClusterOptions;
import dev.flowguard.cli.input.NamespaceOption;
import dev.flowguard.cluster.Snapshot;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code flowguard diff}: what a change of manifests lets through that was blocked, and the other way round. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Compares what the policies of two clusters allow: which connections are gained and which are lost on the"
                    + " way from --base to --manifests, or to the live cluster.",
            "Undetermined are those that have become more likely (gained) or less (lost) without being sure."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nothing is gained or lost",
            "1:something is, or the program failed",
            "2:bad input: an option, a file or a folder that cannot be used"
        },
        footerHeading = "%nExample, where the second --manifests replaces a policy of the first:%n",
        footer = {
            "  flowguard diff --base deploy/demo --manifests deploy/demo \\",
            "    --manifests deploy/demo/changes/16-database-open-to-all.yaml"
        })
public final class CompareConnections implements Callable<Integer> {
    private static final int DIFFERENT = 1;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--base",
            paramLabel = "DIR",
            required = true,
            description = "What describes the cluster to compare with, as for --manifests.")
    private List<String> base = new ArrayList<>();

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private ConnectionOptions output = new ConnectionOptions();

    @Override
    public Integer call() {
        cluster.refuseStandardInputTwice("--base", base);
        PrintWriter err = spec.commandLine().getErr();
        Snapshot before = cluster.snapshot(base, err);
        Snapshot after = cluster.wholeSnapshot(err);
        String namespace = cluster.only(output.namespace());
        NamespaceOption.check(namespace, before, after);
        ConnectionChanges wanted = ConnectionChanges.between(before, after, namespace);
        output.write(ConnectionReport.of(wanted), ConnectionNotes.of(wanted), spec.commandLine());
        return wanted.areNone() ? 0 : DIFFERENT;
    }
}
