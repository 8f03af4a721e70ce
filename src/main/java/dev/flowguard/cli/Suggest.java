package dev.flowguard.cli;

import dev.flowguard.assess.suggest.SuggestedContract;
import dev.flowguard.assess.suggest.Suggestions;
import dev.flowguard.cli.input.ClusterOptions;
import dev.flowguard.cli.input.NamespaceOption;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.wording.ContractYaml;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code flowguard suggest}: contracts to start from. */
@Command(
        name = "suggest",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Writes FlowContracts from what is allowed and exposed today: who reaches each Service and each named"
                    + " port, the outside addresses that a policy names, name resolution.",
            "They are a start to edit: every flow holds now; which of them must go on holding, only you know."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the contracts are written; there may be none",
            "1:the program failed",
            "2:bad input: an option, a file or a folder that cannot be used, or not all of it"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  flowguard suggest --manifests deploy/demo --namespace shop",
            "  flowguard suggest --manifests deploy/demo > contracts.yaml"
        })
final class Suggest implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            defaultValue = "",
            description = "Only the contracts of this namespace (default: all but the platform's own, such as"
                    + " kube-system; -A: all).")
    @SuppressWarnings("NullAway.Init")
    private String namespace;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Snapshot snapshot = cluster.snapshot(err);
        NamespaceOption.check(cluster.only(namespace), snapshot);
        List<SuggestedContract> contracts =
                namespace.isEmpty() ? everywhere(snapshot) : Suggestions.of(snapshot, namespace);
        if (contracts.isEmpty()) {
            err.println("note: nothing is exposed there that anybody could reach");
        }
        out.print(contracts.stream()
                .map(contract -> String.join("\n", ContractYaml.of(contract)) + "\n")
                .collect(Collectors.joining("---\n")));
        out.flush();
        return 0;
    }

    private List<SuggestedContract> everywhere(Snapshot snapshot) {
        return cluster.allNamespaces()
                ? snapshot.namespaces().stream()
                        .flatMap(shard -> Suggestions.of(snapshot, shard.name()).stream())
                        .toList()
                : Suggestions.of(snapshot);
    }
}
