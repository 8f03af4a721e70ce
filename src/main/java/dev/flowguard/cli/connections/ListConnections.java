package dev.flowguard.cli.connections;

import dev.flowguard.assess.connections.Connections;
import dev.flowguard.cli.input.ClusterOptions;
import dev.flowguard.cli.input.NamespaceOption;
import dev.flowguard.cluster.Snapshot;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code flowguard connections}: everything that is allowed. */
@Command(
        name = "connections",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Lists everything that the policies of a cluster allow: between workloads, among the replicas of one, and"
                    + " with addresses outside the cluster, on the ports that pods see. What is not listed is blocked.",
            "Addresses outside are told apart only where a policy does. Undetermined is what the NetworkPolicy API"
                    + " leaves to the network plugin (name yours with --cni), what depends on addresses that pods do not"
                    + " have yet, and what only some pods of a workload can do."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the list is complete",
            "1:the program failed",
            "2:bad input: an option, a file or a folder that cannot be used, or not all of it"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  flowguard connections --manifests deploy/demo --namespace data",
            "  flowguard connections --manifests deploy/demo -n shop -o mermaid",
            "  flowguard connections -R -f manifests --by namespace",
            "  kubectl get all,netpol,ns -A -o yaml | flowguard connections --manifests -"
        })
public final class ListConnections implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private ConnectionOptions output = new ConnectionOptions();

    @Option(
            names = "--by",
            paramLabel = "WHAT",
            description =
                    "Sum up, by namespace, or by owner: who reaches the same is one line, and NAMESPACE/* is all that"
                            + " a namespace has. As text or json.")
    private ConnectionSummary.@Nullable By by;

    @Override
    public Integer call() {
        Snapshot snapshot = cluster.snapshot(spec.commandLine().getErr());
        String namespace = cluster.only(output.namespace());
        NamespaceOption.check(namespace, snapshot);
        Connections wanted = Connections.of(snapshot, namespace);
        if (by != null) {
            output.write(ConnectionSummary.of(wanted.list(), by, snapshot), spec.commandLine());
            return 0;
        }
        output.write(ConnectionReport.of(wanted), ConnectionNotes.of(wanted), spec.commandLine());
        return 0;
    }
}
