package dev.flowguard.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code flowguard completion}: prints what a shell needs to complete commands and options. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Prints a script that lets the shell complete commands, options and their values.",
        footerHeading = "%nTo have it in every new shell:%n",
        footer = {
            "  flowguard completion bash \\",
            "      > ~/.local/share/bash-completion/completions/flowguard",
            "  echo 'source <(flowguard completion zsh)' >> ~/.zshrc"
        })
final class Completion implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    @SuppressWarnings("NullAway.Init")
    private Shell shell;

    /** The shells for which there is a script; it finds out by itself in which of the two it runs. */
    @SuppressWarnings("checkstyle:ConstantName")
    enum Shell {
        bash,
        zsh
    }

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        PrintWriter out = spec.commandLine().getOut();
        out.print(AutoComplete.bash(spec.root().name(), root));
        out.flush();
        return 0;
    }
}
