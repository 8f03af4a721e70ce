package dev.flowguard.cli.connections;

import dev.flowguard.assess.connections.Connection;
import dev.flowguard.assess.connections.ConnectionEnd;
import dev.flowguard.assess.connections.Connections;
import dev.flowguard.cli.input.ClusterOptions;
import dev.flowguard.cli.input.KnownCluster;
import dev.flowguard.cli.input.NamespaceOption;
import dev.flowguard.cluster.ClusterModel;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.config.BadInput;
import dev.flowguard.feed.LoadedManifests;
import dev.flowguard.feed.Manifests;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code flowguard exposure}: what could reach a pod that does not exist yet. */
@Command(
        name = "exposure",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Tells what could reach a pod that does not exist yet, and what it could reach, by the policies alone: one new"
                    + " pod in each namespace, without labels unless -l gives it some.",
            "A namespace in which everything can reach a new pod has nothing that denies by default."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the list is complete",
            "1:the program failed",
            "2:bad input: an option, a file or a folder that cannot be used, or not all of it"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  flowguard exposure --manifests deploy/demo",
            "  flowguard exposure --manifests deploy/demo -n data -l app=postgres"
        })
public final class Exposure implements Callable<Integer> {
    private static final String NEW_POD = "a-new-pod";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            defaultValue = "",
            description = "Only a new pod in this namespace.")
    @SuppressWarnings("NullAway.Init")
    private String namespace;

    @Option(
            names = {"-l", "--labels"},
            paramLabel = "KEY=VALUE",
            split = ",",
            description = "The labels of the new pod, separated by commas or by repeating the option.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text (default) or json.")
    @SuppressWarnings("NullAway.Init")
    private ConnectionFormat format;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        KnownCluster known = cluster.knownInPart(err);
        Snapshot today = new ClusterModel(cluster.settings()).apply(known.observations());
        String only = cluster.only(namespace);
        NamespaceOption.check(only, today);
        ClusterOptions.note(today, err);
        List<String> namespaces = today.namespaces().stream()
                .map(NamespaceShard::name)
                .filter(name -> only.isEmpty() || name.equals(only))
                .toList();
        List<Connection> exposed = new ArrayList<>();
        for (String name : namespaces) {
            List<Observation> more = Stream.concat(known.observations().stream(), newPod(name).stream())
                    .toList();
            Snapshot tomorrow = new ClusterModel(cluster.settings()).apply(more);
            Connections.forEach(tomorrow, name, connection -> {
                if (isNew(connection.from()) != isNew(connection.to())) {
                    exposed.add(connection);
                }
            });
        }
        SummaryTable.write(
                ConnectionSummary.of(exposed, ConnectionSummary.By.owner, today),
                format,
                spec.commandLine().getOut());
        return 0;
    }

    private List<Observation> newPod(String name) {
        String pod = "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": \"" + NEW_POD
                + "\", \"namespace\": \""
                + name + "\", \"labels\": {"
                + labels.entrySet().stream()
                        .map(label -> quoted(label.getKey()) + ": " + quoted(label.getValue()))
                        .collect(Collectors.joining(", "))
                + "}}}";
        LoadedManifests read = Manifests.read(pod.getBytes(StandardCharsets.UTF_8), "--labels");
        if (!read.problems().isEmpty()) {
            throw BadInput.list(
                    "--labels cannot be used:",
                    read.problems().stream().map(problem -> problem.message()).toList());
        }
        return read.observations();
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static boolean isNew(ConnectionEnd end) {
        return end.match(deployed -> deployed.owner().name().equals(NEW_POD), addresses -> false, () -> false);
    }
}
