package dev.flowguard.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code flowguard completion}: prints what a shell needs to complete commands and options. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description =
                "Prints a script that lets the shell complete commands, options and their values: paths, ids, and names"
                        + " from the manifests or the cluster that the command line chooses.",
        footerHeading = "%nTo have it in every new shell:%n",
        footer = {
            "  flowguard completion bash \\",
            "      > ~/.local/share/bash-completion/completions/flowguard",
            "  echo 'source <(flowguard completion zsh)' >> ~/.zshrc"
        })
final class Completion implements Callable<Integer> {
    /**
     * To bash "=" ends a word, and to the program it does not: words are put together before, and candidates cut after. To zsh it
     * does not either.
     */
    private static final String SCRIPT = """
        _flowguard() {
            local word= glue= before= cut= candidate= i
            local -a words
            words=()
            for ((i = 1; i <= COMP_CWORD; i++)); do
                word=${COMP_WORDS[i]}
                if [ ${#words[@]} -gt 0 ] && { [ -n "$glue" ] || [ "$word" = "=" ]; }; then
                    words[$((${#words[@]} - 1))]+=$word
                else
                    words+=("$word")
                fi
                glue=
                [ "$word" != "=" ] || glue=yes
            done
            word=${words[$((${#words[@]} - 1))]}
            case $word in
                *=*) before=${word%"${word##*=}"} ;;
            esac
            [ -n "${ZSH_VERSION:-}" ] || cut=$before
            COMPREPLY=()
            while IFS= read -r candidate; do
                if [ "$candidate" = :files ]; then
                    compopt -o filenames 2>/dev/null
                    while IFS= read -r candidate; do
                        COMPREPLY+=("${before#"$cut"}$candidate")
                    done < <(compgen -f -- "${word#"$before"}")
                    return
                fi
                case $candidate in
                    *[/=]) compopt -o nospace 2>/dev/null ;;
                esac
                COMPREPLY+=("${candidate#"$cut"}")
            done < <("$1" __complete -- "${words[@]}" 2>/dev/null)
        }
        complete -F _flowguard flowguard
        """;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    @SuppressWarnings("NullAway.Init")
    private Shell shell;

    /** The shells for which there is a script: zsh takes that of bash, with its own help. */
    @SuppressWarnings("checkstyle:ConstantName")
    enum Shell {
        bash(""),
        zsh("autoload -U +X bashcompinit && bashcompinit\n");

        private final String beginning;

        Shell(String beginning) {
            this.beginning = beginning;
        }
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(shell.beginning + SCRIPT);
        out.flush();
        return 0;
    }
}
