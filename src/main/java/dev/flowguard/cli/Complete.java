package dev.flowguard.cli;

import dev.flowguard.cli.completion.Candidates;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code flowguard __complete -- WORD…}: what the script of {@link Completion} asks; a candidate on each line. */
@Command(name = "__complete", hidden = true)
final class Complete implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(arity = "0..*")
    private List<String> words = new ArrayList<>();

    /** Somebody is typing: what cannot be found out is not worth a word. */
    @Override
    @SuppressWarnings("PMD.AvoidCatchingGenericException")
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            Candidates.of(Flowguard.commandLine(), words).forEach(out::println);
        } catch (RuntimeException unusable) {
            out.flush();
        }
        return 0;
    }
}
