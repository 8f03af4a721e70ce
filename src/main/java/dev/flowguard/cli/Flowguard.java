package dev.flowguard.cli;

import dev.flowguard.cli.input.ClusterOptions;
import dev.flowguard.cli.input.SharedConfig;
import dev.flowguard.config.BadInput;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code flowguard}, which does nothing by itself: it lists what there is. */
@Command(
        name = "flowguard",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Knows which traffic a cluster's owners have declared as required, and judges changes to"
                + " NetworkPolicies by it before they cut any.",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:fine: nothing declared is cut",
            "1:something declared is or would be cut, or the program failed",
            "2:bad input: an option, a file or a folder that cannot be used"
        },
        footer = {
            "",
            "For a start with no cluster at all:",
            "  flowguard serve --manifests deploy/demo",
            "and to have a command explained:",
            "  flowguard help COMMAND"
        })
public final class Flowguard implements Callable<Integer> {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Options of the configuration, as a properties file. No file is read that is not named.")
    private @Nullable Path config;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** The command line, ready to {@code execute} any arguments. */
    public static CommandLine commandLine() {
        return commandLine(Commands.all());
    }

    /** The command line, ready to {@code execute} these. */
    static CommandLine commandLineFor(String... arguments) {
        return commandLine(Commands.neededFor(arguments));
    }

    private static CommandLine commandLine(Map<String, Object> commands) {
        FailureMessage failures = new FailureMessage();
        Flowguard flowguard = new Flowguard();
        CommandLine root = new CommandLine(flowguard);
        commands.forEach(root::addSubcommand);
        return root.setExecutionStrategy(flowguard::execute)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
    }

    private int execute(ParseResult parsed) {
        SharedConfig.readFrom(Optional.ofNullable(config));
        if (parsed.asCommandLineList().stream().noneMatch(Flowguard::isAskedForHelp)) {
            CommandLine root = parsed.commandSpec().commandLine();
            root.setOut(PlainWriter.around(root.getOut()));
            root.setErr(PlainWriter.around(root.getErr()));
        }
        int code = new CommandLine.RunLast().execute(parsed);
        return parsed.asCommandLineList().stream().anyMatch(Flowguard::hasLeftOut) ? BadInput.EXIT_CODE : code;
    }

    /** What is wrong stays so where the rest could be answered about. */
    private static boolean hasLeftOut(CommandLine command) {
        return command.getCommandSpec().mixins().values().stream()
                .anyMatch(mixin -> mixin.userObject() instanceof ClusterOptions cluster && cluster.hasLeftOut());
    }

    /** Help is our own, and coloured on a terminal. */
    private static boolean isAskedForHelp(CommandLine command) {
        return command.isUsageHelpRequested()
                || command.isVersionHelpRequested()
                || command.getCommand() instanceof CommandLine.HelpCommand;
    }

    /** Without a command there is nothing to do but to say which there are. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return BadInput.EXIT_CODE;
    }
}
