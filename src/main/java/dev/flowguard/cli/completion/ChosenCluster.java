package dev.flowguard.cli.completion;

import dev.flowguard.cli.input.ClusterOptions;
import dev.flowguard.contract.ObjectRef;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The manifests or the live cluster that the words of a command line choose. What cannot be read has no names. */
final class ChosenCluster {
    /** The options of whatever command that choose a cluster; all others are passed over. */
    @Command
    static final class Choice {
        @Mixin
        private ClusterOptions cluster = new ClusterOptions();

        @Option(
                names = {"-n", "--namespace"},
                defaultValue = "")
        @SuppressWarnings("NullAway.Init")
        private String namespace;
    }

    private final Choice choice = new Choice();

    ChosenCluster(List<String> words) {
        new CommandLine(choice)
                .setUnmatchedArgumentsAllowed(true)
                .setUnmatchedOptionsArePositionalParams(true)
                .setOverwrittenOptionsAllowed(true)
                .parseArgs(words.toArray(String[]::new));
    }

    /** That of {@code -n}; empty where there is none. */
    String namespace() {
        return choice.namespace;
    }

    List<String> contexts() {
        return choice.cluster.contexts();
    }

    /** By their Namespace objects and, of manifests, by what is in them. */
    List<String> namespaces() {
        return choice.cluster.objects(Set.of("Namespace"), silent()).stream()
                .map(ObjectRef::name)
                .sorted()
                .toList();
    }

    /** Those of the kinds, in the namespace of {@code -n} where there is one. */
    List<ObjectRef> objects(Set<String> kinds) {
        Stream<ObjectRef> all = choice.cluster.objects(kinds, silent()).stream();
        return (choice.namespace.isEmpty()
                        ? all
                        : all.filter(each -> each.namespace().equals(choice.namespace)))
                .toList();
    }

    private static PrintWriter silent() {
        return new PrintWriter(Writer.nullWriter());
    }
}
